import fc from "fast-check";
import { expect, it } from "vitest";
import { fromScale, scaleProblem, toScale } from "./scale.ts";

const SCALES = ["linear", "log", "logit", "reverse-log"] as const;

it.each(SCALES)("%s goes there and back, and keeps the order", (scale) => {
  const inside = fc.double({ min: 1e-9, max: 1 - 1e-9, noNaN: true });
  fc.assert(
    fc.property(inside, inside, (x, y) => {
      expect(fromScale(scale, toScale(scale, x)) / x).toBeCloseTo(1, 6);
      if (y - x > 1e-9) expect(toScale(scale, y)).toBeGreaterThan(toScale(scale, x));
    }),
  );
});

it("is even where numbers of its kind are", () => {
  expect(["linear", "log"].map((scale) => toScale(scale as "log", 100))).toEqual([
    100,
    expect.closeTo(Math.log(100), 12),
  ]);
  expect(toScale("logit", 0.5)).toBe(0);
  expect(toScale("logit", 0.9)).toBeCloseTo(Math.log(9), 12);
  expect(toScale("reverse-log", 0.9)).toBeCloseTo(-Math.log(0.1), 12);
});

it.each([
  ["linear", -5, 5, null],
  ["log", 1e-9, 5, null],
  ["log", 0, 5, "log needs a low above 0"],
  ["log", -0.5, 5, "log needs a low above 0"],
  ["logit", 0.1, 0.9, null],
  ["logit", 0, 0.9, "logit needs bounds between 0 and 1, both excluded"],
  ["logit", -0.5, 0.9, "logit needs bounds between 0 and 1, both excluded"],
  ["logit", 0.1, 1, "logit needs bounds between 0 and 1, both excluded"],
  ["logit", 0.1, 1.5, "logit needs bounds between 0 and 1, both excluded"],
  ["reverse-log", -5, 0.9, null],
  ["reverse-log", 0, 1, "reverse log needs a high below 1"],
  ["reverse-log", 0, 1.5, "reverse log needs a high below 1"],
] as const)("%s from %d to %d: %j", (scale, low, high, problem) =>
  expect(scaleProblem(scale, low, high)).toBe(problem),
);
