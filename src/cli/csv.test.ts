import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { spreadsheetCell, unmarkedCell, withoutMark } from "./csv.ts";

const TEXT = fc
  .tuple(fc.constantFrom("", "'", "''", "=", "'=", "-", "+", "@", "\t", "\r", "\n", "＝", "-0.5", "'-1"), fc.string())
  .map((parts) => parts.join(""));

describe("spreadsheetCell", () => {
  it.each([
    ["=cmd|' /C calc'!A0", "'=cmd|' /C calc'!A0"],
    ["@SUM(1)", "'@SUM(1)"],
    ["-2+3", "'-2+3"],
    ["\t=1", "'\t=1"],
    ["＝1", "'＝1"],
    ["'=1", "''=1"],
    ["-0.5", "-0.5"],
    ["+1e-3", "+1e-3"],
    ["it's", "it's"],
    ["'quoted'", "'quoted'"],
  ])("writes %j", (text, cell) => expect(spreadsheetCell(text)).toBe(cell));

  it("leaves no formula, and any text is taken back from either kind of export", () => {
    fc.assert(
      fc.property(TEXT, (text) => {
        expect(spreadsheetCell(text)).toMatch(/^(?:[^=+\-@\t\r\n＝＋－＠]|$|[+-]?[\d.]+(?:e[+-]?\d+)?$)/i);
        expect(withoutMark(spreadsheetCell(text))).toBe(text);
        expect(withoutMark(unmarkedCell(text))).toBe(text);
        if (!text.startsWith("'")) expect(unmarkedCell(text)).toBe(text);
      }),
    );
  });
});
