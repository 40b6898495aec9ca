import { describe, expect, it } from "vitest";
import { lineSections, sectionAt } from "./line-sections.ts";

/** What each word of the line is said of. */
function saidOf(line: string, ...words: readonly string[]): readonly (string | null)[] {
  const sections = lineSections(line);
  return words.map((word) => sectionAt(sections, line.indexOf(word))?.part ?? null);
}

describe("lineSections", () => {
  it.each<[string, readonly string[], readonly (string | null)[]]>([
    ["train: loss=0.5 acc=0.9", ["loss", "acc"], ["train", "train"]],
    ["loss=0.5 Valid - acc 0.6", ["loss", "acc"], [null, "valid"]],
    ["Train Epoch: 1 loss 0.5", ["loss"], ["train"]],
    ["train: loss=0.5 | val: loss=0.6 acc=0.7", ["loss=0.5", "loss=0.6", "acc"], ["train", "val", "val"]],
    ["[val: loss=0.5] acc=0.7", ["loss", "acc"], ["val", null]],
    ["[val] loss=0.5 acc=0.7", ["loss", "acc"], ["val", "val"]],
    ["test set: (loss 0.5, acc 0.6) wer 0.7", ["loss", "acc", "wer"], ["test", "test", null]],
    ["best: loss=0.5; acc=0.7", ["loss", "acc"], ["best", null]],
    ["best epoch 3 loss 0.5 | acc 0.7", ["loss", "acc"], ["best", null]],
    ["lowest so far loss 0.5", ["loss"], ["best"]],
    ["val is at 3", ["at"], [null]],
    ["best of loss 0.5", ["loss"], [null]],
    ["train: 0.5 loss", ["loss"], [null]],
    ["my_val: loss=0.5", ["loss"], [null]],
    ["runs/val: loss=0.5", ["loss"], [null]],
    ["val/loss: acc=0.5", ["acc"], [null]],
    ["no part at all: loss=0.5", ["loss"], [null]],
  ])("in %s", (line, words, parts) => expect(saidOf(line, ...words)).toEqual(parts));

  it("tells the best so far from parts of the data", () => {
    expect(lineSections("best: loss 0.5").map(({ best, part }) => [best, part])).toEqual([[true, "best"]]);
    expect(lineSections("train: best: loss 0.5").map(({ best, part }) => [best, part])).toEqual([
      [false, "train"],
      [true, "best"],
    ]);
  });

  it("goes back to the section around where one in brackets ends", () => {
    expect(saidOf("train: loss 0.5 (val: wer 0.6) acc 0.7", "loss", "wer", "acc")).toEqual(["train", "val", "train"]);
  });
});
