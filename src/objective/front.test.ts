import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Metric } from "../trial/metric.ts";
import type { Trial } from "../trial/trial.ts";
import { groupReplicates } from "./configurations.ts";
import { dominates } from "./dominates.ts";
import { frontsOf } from "./front.ts";
import { compileLimit } from "./limit.ts";
import { makeTrial } from "./testing/make-trial.testing.ts";

const METRICS: readonly Metric[] = [
  { name: "recall", direction: "maximize" },
  { name: "ms", direction: "minimize" },
];

function trial(number: number, recall: number | "NaN", ms: number, more: Partial<Trial> = {}): Trial {
  return makeTrial(number, 0, { values: { recall, ms }, ...more });
}

const replicate = (of: number, index: number) =>
  ({ configuration: of, replicate: { index, seed: index, fold: null } }) as const;
const fronts = (trials: readonly Trial[], limits: readonly string[] = []) =>
  frontsOf(groupReplicates(trials, METRICS), METRICS, limits.map(compileLimit));
const numbers = (groups: readonly { readonly configuration: number }[]) => groups.map((group) => group.configuration);

describe("frontsOf", () => {
  it("finds what no other dominates, by the first objective, best first", () => {
    const found = fronts([trial(0, 0.8, 3), trial(1, 0.9, 5), trial(2, 0.8, 4), trial(3, 0.95, 9), trial(4, 0.9, 6)]);
    expect(numbers(found.front)).toEqual([3, 1, 0]);
    expect(found.nearest).toBe(null);
  });

  it("takes the runs of a configuration together, by their means", () => {
    const lucky = [trial(0, 0.99, 1), trial(1, 0.5, 10, replicate(0, 1)), trial(2, 0.5, 10, replicate(0, 2))];
    expect(numbers(fronts([...lucky, trial(3, 0.8, 5)]).front)).toEqual([3]);
    expect(numbers(fronts([lucky[0]!, trial(3, 0.8, 5)]).front)).toEqual([0]);
  });

  it("leaves out what lacks a finite value of any objective", () => {
    const found = fronts([trial(0, "NaN", 1), trial(1, 0.5, 3), makeTrial(2, 0, { values: { recall: 1 } })]);
    expect(numbers(found.front)).toEqual([1]);
  });

  it("holds only what keeps the limits, and names the nearest while nothing does", () => {
    const trials = [trial(0, 0.99, 30), trial(1, 0.9, 25), trial(2, 0.8, 19)];
    expect(numbers(fronts(trials, ["ms <= 20"]).front)).toEqual([2]);
    const none = fronts(trials, ["ms <= 10"]);
    expect(none.front).toEqual([]);
    expect(none.nearest?.configuration).toBe(2);
    expect(none.standing(none.nearest!)).toMatchObject({ feasible: false, broken: ["ms <= 10"] });
  });

  it("judges a limit by the means of the runs that count", () => {
    const runs = [trial(0, 0.9, 15), trial(1, 0.9, 21, replicate(0, 1)), trial(2, 0.9, 23, replicate(0, 2))];
    expect(fronts(runs, ["ms <= 20"]).front).toEqual([]);
    expect(numbers(fronts(runs, ["ms <= 22"]).front)).toEqual([0]);
  });

  it("goes on behind the front: the front of the rest, then what breaks a limit, the least first", () => {
    const trials = [trial(0, 0.9, 5), trial(1, 0.8, 6), trial(2, 0.7, 7), trial(3, 0.99, 40), trial(4, 0.95, 30)];
    const found = fronts(trials, ["ms <= 20"]);
    expect(numbers(found.best(9))).toEqual([0, 1, 2, 4, 3]);
    expect(numbers(found.best(2))).toEqual([0, 1]);
    expect(found.best(0)).toEqual([]);
  });

  it("holds exactly the points that none dominates, for any number of objectives", () => {
    const metrics: readonly Metric[] = [...METRICS, { name: "size", direction: "minimize" }];
    const value = fc.integer({ min: 0, max: 4 });
    fc.assert(
      fc.property(fc.array(fc.tuple(value, value, value), { maxLength: 20 }), (points) => {
        const trials = points.map(([recall, ms, size], k) => makeTrial(k, 0, { values: { recall, ms, size } }));
        const found = frontsOf(groupReplicates(trials, metrics), metrics);
        const expected = points.flatMap((p, k) => (points.some((q) => dominates(q, p, metrics)) ? [] : [k]));
        expect(numbers(found.front).toSorted((a, b) => a - b)).toEqual(expected);
      }),
    );
  });

  it("gives ties to the lower number: by one objective one is best, of what breaks a limit alike the earlier comes first", () => {
    const one = [{ name: "recall", direction: "maximize" }] as const;
    const tied = [trial(2, 0.9, 30), trial(1, 0.9, 30), trial(3, 0.9, 30)];
    expect(numbers(frontsOf(groupReplicates(tied, one), one).front)).toEqual([1]);
    for (const metrics of [one, METRICS]) {
      const limited = frontsOf(groupReplicates(tied, metrics), metrics, [compileLimit("ms <= 20")]);
      expect(numbers(limited.best(9))).toEqual([1, 2, 3]);
      expect(limited.nearest?.configuration).toBe(1);
    }
    expect(numbers(frontsOf(groupReplicates(tied, METRICS), METRICS).front)).toEqual([1, 2, 3]);
  });

  it("ranks by one objective what keeps the limits, then by how much they are broken", () => {
    const one = [{ name: "recall", direction: "maximize" }] as const;
    const trials = [trial(0, 0.9, 30), trial(1, 0.8, 25), trial(2, 0.5, 20), trial(3, 0.6, 10), makeTrial(4, 0)];
    const recalls = [...trials, makeTrial(5, 0, { values: { recall: 1 } })];
    const found = frontsOf(groupReplicates(recalls, one), one, [compileLimit("ms <= 20")]);
    expect(numbers(found.front)).toEqual([3]);
    expect(numbers(found.best(9))).toEqual([3, 2, 1, 0, 5]);
    expect(numbers(found.best(1))).toEqual([3]);
    expect(found.standing(found.best(9)[4]!)).toEqual({
      feasible: false,
      violation: Number.POSITIVE_INFINITY,
      broken: ["ms <= 20"],
    });
    expect(numbers(frontsOf(groupReplicates(recalls, one), one).best(2))).toEqual([5, 0]);
  });
});
