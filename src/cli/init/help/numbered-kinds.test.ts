import { describe, expect, it } from "vitest";
import { numberedKinds } from "./numbered-kinds.ts";

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
