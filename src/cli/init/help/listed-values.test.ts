import { describe, expect, it } from "vitest";
import { listedValues } from "./listed-values.ts";

const lines = (text: string) =>
  text.split("\n").map((line) => ({ indent: line.length - line.trimStart().length, text: line.trim() }));
const values = (text: string): readonly string[] =>
  listedValues(lines(text)).map(({ value, isDefault }) => (isDefault ? `${value}*` : value));

describe("listedValues", () => {
  it.each([
    [
      "       format: Global:Range\n  C: Cosine distance\n  O: weighted Overlap (default)\n  DC: Dice",
      ["C", "O*", "DC"],
    ],
    ["  0 or nw: No weighting\n  1 or gr: by gain (default)", ["0", "1*"]],
    ["  Z    : equal weights (default)\n  ID   : inverse\n  ED:a : with a factor\n  IL   : linear", ["Z*", "ID", "IL"]],
    ["  adam   Adam of Kingma\n         and Ba\n  sgd    plain descent", ["adam", "sgd"]],
    ["  'fast' - little\n  'slow' - much", ["fast", "slow"]],
    ["  Note: this is slow\n  Example: do not", []],
    ["  goes on here\n  and ends there", []],
    ["  one  two\n  and some  more", []],
  ])("of %j", (text, found) => expect(values(text)).toEqual(found));
});
