import { describe, expect, it } from "vitest";
import { groupReplicates } from "../objective/index.ts";
import { makeTrial } from "../objective/testing/make-trial.testing.ts";
import type { Metric } from "../trial/metric.ts";
import type { Trial } from "../trial/trial.ts";
import { confirmFront } from "./front-confirmation.ts";
import { frontMembership } from "./front-membership.ts";

const METRICS: readonly Metric[] = [
  { name: "recall", direction: "maximize" },
  { name: "ms", direction: "minimize" },
];
const NOISE = [-1, 0.7, -0.4, 0.9, -0.6, 0.4];

/** A first run and six fresh ones for each point, with noise of about that size in both. */
function trialsOf(points: readonly (readonly [number, number])[], size: number): readonly Trial[] {
  const trials: Trial[] = [];
  const add = (configuration: number, index: number | null, recall: number, ms: number): void => {
    const replicate = index === null ? null : { index, seed: index, fold: null };
    const more = { configuration, params: { x: configuration }, values: { recall, ms }, replicate };
    trials.push(makeTrial(trials.length, 0, more as Partial<Trial>));
  };
  for (const [place, [recall, ms]] of points.entries()) add(place, null, recall, ms);
  for (const [place, [recall, ms]] of points.entries())
    for (const [k, noise] of NOISE.entries())
      add(place, k + 1, recall + size * noise, ms + size * NOISE[(k * 5 + place) % 6]!);
  return trials;
}

describe("frontMembership", () => {
  it("is nothing to be said where nothing varies", () => {
    expect(frontMembership(groupReplicates(trialsOf([[1, 1]], 0), METRICS), METRICS)).toBe(null);
  });

  it("is sure far from others, even where two cannot be told apart, and small far behind", () => {
    const trials = trialsOf(
      [
        [9, 9],
        [5, 5],
        [5.01, 5.01],
        [1, 1],
        [1, 9],
      ],
      0.3,
    );
    const membership = frontMembership(groupReplicates(trials, METRICS), METRICS)!;
    expect(membership.get(0)).toBeGreaterThan(0.99);
    expect(membership.get(3)).toBeGreaterThan(0.99);
    expect(membership.get(1)).toBeGreaterThan(0.6);
    expect(membership.get(2)).toBeGreaterThan(0.6);
    expect(membership.get(4)).toBeLessThan(0.01);
  });
});

describe("confirmFront", () => {
  const points = [
    [9, 9],
    [5, 5],
    [5.01, 5.01],
    [1, 9],
  ] as const;
  const candidates = [
    { role: "chosen", number: 1 },
    { role: "neighbour", number: 2 },
    { role: "neighbour", number: 0 },
    { role: "default", number: 3 },
  ] as const;

  it("says by which objectives points can be told apart, on common seeds", () => {
    const { configurations, comparisons, ignoresSeeds } = confirmFront(trialsOf(points, 0.3), METRICS, [], candidates);
    expect(ignoresSeeds).toBe(false);
    expect(configurations.map(({ runs }) => runs)).toEqual([6, 6, 6, 6]);
    expect(configurations[0]!.first).toEqual({ recall: 5, ms: 5 });
    expect(configurations[3]!.onFront).toBeLessThan(0.01);
    const verdicts = comparisons.map(({ number, told, objectives }) => [
      number,
      told,
      ...objectives.map(({ verdict }) => verdict),
    ]);
    // The recall of 1 and 2 has the same noise on every seed, so that even .01 is told.
    expect(verdicts).toEqual([
      [2, true, "worse", "open"],
      [0, true, "worse", "better"],
      [3, true, "better", "better"],
    ]);
    expect(comparisons[1]!.objectives[0]).toMatchObject({ metric: "recall", method: "paired-t", runs: 6 });
  });

  it("knows what does not use its seed, and what was not run", () => {
    const none = confirmFront(trialsOf(points, 0), METRICS, [], candidates);
    expect(none.ignoresSeeds).toBe(true);
    expect(none.configurations[0]!.onFront).toBe(null);
    const first = confirmFront(trialsOf(points, 0.3).slice(0, 4), METRICS, [], candidates);
    expect(first.comparisons).toEqual([]);
    expect(first.configurations[0]).toMatchObject({ runs: 0, means: null });
  });

  it("gives what breaks a limit no chance", () => {
    const { configurations } = confirmFront(trialsOf(points, 0.3), METRICS, ["ms <= 6"], candidates);
    expect(configurations.map(({ onFront }) => onFront! > 0)).toEqual([true, true, false, false]);
  });
});
