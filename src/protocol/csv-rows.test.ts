import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { csvRows } from "./csv-rows.ts";

describe("csvRows", () => {
  it.each([
    [
      "a,b\n1,2\n",
      ",",
      [
        ["a", "b"],
        ["1", "2"],
      ],
      false,
    ],
    [
      "a,b\r\n1, 2",
      ",",
      [
        ["a", "b"],
        ["1", "2"],
      ],
      true,
    ],
    ["a\r1\r", ",", [["a"], ["1"]], false],
    ['"a, b",1\n', ",", [["a, b", "1"]], false],
    ['"a\nb",1\n', ",", [["a\nb", "1"]], false],
    ['"say ""x""",1\n', ",", [['say "x"', "1"]], false],
    ['5" wide,1\n', ",", [['5" wide', "1"]], false],
    ["a\t\t1\n", "\t", [["a", "", "1"]], false],
    ['\t"x"\n', "\t", [["", "x"]], false],
    ["a\n\n\nb\n\n", ",", [["a"], ["b"]], false],
    ["a,\n", ",", [["a", ""]], false],
    ["a,", ",", [["a", ""]], true],
    ["", ",", [], false],
  ])("splits %j by %j", (text, separator, rows, open) => {
    expect(csvRows(text, separator)).toEqual({ rows, open, quoted: false });
  });

  it("says when a quote is not closed", () => {
    expect(csvRows('a,"b\n1,2\n', ",")).toEqual({ rows: [["a", "b\n1,2\n"]], open: true, quoted: true });
  });

  it("gives back what was written by the rules of RFC 4180, and never another cell from a part of the text", () => {
    const cell = fc.string({ unit: fc.constantFrom("a", "1", ".", ",", '"', "\n", "\r\n") }).map((text) => text.trim());
    const table = fc.array(fc.array(cell, { minLength: 2, maxLength: 4 }), { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(table, fc.nat(), (rows, cut) => {
        const text = rows.map((row) => `${row.map((one) => `"${one.replaceAll('"', '""')}"`).join(",")}\n`).join("");
        expect(csvRows(text, ",")).toEqual({ rows, open: false, quoted: false });
        const part = csvRows(text.slice(0, cut % text.length), ",");
        const whole = part.open ? part.rows.slice(0, -1) : part.rows;
        expect(whole).toEqual(rows.slice(0, whole.length));
      }),
    );
  });
});
