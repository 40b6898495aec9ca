import { expect, it } from "vitest";
import { lastNumber } from "./last-number.ts";

it.each([
  ["0.31", 0.31],
  ["result 1e-3, 0.5 done", 0.5],
  ["took 12 s at 12:30 with v2.1.3 of x7", 12],
  ["-0.5%", -0.5],
  ["nan", Number.NaN],
  ["banana", null],
  ["", null],
])("lastNumber(%j) is %j", (text, number) => {
  expect(lastNumber(text)).toBe(number);
});
