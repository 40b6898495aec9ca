import { expect, it } from "vitest";
import { type FinishedRow, makeView } from "../sampler/testing/make-view.testing.ts";
import { defineSpace, float } from "../space/index.ts";
import { leastPromising } from "./least-promising.ts";

const LOSS = { name: "loss", direction: "minimize" } as const;
const space = defineSpace({ x: float(0, 1) });

type Row = readonly [trial: number, segment: number, step: number, loss: number];

function least(
  rows: readonly Row[],
  trials: readonly number[],
  metrics: Parameters<typeof leastPromising>[2] = [LOSS],
) {
  const plain = rows.map(
    ([trial, segment, step, loss]): FinishedRow => ({
      ...{ trial, segment, step, values: [loss, 0].slice(0, metrics.length) },
      ...{ params: { x: 0 }, state: "paused", outcome: "paused" },
    }),
  );
  return leastPromising(makeView({ space, metrics, rows: plain, pending: [], revision: 99 }), trials, metrics);
}

it("is the worst of its rung, by how many are better there, of the ones that are asked for", () => {
  const rung: readonly Row[] = [
    [0, 0, 1, 3],
    [1, 0, 1, 5],
    [2, 0, 1, 9],
    [3, 0, 1, 4],
  ];
  expect(least(rung, [0, 1, 3])).toBe(1);
  expect(least(rung, [0, 3])).toBe(3);
  expect(least(rung, [0, 1, 2, 3], [{ name: "loss", direction: "maximize" }])).toBe(0);
  expect(least(rung, [])).toBe(null);
});

it("compares a trial where it came to last: the second of two above is worse than the best of many below", () => {
  const rows: readonly Row[] = [
    [0, 0, 1, 1],
    [1, 0, 1, 2],
    [2, 0, 1, 7],
    [3, 0, 1, 8],
    [0, 1, 3, 0.9],
    [1, 1, 3, 0.8],
  ];
  // A half above, three quarters and a half below.
  expect(least(rows, [0, 3])).toBe(3);
  expect(least(rows, [0, 1])).toBe(0);
  // As good in share: the one that came less far.
  expect(least(rows, [0, 2])).toBe(2);
});

it("puts what has no value last, and among many objectives the one that paused last", () => {
  const rows: readonly Row[] = [
    [0, 0, 1, Number.NaN],
    [1, 0, 1, 5],
    [2, 0, 1, 4],
  ];
  expect(least(rows, [0, 1, 2])).toBe(0);
  expect(least(rows, [1, 7])).toBe(7);
  expect(least(rows, [0, 1, 2], [LOSS, { name: "size", direction: "minimize" }])).toBe(2);
});

it("counts the worst of a rung by its share, and of trials that stand alike the one that is newer", () => {
  const rows: readonly Row[] = [
    [0, 0, 1, 1],
    [1, 0, 1, 2],
    [2, 0, 1, 3],
    [3, 0, 1, 4],
    [4, 1, 3, 1],
    [5, 1, 3, 2],
  ];
  // Three quarters are better than 3, a half than 5 and 2, none than 0 and 4.
  expect(least(rows, [3, 5])).toBe(3);
  expect(least(rows, [5, 1])).toBe(5);
  expect(least(rows, [5, 2])).toBe(2);
  expect(least(rows, [0, 4])).toBe(0);
  const alike: readonly Row[] = [
    [0, 0, 1, 5],
    [1, 0, 1, 5],
  ];
  expect([least(alike, [0, 1]), least(alike, [1, 0])]).toEqual([1, 1]);
  expect(least(alike, [7, 8])).toBe(8);
});
