import { describe, expect, it } from "vitest";
import { readOutput } from "./read-output.testing.ts";
import { ruledNames } from "./ruled-names.ts";

const HITS = [
  "# id name        hits  wide cover/len remark",
  "#--- ---------- ----- ----- --------- ------",
  "1    alpha          6   200     0.625",
];

describe("a table whose names stand above a broken rule", () => {
  it.each([
    ["hits", 6],
    ["wide", 200],
    ["cover/len", 0.625],
  ])("has %s where the rule says", (metric, right) => {
    expect(readOutput(HITS, metric)).toBe(right);
  });

  it("parts names of single blanks as the rule does", () => {
    const lines = ["step train loss valid loss", "==== ========== ==========", "   1       0.50       0.75"];
    expect(readOutput(lines, "valid loss")).toBe(0.75);
    expect(readOutput(lines, "train loss")).toBe(0.5);
  });

  it("gives no value where names stand over two pieces", () => {
    const lines = ["id name          hits  wide", "-- ---------- ----- ----- -----", "1  alpha          6   200     9"];
    expect(readOutput(lines, "hits")).toBe("none");
  });
});

describe("ruledNames", () => {
  it("are the words above each piece", () => {
    expect(ruledNames("a b   c", "--- ---")?.map(({ name }) => name)).toEqual(["a b", "c"]);
    expect(ruledNames("#a   c", "#-- ---")?.map(({ name }) => name)).toEqual(["a", "c"]);
  });

  it("are none of a rule without gaps, of text, or of names out of line", () => {
    expect(ruledNames("a   b", "-------")).toBeNull();
    expect(ruledNames("a   b", "see -- it")).toBeNull();
    expect(ruledNames("a bcd e", "--- ---")).toBeNull();
  });
});
