import { expect, it } from "vitest";
import { meanInterval } from "./mean-interval.ts";

it("is Student's interval of the mean, and none of one run", () => {
  // scipy.stats.t.interval(0.95, 2, loc=10, scale=1)
  const { low, high } = meanInterval(10, 1, 3)!;
  expect([low, high]).toEqual([expect.closeTo(5.697347270178366, 9), expect.closeTo(14.302652729821634, 9)]);
  expect(meanInterval(10, 0, 3)).toEqual({ low: 10, high: 10 });
  expect(meanInterval(10, null, 1)).toBeNull();
});
