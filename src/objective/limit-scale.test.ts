import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { compileLimit } from "./limit.ts";
import { LimitScale } from "./limit-scale.ts";
import { compareStandings, trialResult, trialStandings } from "./limit-standing.ts";
import { makeTrial } from "./testing/make-trial.testing.ts";

const LIMITS = ["ms <= 0", "bytes <= 0"].map(compileLimit);
const result = (number: number, ms: number, bytes: number) => makeTrial(number, 0, { values: { ms, bytes } });

describe("LimitScale", () => {
  it("orders trials as their standings among all of them do, at each doubling", () => {
    const value = fc.integer({ min: -2, max: 4 });
    fc.assert(
      fc.property(fc.array(fc.tuple(value, value), { minLength: 8, maxLength: 8 }), (points) => {
        const trials = points.map(([ms, bytes], k) => result(k, ms, 1e9 * bytes));
        const scale = new LimitScale(LIMITS);
        const excesses = trials.map((trial) => scale.add(trialResult(trial)));
        const standing = trialStandings(trials, LIMITS);
        for (const [i, a] of trials.entries()) {
          expect(scale.keeps(excesses[i]!)).toBe(standing(a).feasible);
          for (const [j, b] of trials.entries())
            expect(scale.compare(excesses[i]!, excesses[j]!)).toBe(compareStandings(standing(a), standing(b)));
        }
      }),
    );
  });

  it("keeps its spreads until there are twice as many trials", () => {
    const scale = new LimitScale(LIMITS);
    const [a, b] = [scale.add(trialResult(result(0, 1, 1))), scale.add(trialResult(result(1, 2, 4)))];
    const before = scale.compare(a, b);
    scale.add(trialResult(result(2, 1e6, 1)));
    expect(scale.compare(a, b)).toBe(before);
    scale.add(trialResult(result(3, 2e6, 1)));
    expect(scale.compare(a, b)).not.toBe(before);
  });
});
