import fc from "fast-check";
import { expect, it } from "vitest";
import { decodeNumber, encodeNumber } from "./encoded-number.ts";

it("carries every number through JSON, those that it has no form for as words", () => {
  fc.assert(
    fc.property(fc.double(), (value) => {
      const back = decodeNumber(JSON.parse(JSON.stringify(encodeNumber(value))));
      expect(back).toBe(Object.is(value, -0) ? 0 : value);
    }),
  );
  expect([Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, -0, 1.5].map(encodeNumber)).toEqual([
    ...["NaN", "Infinity", "-Infinity", -0, 1.5],
  ]);
});
