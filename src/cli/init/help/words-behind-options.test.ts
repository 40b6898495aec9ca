import { describe, expect, it } from "vitest";
import { wordsBehindOptions } from "./words-behind-options.ts";

describe("wordsBehindOptions", () => {
  it.each([
    ["Usage: svm-train [options] training_set_file [model_file]", ["bc.svm"], 1],
    ["usage: tool train [OPTIONS] DATA", ["train", "x.csv"], 1],
    ["usage: fasttext supervised <args>", ["supervised", "-input", "x"], 0],
    ["Usage: prog DATA [options]", ["x"], 0],
    ["Usage: prog [options]", ["x"], 0],
    ["no usage line", ["x"], 0],
  ])("of %s", (help, words, behind) => {
    expect(wordsBehindOptions(help, words)).toBe(behind);
  });
});
