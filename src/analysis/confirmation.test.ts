import { describe, expect, it } from "vitest";
import { makeTrial } from "../objective/testing/make-trial.testing.ts";
import type { Metric } from "../trial/metric.ts";
import type { Trial } from "../trial/trial.ts";
import { type Candidate, confirmation } from "./confirmation.ts";

const METRICS: readonly Metric[] = [{ name: "loss", direction: "minimize" }];
const CANDIDATES: readonly Candidate[] = [
  { role: "winner", number: 0 },
  { role: "runner-up", number: 1 },
];

/** Two first runs, then fresh ones of each, on seeds of these. */
function study(
  winner: readonly number[],
  other: readonly number[],
  seeds: readonly (readonly number[])[] = [winner.map((_, k) => k), other.map((_, k) => k)],
): readonly Trial[] {
  const trials = [makeTrial(0, -9), makeTrial(1, -8)];
  for (const [configuration, losses] of [winner, other].entries()) {
    for (const [k, loss] of losses.entries()) {
      const replicate = { index: k + 1, seed: seeds[configuration]![k]!, fold: null };
      trials.push(makeTrial(trials.length, loss, { configuration, replicate }));
    }
  }
  return trials;
}

describe("confirmation", () => {
  it("pairs runs on common seeds, and leaves out the run that was chosen", () => {
    const { configurations, leads } = confirmation(study([1, 2, 4], [3, 2.5, 7]), METRICS, CANDIDATES);
    expect(configurations[0]).toMatchObject({ role: "winner", first: -9, values: [1, 2, 4], failed: 0 });
    expect(configurations[0]!.mean).toBeCloseTo(7 / 3, 14);
    // scipy.stats: t.interval(0.95, 2, mean, sem) of the values, then of the differences.
    expect(configurations[0]!.interval!.low).toBeCloseTo(-1.461249700263426, 8);
    expect(configurations[0]!.interval!.high).toBeCloseTo(6.1279163669300925, 8);
    expect(leads).toMatchObject([{ over: "runner-up", method: "paired-t", runs: 3, verdict: "open" }]);
    expect(leads[0]!.low).toBeCloseTo(-1.2924714064, 8);
    expect(leads[0]!.high).toBeCloseTo(4.959138073, 8);
  });

  it("takes differences for the same that differ by rounding alone", () => {
    const values = [0.1, 0.2, 0.7, 1.3];
    const { leads } = confirmation(
      study(
        values,
        values.map((value) => value + 0.3),
      ),
      METRICS,
      CANDIDATES,
    );
    expect(leads[0]).toMatchObject({ error: 0, low: leads[0]!.high });
    const close = confirmation(
      study(
        values,
        values.map((value, k) => value + 0.3 + k * 1e-12),
      ),
      METRICS,
      CANDIDATES,
    );
    expect(close.leads[0]!.error).toBeGreaterThan(0);
  });

  it("takes Welch's interval where the seeds differ", () => {
    const seeds = [
      [1, 2, 3],
      [4, 5, 6],
    ];
    const { leads } = confirmation(study([1, 2, 4], [3, 2.5, 7], seeds), METRICS, CANDIDATES);
    // scipy.stats.ttest_ind(…, equal_var=False).confidence_interval(0.95), at 3.3375 degrees of freedom.
    expect(leads).toMatchObject([{ method: "welch-t", runs: 6, verdict: "open" }]);
    expect(leads[0]!.low).toBeCloseTo(-3.2048703822, 8);
    expect(leads[0]!.high).toBeCloseTo(6.8715370489, 8);
  });

  it("says better and worse only when the interval leaves 0 out", () => {
    const verdict = (winner: readonly number[], other: readonly number[]) =>
      confirmation(study(winner, other), METRICS, CANDIDATES).leads[0]?.verdict;
    expect(verdict([1, 2, 3], [11, 12.1, 13])).toBe("better");
    expect(verdict([11, 12.1, 13], [1, 2, 3])).toBe("worse");
    expect(verdict([1, 1], [1, 1])).toBe("open");
    expect(verdict([1], [2])).toBe(undefined);
  });

  it("finds programs that do not use their seed, and counts failed runs", () => {
    const failed = makeTrial(8, 0, {
      configuration: 0,
      replicate: { index: 4, seed: 3, fold: null },
      state: "failed",
      values: {},
    });
    const result = confirmation([...study([1, 1, 1], [2, 2, 2]), failed], METRICS, CANDIDATES);
    expect(result).toMatchObject({ ignoresSeeds: true, leads: [{ low: 1, high: 1, verdict: "better" }] });
    expect(result.configurations[0]).toMatchObject({ failed: 1, interval: { low: 1, high: 1 } });
    expect(confirmation(study([1, 1.1], [2, 2]), METRICS, CANDIDATES).ignoresSeeds).toBe(false);
  });
});
