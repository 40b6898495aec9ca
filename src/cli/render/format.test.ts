import { describe, expect, it } from "vitest";
import { formatDuration } from "../../analysis/words/format-duration.ts";
import { formatNumber } from "../../analysis/words/format-number.ts";
import { formatValue } from "../../analysis/words/format-value.ts";
import { clip, createPaint, renderTable, shownLine } from "./text.ts";

describe("formatDuration", () => {
  it.each([
    [0, "0 ms"],
    [0.04, "40 ms"],
    [0.9996, "1 s"],
    [3.21, "3.2 s"],
    [9.96, "10 s"],
    [59.6, "1 min"],
    [185, "3 min 5 s"],
    [3599.6, "1 h"],
    [7830, "2 h 11 min"],
    [86400 + 3 * 3600, "1 d 3 h"],
  ])("says %d s as %s", (seconds, text) => {
    expect(formatDuration(seconds)).toBe(text);
  });
});

describe("formatNumber", () => {
  it.each([
    [0.1 + 0.2, "0.3"],
    [0.003246871234, "0.00324687"],
    [3.2468e-7, "3.2468e-7"],
    [123456789, "123456789"],
    [1234567890.5, "1234567891"],
    [1_200_000, "1200000"],
    [1_234_567.25, "1234567"],
    [123456.75, "123457"],
    [1e15, "1000000000000000"],
    [2 ** 53, "9.0072e15"],
    [1e21, "1e21"],
    [12345.678, "12345.7"],
    [0.4, "0.4"],
    [-0.5, "-0.5"],
    [0, "0"],
    ["NaN", "NaN"],
    ["-Infinity", "-Infinity"],
  ] as const)("shows %s as %s", (value, text) => {
    expect(formatNumber(value)).toBe(text);
  });
});

describe("formatValue", () => {
  it("leaves words bare and writes everything else as JSON", () => {
    expect(formatValue("adam")).toBe("adam");
    expect(formatValue("two words")).toBe('"two words"');
    expect(formatValue("")).toBe('""');
    expect(formatValue([64, 32])).toBe("[64,32]");
    expect(formatValue(null)).toBe("null");
    expect(formatValue(true)).toBe("true");
  });
});

describe("renderTable", () => {
  const columns = [
    { title: "trial", align: "right" },
    { title: "state", align: "left" },
  ] as const;

  it("aligns cells under their headings and keeps each row on one line", () => {
    expect(
      renderTable(
        columns,
        [
          ["7", "complete"],
          ["12", "a\nb"],
        ],
        Number.POSITIVE_INFINITY,
      ),
    ).toEqual(["trial  state", "    7  complete", "   12  a b"]);
  });

  it("cuts lines at the width, letters beyond the basic plane counted once", () => {
    expect(renderTable(columns, [["7", "complete"]], 10)[1]).toBe("    7  co…");
    expect(clip("😀😀😀", 4)).toBe("😀…");
    expect(shownLine(clip(createPaint(true).bold("abcdef"), 4))).toBe("\u001b[1mabc…\u001b[0m");
    expect(shownLine(clip("\u001b[1mabcdef", 8))).toBe("\\x1b[1m…");
  });
});

describe("createPaint", () => {
  it("colours only where colours are shown", () => {
    expect(shownLine(createPaint(true).red("x"))).toBe("\u001b[31mx\u001b[39m");
    expect(createPaint(false).red("x")).toBe("x");
  });
});
