import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { inUnit } from "./in-unit.ts";
import { readQuantity } from "./read-quantity.ts";

const UNITS = ["ns", "us", "ms", "s", "min", "h", "days", "B", "kB", "MB", "KiB", "GiB"];

function printedAs(text: string, wanted: string): number | null {
  const read = readQuantity(text, 0);
  if (read === null || "fault" in read) throw new Error(`${text} is no quantity`);
  return inUnit(read.value, read.unit, wanted);
}

describe("inUnit", () => {
  it("gives back the number that was printed in that unit", () => {
    const number = fc.tuple(fc.integer({ min: 0, max: 999_999_999 }), fc.integer({ min: 0, max: 6 }));
    fc.assert(
      fc.property(number, fc.constantFrom(...UNITS), ([digits, places], unit) => {
        const text = (digits / 10 ** places).toFixed(places);
        expect(printedAs(`${text} ${unit}`, unit)).toBe(Number(text));
      }),
    );
  });

  it.each([
    ["1 s", "ms", 1000],
    ["115 ms", "s", 0.115],
    ["0m2.814s", "ms", 2814],
    ["90 min", "hours", 1.5],
    ["3.2 MiB", "KiB", 3276.8],
    ["12 ms/step", "us/step", 12_000],
    ["-5 ms", "ms", -5],
  ])("takes %s for so many %s", (text, wanted, value) => {
    expect(printedAs(text, wanted)).toBeCloseTo(value, 9);
  });

  it.each([
    ["1 s", "MB"],
    ["1 s", "%"],
    ["1 s", "m"],
    ["1 s/step", "ms"],
    ["1 s", "ms/step"],
    ["1 s/step", "ms/epoch"],
    ["512 B", "s"],
    ["1 s", ""],
  ])("knows no %s in %s", (text, wanted) => {
    expect(printedAs(text, wanted)).toBeNull();
  });
});
