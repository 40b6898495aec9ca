import fc from "fast-check";
import { expect, it } from "vitest";
import { NUMBER, numberIn, UNSIGNED } from "./number-text.ts";

it.each([
  ["3", 3],
  ["-0.5", -0.5],
  ["+.5", 0.5],
  ["2.", 2],
  ["1e-4", 1e-4],
  ["1E+21", 1e21],
  ["007", 7],
  [" \t1e5\n", 1e5],
  [0.25, 0.25],
])("takes %j for a number", (given, number) => expect(numberIn(given)).toBe(number));

it("knows no zero below zero", () => {
  for (const zero of [-0, "-0", "-0e5", "-1e-999"]) expect(numberIn(zero)).toBe(0);
});

it.each([
  ...["", " ", "\n", ".", "-", "e5", "1e", "1e5.5", "0x10", "0b1", "0o7", "1_000", "1,5", "1 000", "--1", "- 1", "1n"],
  ...["NaN", "Infinity", "-inf", "1e999", "five", "\u22120.5", "\u0663"],
  ...[Number.NaN, Number.POSITIVE_INFINITY, true, null, undefined, [], [3], {}],
])("takes %j for none", (given) => expect(numberIn(given)).toBeNull());

it("reads back what every finite number is written as", () => {
  fc.assert(
    fc.property(fc.double({ noDefaultInfinity: true, noNaN: true }), (x) => {
      expect([String(x), x.toExponential()].map(numberIn)).toEqual([x + 0, x + 0]);
    }),
  );
});

it("takes nothing that JavaScript takes for no number, and no other number than it", () => {
  const pieces = fc.constantFrom(..."0123456789+-.eE", ..."xXobn_, \t");
  fc.assert(
    fc.property(fc.array(pieces, { maxLength: 8 }), (parts) => {
      const number = numberIn(parts.join(""));
      if (number !== null) expect(number).toBe(Number(parts.join("")) + 0);
    }),
  );
});

it("has its patterns as sources of others: in one group, as far as they go", () => {
  expect(new RegExp(`${NUMBER}`).exec("lr=-1.5e-3;")?.[0]).toBe("-1.5e-3");
  expect(new RegExp(`^(?:${UNSIGNED}|x)$`).test("-1")).toBe(false);
});
