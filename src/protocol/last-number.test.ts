import { describe, expect, it } from "vitest";
import { lastNumber } from "./last-number.ts";

describe("lastNumber", () => {
  it.each([
    ["0.31", 0.31],
    ["result 1e-3, 0.5 done", 0.5],
    ["took 12 s at 12:30 with v2.1.3 of x7", 12],
    ["-0.5%", -0.5],
    ["nan", Number.NaN],
    ["1'234.5 of it", 1234.5],
    ["0.5 in 3/10", 0.5],
  ])("of %j is %d", (text, value) => {
    expect(lastNumber(text)).toEqual({ value });
  });

  it.each(["banana", "", "v2", "12:30", "3/10"])("of %j is none", (text) => {
    expect(lastNumber(text)).toBeNull();
  });

  it.each([
    ["result 0,5", "0,5"],
    ["12 and 1.234,5", "1.234,5"],
    ["1 234.5", "1 234.5"],
    ["1.5 × 10^-3", "1.5 × 10^-3"],
    ["0.5 and 1+2j", "1+2j"],
  ])("of %j cannot be told", (text, quoted) => {
    expect(lastNumber(text)).toMatchObject({ fault: { text: quoted, sure: true } });
  });
});
