import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { compileLimits, dominates } from "../../objective/index.ts";
import { rankResults } from "./rank-results.ts";
import type { StepResult } from "./step-result.ts";

const result = (trial: number, point: readonly number[], told: Readonly<Record<string, number>> = {}): StepResult => ({
  trial,
  point,
  told,
  params: {},
});
const numbers = (results: readonly StepResult[], limits: readonly string[] = []): readonly number[] =>
  rankResults(results, compileLimits(limits)).map(({ trial }) => trial);

describe("rankResults", () => {
  it("puts fronts one after the other, on each the ends first and then the loneliest", () => {
    const front = [result(0, [0, 10]), result(1, [1, 9]), result(2, [2, 5]), result(3, [10, 0])];
    expect(numbers([result(4, [3, 11]), ...front, result(5, [4, 12])])).toEqual([0, 3, 2, 1, 4, 5]);
  });

  it("puts what keeps the limits first, then what breaks them by less, then what is worth nothing", () => {
    const results = [
      result(0, [0, 0], { ms: 40 }),
      result(1, [5, 5], { ms: 20 }),
      result(2, [0, 0], { ms: 21 }),
      result(3, [Number.POSITIVE_INFINITY, 0], { ms: 1 }),
      result(4, [0, 0], { ms: Number.NaN }),
    ];
    const ranked = rankResults(results, compileLimits(["ms <= 20"]));
    expect(ranked.map(({ trial }) => trial)).toEqual([1, 2, 0, 4, 3]);
    expect(ranked.map(({ tier }) => tier)).toEqual([0, 1, 2, 3, 4]);
    expect(ranked.map(({ front }) => front)).toEqual([0, -1, -1, -1, -1]);
    expect(ranked[1]!.broken).toEqual(["ms <= 20"]);
  });

  it("takes no limit for broken of which nothing was told yet", () => {
    const results = [result(0, [1, 1], { ms: 30 }), result(1, [2, 2])];
    expect(rankResults(results, compileLimits(["ms <= 20"])).map(({ trial, front }) => [trial, front])).toEqual([
      [1, 0],
      [0, -1],
    ]);
  });

  it("by one objective is the order of its values", () => {
    expect(
      rankResults([result(0, [2]), result(1, [1]), result(2, [2])], []).map(({ trial, tier }) => [trial, tier]),
    ).toEqual([
      [1, 0],
      [0, 1],
      [2, 1],
    ]);
  });

  it("never puts a result before one that dominates it, in whatever order they come", () => {
    const points = fc.array(fc.array(fc.integer({ min: 0, max: 6 }), { minLength: 3, maxLength: 3 }), {
      maxLength: 20,
    });
    const metrics = ["a", "b", "c"].map((name) => ({ name, direction: "minimize" as const }));
    fc.assert(
      fc.property(points, (given) => {
        const results = given.map((point, trial) => result(trial, point));
        const order = numbers(results);
        expect(numbers(results.toReversed())).toEqual(order);
        for (const [place, trial] of order.entries())
          for (const later of order.slice(place + 1))
            expect(dominates(given[later]!, given[trial]!, metrics)).toBe(false);
      }),
    );
  });
});
