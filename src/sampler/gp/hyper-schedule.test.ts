import { expect, it } from "vitest";
import { fitCount, milestoneBefore } from "./hyper-schedule.ts";

it("fits to all trials at first, then to every second, fifth, tenth and twenty-fifth", () => {
  const counts = [2, 47, 48, 49, 50, 96, 97, 99, 100, 200, 201, 209, 210, 400, 401, 424, 425, 1_000];
  expect(counts.map(fitCount)).toEqual([
    ...[2, 47, 48, 48, 50, 96, 95, 95, 100, 200],
    ...[200, 200, 210, 400, 400, 400, 425, 1_000],
  ]);
});

it("begins each fit at that of the power of two before, and the first ones at fixed places", () => {
  expect([2, 8].map(milestoneBefore)).toEqual([null, null]);
  expect([9, 16, 17, 32, 33, 64, 65, 1_000].map(milestoneBefore)).toEqual([8, 8, 16, 16, 32, 32, 64, 512]);
});
