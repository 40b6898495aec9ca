import { expect, it } from "vitest";
import { measureSpeed } from "./measure-speed.ts";

/** A clock that jumps by these seconds between looks, the last one over and over. */
function clockOf(jumps: readonly number[]): () => number {
  let [now, looks] = [0, 0];
  return () => {
    if (looks % 2 === 1) now += jumps[Math.min((looks - 1) / 2, jumps.length - 1)]!;
    looks += 1;
    return now;
  };
}

it("counts the fastest batch", () => {
  const steady = measureSpeed(clockOf([0.25]));
  expect(steady).toBeCloseTo((8 * 128 ** 3) / 6 / 0.25, 3);
  expect(measureSpeed(clockOf([1, 0.25, 0.5]))).toBe(steady);
});

it("answers something finite where the clock stands still", () => {
  expect(measureSpeed(clockOf([0, 0.01]))).toBeLessThan(1e13);
});

it("finds more than a pocket calculator on this machine", () => {
  expect(measureSpeed()).toBeGreaterThan(1e6);
});

it("measures work that is done: no thread makes a million of millions in a second", () => {
  const speed = measureSpeed();
  expect(speed).toBeGreaterThan(1e5);
  expect(speed).toBeLessThan(1e12);
});

it.each([
  ["at least five batches", 0.25, 5],
  ["a hundredth of a second", 0.001, 10],
])("measures for %s", (_what, seconds, batches) => {
  const clock = clockOf([seconds]);
  let looks = 0;
  measureSpeed(() => {
    looks += 1;
    return clock();
  });
  expect(Math.abs(looks / 2 - batches)).toBeLessThanOrEqual(seconds < 0.01 ? 1 : 0);
});
