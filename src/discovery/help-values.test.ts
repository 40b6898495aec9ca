import { describe, expect, it } from "vitest";
import { listedChoices, listedValues, numberedKinds, statedBounds, usageValues } from "./help-values.ts";

it.each([
  [
    "variance, extratrees, maxstat or beta [default variance]",
    "variance",
    ["variance", "extratrees", "maxstat", "beta"],
  ],
  ["the optimizer: adam, sgd, or lamb", "sgd", ["adam", "sgd", "lamb"]],
  ["mode (train|eval|both)", "both", ["train", "eval", "both"]],
  ["loss: ns/hs/softmax", "hs", ["ns", "hs", "softmax"]],
  ["'linear' or 'cosine' decay", "cosine", ["linear", "cosine"]],
  ["one of gini, entropy, log_loss", null, ["gini", "entropy", "log_loss"]],
  ["supported schedules: linear, cosine", null, ["linear", "cosine"]],
  ["a file or a folder", null, []],
  ["model name or path", "bert-base", []],
  ["and/or what follows", null, []],
  ["Must be for no sorting, or a key (default : sorting by count)", "sorting", []],
  ["codes to ignore (default: E226,E24)", "E226", []],
  ['ignored elsewhere. The default, "auto," will use all', "auto", []],
  ["Format errors (default, pylint, quiet) or your own", "default", ["default", "pylint", "quiet"]],
  ["Choose between DEBUG/INFO/WARNING. Default is INFO.", "INFO", ["DEBUG", "INFO", "WARNING"]],
  ["sizes, 1, 2 or 4", "2", []],
])("%s, default %s", (description, value, found) => {
  expect(listedChoices(description, value)).toEqual(found);
});

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

describe("numberedKinds", () => {
  it.each([
    [
      "set type of SVM (default 0) 0 -- C-SVC (multi-class classification) 1 -- nu-SVC (multi-class) 2 -- one-class SVM",
      [
        [0, "C-SVC"],
        [1, "nu-SVC"],
        [2, "one-class SVM"],
      ],
    ],
    [
      "reduction: 0=none, 1=mean, 2=sum [default: 1]",
      [
        [0, "none"],
        [1, "mean"],
        [2, "sum [default: 1]"],
      ],
    ],
    [
      "0: linear; 1: cosine",
      [
        [0, "linear"],
        [1, "cosine"],
      ],
    ],
    [
      "mode (1) fast (2) slow",
      [
        [1, "fast"],
        [2, "slow"],
      ],
    ],
  ])("reads %s", (text, kinds) => {
    expect(numberedKinds(text)?.map(([number]) => number)).toEqual(kinds.map(([number]) => number));
    expect(numberedKinds(text)?.[0]).toEqual(kinds[0]);
  });

  it.each([
    "number of layers (default: 2)",
    "between 0 and 1: a share",
    "ratio 1:1 of classes",
    "-1 for all, 0 for none",
    "verbosity (0: quiet)",
    "at 12:30 and 13:x",
    "depth of the tree, 3 - the usual, 9 - deep",
  ])("finds no list in %s", (text) => {
    expect(numberedKinds(text)).toBeNull();
  });
});

it.each([
  ["level (0..9)", true, [0, 9]],
  ["level (1 ~ 9). 1 is fastest", true, [1, 9]],
  ["between -1 (very low) and 10 (very high)", false, [-1, 10]],
  ["a range: 1~36 default: 20", true, [1, 36]],
  ["set identity cutoff  [0.62]  (0<=x<=1)", false, [0, 1]],
  ["tail mass  [0.04]  (0<x<1)", false, [0.001, 0.999]],
  ["length; must be >3, <32 (22)", true, [4, 31]],
  ["at least: >= 2 and <= 8", true, [2, 8]],
  ["length of sequences  [200]  (n>0)", true, [1, Number.POSITIVE_INFINITY]],
  ["share (>= 0.5)", false, [0.5, Number.POSITIVE_INFINITY]],
  ["if L <= x*alen, tag sequence", false, null],
  ["drop it when > 3", true, null],
] as const)("%s", (description, isInt, bounds) => {
  expect(statedBounds(description, isInt)).toEqual(bounds);
});

it("reads the values of usage lines", () => {
  const text = `Usage: tool [-a trans_file] [-c] [-g tr_table] [--conf=name] [-v]
     [-cat 20 | -nocat] [-top | -notop] [-close 0.75]
     [-J MR|MRE] [-freq A C G]`;
  expect([...usageValues(text)]).toEqual([
    ["-a", "trans_file"],
    ["-g", "tr_table"],
    ["--conf", "name"],
    ["-cat", "NUM"],
    ["-close", "FLOAT"],
    ["-J", "MR|MRE"],
  ]);
});
