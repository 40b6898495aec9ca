import { expect, it } from "vitest";
import type { Metric } from "../trial/metric.ts";
import { frontNeighbours } from "./front-neighbours.ts";

const METRICS: readonly Metric[] = [
  { name: "sharpe", direction: "maximize" },
  { name: "drawdown", direction: "minimize" },
];
const FRONT = [
  [9, 9],
  [7, 6],
  [6, 4],
  [2, 1],
];

it("names the nearest point on each side, at an end one, and none where there is none", () => {
  expect(frontNeighbours(2, FRONT, METRICS)).toEqual([1, 3]);
  expect(frontNeighbours(0, FRONT, METRICS)).toEqual([1]);
  expect(frontNeighbours(3, FRONT, METRICS)).toEqual([2]);
  expect(frontNeighbours(0, [[1, 1]], METRICS)).toEqual([]);
  expect(
    frontNeighbours(
      0,
      [
        [1, 1],
        [1, 1],
      ],
      METRICS,
    ),
  ).toEqual([]);
});
