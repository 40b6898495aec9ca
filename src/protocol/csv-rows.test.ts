import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type CsvRows, csvRows } from "./csv-rows.ts";

/** With the cells' texts alone. */
function textsOf({ rows, open, quoted }: CsvRows) {
  return { rows: rows.map((row) => row.map(({ text }) => text)), open, quoted };
}

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
    expect(textsOf(csvRows(text, separator))).toEqual({ rows, open, quoted: false });
  });

  it("says when a quote is not closed", () => {
    const { rows, ...rest } = csvRows('a, "b\n1,2\n', ",");
    expect(textsOf({ rows, ...rest })).toEqual({ rows: [["a", "b\n1,2\n"]], open: true, quoted: true });
    expect(rows[0]![1]).toMatchObject({ quoted: true, closed: false, start: 2 });
  });

  it("says what follows a closing quote, and keeps blanks within quotes", () => {
    const [[first, second]] = csvRows('" a ",  "b" c,\n', ",").rows as [readonly [object, object]];
    expect(first).toEqual({ text: " a ", quoted: true, start: 0, closed: true, strayAt: null });
    expect(second).toEqual({ text: "b c", quoted: true, start: 6, closed: true, strayAt: 11 });
  });

  it("gives back what was written by the rules of RFC 4180, and never another cell from a part of the text", () => {
    const cell = fc.string({ unit: fc.constantFrom("a", "1", ".", ",", '"', "\n", "\r\n") }).map((text) => text.trim());
    const table = fc.array(fc.array(cell, { minLength: 2, maxLength: 4 }), { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(table, fc.nat(), (rows, cut) => {
        const text = rows.map((row) => `${row.map((one) => `"${one.replaceAll('"', '""')}"`).join(",")}\n`).join("");
        expect(textsOf(csvRows(text, ","))).toEqual({ rows, open: false, quoted: false });
        const part = textsOf(csvRows(text.slice(0, cut % text.length), ","));
        const whole = part.open ? part.rows.slice(0, -1) : part.rows;
        expect(whole).toEqual(rows.slice(0, whole.length));
      }),
    );
  });
});
