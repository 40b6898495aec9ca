import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { notationFault } from "./notation-fault.ts";
import { readNumber } from "./read-number.ts";

const NBSP = "\u00a0";
const NARROW = "\u202f";

describe("readNumber", () => {
  it.each([
    ["-1.#IND", Number.NaN],
    ["1.#QNAN", Number.NaN],
    ["-1.#IND00", Number.NaN],
    ["1.#SNAN", Number.NaN],
    ["1.#INF", Number.POSITIVE_INFINITY],
    ["-1.#INF00", Number.NEGATIVE_INFINITY],
    ["-nan(ind)", Number.NaN],
    ["-∞", Number.NEGATIVE_INFINITY],
    ["1'234.5", 1234.5],
    ["12’345’678", 12345678],
    ["-1'234e-2", -12.34],
    [`1${NBSP}234.5`, 1234.5],
    [`1${NARROW}234${NARROW}567`, 1234567],
    ["0.5; 0.7", 0.5],
    ["0.5 x", 0.5],
    ["0.5 - acc: 3", 0.5],
    ["0.5 - i: 3", 0.5],
    ["0.5 · 12 it/s", 0.5],
    ["3 - 4", 3],
    ["0.31,acc=0.5", 0.31],
    ["0.31# best", 0.31],
    ["0.5** (best)", 0.5],
    ["12 (34%)", 12],
    ["0.123(4)", 0.123],
    ["0.31+-0.02", 0.31],
    ["0.31 +/- 0.02", 0.31],
    ["0.31±0.02", 0.31],
    ["{'a': 1'", null],
  ] as const)("%j is %d", (text, value) => {
    if (value === null) expect(readNumber(text, 0)).toBeNull();
    else expect(readNumber(text, 0)?.value).toBe(value);
  });
});

/** Text, what is quoted of it, a word of the reason. */
const REFUSED: readonly (readonly [string, string, RegExp])[] = [
  ["0,5", "0,5", /decimal comma.*write 0\.5/],
  ["-0,5 (best)", "-0,5", /decimal comma.*write -0\.5/],
  ["1,5e-3", "1,5", /./],
  ["1.234,5", "1.234,5", /decimal comma/],
  ["1 234,5", "1 234,5", /decimal comma/],
  [`1${NBSP}234,5`, `1${NBSP}234,5`, /decimal comma/],
  ["1 234.5", "1 234.5", /blanks between thousands/],
  ["1 234", "1 234", /blanks between thousands/],
  ["1,234", "1,234", /thousands/],
  ["1,234.5", "1,234.5", /write 1234\.5/],
  ["1,234,567", "1,234,567", /write 1234567/],
  ["1,2,3", "1,2,3", /several numbers/],
  ["1.234.567", "1.234.567", /points between thousands/],
  ["1.2.3", "1.2.3", /version/],
  ["1_000", "1_000", /underscores/],
  ["1'23.4", "1'23.4", /apostrophes/],
  ["1'234,5", "1'234,5", /apostrophes/],
  ["1+2j", "1+2j", /complex/],
  ["1.5-2e-3i", "1.5-2e-3i", /complex/],
  ["1 + 2i", "1 + 2i", /complex/],
  ["1e5i", "1e5i", /imaginary/],
  ["2j", "2j", /imaginary/],
  ["0x1p-3", "0x1p-3", /hexadecimal/],
  ["0x1F", "0x1F", /hexadecimal/],
  ["0b101", "0b101", /binary/],
  ["3/10", "3/10", /fraction/],
  ["3 / 10", "3 / 10", /fraction/],
  ["½", "½", /fraction sign/],
  ["1½", "1½", /fraction sign/],
  ["٣٫٥", "٣٫٥", /other digits/],
  ["１２.５", "１２.５", /other digits/],
  ["1.5×10^-3", "1.5×10^-3", /product/],
  ["1.5 × 10⁻³", "1.5 × 10⁻³", /product/],
  ["1.5 x 10^-3", "1.5 x 10^-3", /product/],
  ["1.5*10**-3", "1.5*10**-3", /product/],
  ["10^-3", "10^-3", /power/],
  ["10⁻³", "10⁻³", /power/],
  ["1.5 e-5", "1.5 e-5", /blank before its exponent/],
  ["0.12345-100", "0.12345-100", /Fortran/],
  ["0.12345+103", "0.12345+103", /Fortran/],
  ["1.#J", "1.#J", /cut/],
  ["-1.#IO", "-1.#IO", /cut/],
  ["12:30", "12:30", /time of day/],
  ["0:00:12.5", "0:00:12.5", /time of day/],
  ["0.5..0.7", "0.5..0.7", /range/],
  ["0.5~0.7", "0.5~0.7", /range/],
  ["0.5–0.7", "0.5–0.7", /range/],
  ["2024-01-05", "2024-01", /date/],
  ["< 2.2e-16", "< 2.2e-16", /bound/],
  [">=3", ">=3", /bound/],
  ["~0.5", "~0.5", /approximation/],
  ["–0.5", "–0.5", /dash/],
  ["********", "********", /Fortran/],
  ["12abc", "12abc", /letters/],
];

describe("notationFault", () => {
  it.each(REFUSED)("%j is refused by name, and is no number", (text, quoted, why) => {
    expect(readNumber(text, 0)).toBeNull();
    const fault = notationFault(text, 0);
    expect(fault?.text).toBe(quoted);
    expect(fault?.why).toMatch(why);
  });

  it.each(["0.5", "-3", "1e-5", "word", "", "(0.5)", "**bold**", "-", ".", "0.31 acc 0.5", "1'234.5"])(
    "says nothing of %j",
    (text) => {
      expect(notationFault(text, 0)).toBeNull();
    },
  );

  it("leaves every number that JavaScript and Python print as it is", () => {
    const check = (text: string): void => {
      expect(readNumber(text, 0)).toEqual({ value: Number(text), end: text.length });
      expect(notationFault(text, 0)).toBeNull();
    };
    fc.assert(
      fc.property(fc.double({ noDefaultInfinity: true, noNaN: true }), (value) => {
        check(String(value));
        check(value.toExponential(6));
        if (Math.abs(value) < 1e15) check(value.toFixed(4));
      }),
    );
  });

  it("takes time in proportion to the text", () => {
    for (const part of ["1", "1.", "1,234,", "1 234 ", "1'234", "1.234.", "1:", "1..", "٣"]) {
      const text = part.repeat(20_000);
      notationFault(text, 0);
      readNumber(text, 0);
    }
  });
});
