import { describe, expect, it } from "vitest";
import type { Metric } from "../trial/metric.ts";
import type { Trial } from "../trial/trial.ts";
import { compileLimit } from "./limit.ts";
import { bestTrial, rankTrials } from "./rank-trials.ts";
import { makeTrial } from "./testing/make-trial.testing.ts";

const MINIMIZE: Metric = { name: "loss", direction: "minimize" };
const MAXIMIZE: Metric = { name: "loss", direction: "maximize" };
const numbers = (trials: readonly Trial[]) => trials.map((trial) => trial.number);

describe("rankTrials", () => {
  const trials = [
    makeTrial(0, Number.NaN),
    makeTrial(1, 0.5),
    makeTrial(2, 0.2),
    makeTrial(3, 0.9, { state: "failed", outcome: "exit-code" }),
    makeTrial(4, Number.NEGATIVE_INFINITY),
    makeTrial(5, 0.2),
    makeTrial(6, 0.1, { state: "pruned", reports: [{ seq: 0, step: 3, values: { loss: 0.1 } }] }),
    makeTrial(7, 0.4, { state: "pruned", reports: [{ seq: 0, step: 9, values: { loss: 0.4 } }] }),
    makeTrial(8, 0.01, { invalid: [{ from: 4, to: null }] }),
    makeTrial(9, 0.3, { invalid: [{ from: 4, to: 6 }] }),
    makeTrial(10, 0.1, { state: "running" }),
  ];

  it("puts complete trials by value, ties by number, worthless values after them, then the pruned by how far they came", () => {
    expect(numbers(rankTrials(trials, MINIMIZE))).toEqual([2, 5, 9, 1, 0, 4, 7, 6]);
    expect(numbers(rankTrials(trials, MAXIMIZE))).toEqual([1, 9, 2, 5, 0, 4, 7, 6]);
  });

  it("puts those that break a limit behind the others, the pruned last", () => {
    const limited = [
      ...trials,
      makeTrial(20, 0.01, { values: { loss: 0.01, ms: 30 } }),
      makeTrial(21, 0.9, { values: { loss: 0.9, ms: 10 } }),
    ];
    expect(numbers(rankTrials(limited, MINIMIZE, [compileLimit("ms <= 20")])).slice(0, 3)).toEqual([21, 20, 2]);
    expect(numbers(rankTrials(limited, MINIMIZE, [compileLimit("ms <= 20")])).slice(-2)).toEqual([7, 6]);
  });

  it("puts of pruned trials that came equally far the better first, and those that came nowhere last", () => {
    const pruned = (number: number, loss: number, ...steps: readonly number[]) =>
      makeTrial(number, loss, {
        state: "pruned",
        reports: steps.map((step, seq) => ({ seq, step, values: { loss } })),
      });
    const all = [pruned(0, 1), pruned(1, 9, 3), pruned(2, 5, 1, 3), pruned(3, 5, 3), pruned(4, 0.5), pruned(5, 7, 0)];
    expect(numbers(rankTrials(all, MINIMIZE))).toEqual([2, 3, 1, 5, 4, 0]);
    expect(numbers(rankTrials(all, MAXIMIZE))).toEqual([1, 2, 3, 5, 0, 4]);
  });

  it("finds the best finite one, in any order of the input", () => {
    expect(bestTrial(trials, MINIMIZE)?.number).toBe(2);
    expect(bestTrial(trials.toReversed(), MINIMIZE)?.number).toBe(2);
    expect(bestTrial(trials, MAXIMIZE)?.number).toBe(1);
    expect(bestTrial([trials[0]!, trials[3]!, trials[6]!], MINIMIZE)).toBe(null);
  });
});
