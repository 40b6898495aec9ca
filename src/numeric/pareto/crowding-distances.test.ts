import { expect, it } from "vitest";
import { crowdingDistances } from "./crowding-distances.ts";

it("sums the gaps between neighbours, as shares of the ranges", () => {
  const points = [
    [0, 8],
    [4, 0],
    [1, 4],
    [3, 2],
  ];
  expect([...crowdingDistances(points)]).toEqual([Infinity, Infinity, 3 / 4 + 6 / 8, 3 / 4 + 4 / 8]);
});

it("leaves no room between equal points, but keeps the first and the last", () => {
  expect([
    ...crowdingDistances([
      [1, 1],
      [1, 1],
      [1, 1],
    ]),
  ]).toEqual([Infinity, 0, Infinity]);
  expect([
    ...crowdingDistances([
      [0, 2],
      [1, 1],
      [1, 1],
      [1, 1],
      [2, 0],
    ]),
  ]).toEqual([Infinity, 1, 0, 1, Infinity]);
});

it("stays finite where ranges exceed what numbers hold", () => {
  const distances = crowdingDistances([[-1.7e308], [0], [1.7e308]]);
  expect([...distances]).toEqual([Infinity, 1, Infinity]);
  expect([...crowdingDistances([])]).toEqual([]);
});
