import { describe, expect, it } from "vitest";
import { nearestWord } from "./nearest-word.ts";

describe("nearestWord", () => {
  it.each([
    ["optimiser", ["optimizer", "layers"], "optimizer"],
    ["lgo", ["logit", "log"], "log"],
    ["LR", ["lr"], "lr"],
    ["x", ["learning-rate"], null],
    ["anything", [], null],
    ["", ["a"], "a"],
  ])("%j among %j is %j", (given, words, nearest) => {
    expect(nearestWord(given, words)).toBe(nearest);
  });
});
