import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { dominanceRanks } from "./dominance-ranks.ts";
import { tiedRanks } from "./tied-ranks.ts";

const coordinate = fc.integer({ min: 0, max: 3 });
const pairs = fc.array(fc.tuple(fc.tuple(coordinate, coordinate), fc.tuple(coordinate, coordinate)), { maxLength: 12 });

describe("tiedRanks", () => {
  it("tells equal points apart, and puts the next rank behind the last of them", () => {
    const points = [
      [1, 1],
      [1, 1],
      [0, 2],
      [1, 1],
      [2, 2],
    ];
    const ties = [
      [5, 5],
      [4, 4],
      [9, 9],
      [3, 6],
      [0, 0],
    ];
    expect([...tiedRanks(points, ties)]).toEqual([1, 0, 0, 0, 2]);
  });

  it("is the order by dominance, then within equal points by ties", () => {
    fc.assert(
      fc.property(pairs, (drawn) => {
        const points = drawn.map(([point]) => point);
        const ties = drawn.map(([, tie]) => tie);
        const [ranks, plain] = [tiedRanks(points, ties), dominanceRanks(points)];
        for (const a of points.keys())
          for (const b of points.keys()) {
            if (plain[a]! < plain[b]!) expect(ranks[a]).toBeLessThan(ranks[b]!);
            const equal = points[a]!.join() === points[b]!.join();
            const [x, y] = [ties[a]!, ties[b]!];
            const dominates = x.every((v, d) => v <= y[d]!) && x.some((v, d) => v < y[d]!);
            if (equal && dominates) expect(ranks[a]).toBeLessThan(ranks[b]!);
          }
        const used = new Set(ranks);
        expect([...used].sort((a, b) => a - b)).toEqual([...used.keys()].map((_rank, k) => k));
      }),
    );
  });

  it("is dominance alone where all points differ or ties are no better", () => {
    const points = [
      [0, 3],
      [1, 1],
      [2, 2],
    ];
    expect([...tiedRanks(points, points)]).toEqual([...dominanceRanks(points)]);
  });
});
