import { expect, it } from "vitest";
import { warpOutputs } from "../../surrogate/gp/output-warp.ts";
import { zeroUnderWarp } from "./zero-under-warp.ts";

it("lies between the differences on either side of it", () => {
  const raw = [-3, -1, 1, 5, 9];
  const warped = warpOutputs(raw, "half-rank");
  const zero = zeroUnderWarp(raw, warped);
  expect(zero).toBeCloseTo((warped[1]! + warped[2]!) / 2, 9);
});

it("lies beyond the ends as far as the middle tells, however near to each other the outermost are", () => {
  const raw = [2, 2 + 1e-9, 4, 6, 8];
  const warped = Float64Array.from(raw, (v) => (v - 4) / 2);
  expect(zeroUnderWarp(raw, warped)).toBeCloseTo(-2, 9);
  const negative = raw.map((v) => -v);
  expect(
    zeroUnderWarp(
      negative,
      Float64Array.from(negative, (v) => (v + 4) / 2),
    ),
  ).toBeCloseTo(2, 9);
});

it("says that equal differences are kept or broken, all of them", () => {
  expect(zeroUnderWarp([5, 5], new Float64Array(2))).toBeLessThan(-2);
  expect(zeroUnderWarp([-5, -5], new Float64Array(2))).toBeGreaterThan(2);
  expect(zeroUnderWarp([0], new Float64Array(1))).toBeGreaterThan(2);
  expect(Number.isFinite(zeroUnderWarp([3, 3, 3, 9], Float64Array.of(-1, -1, -1, 3)))).toBe(true);
});
