import { describe, expect, it } from "vitest";
import { readTrialWords } from "./trial-numbers.ts";

describe("readTrialWords", () => {
  it.each([
    [["3"], [3], undefined],
    [["3", "5-7", "6", "digits"], [3, 5, 6, 7], "digits"],
    [["0", "0-0"], [0], undefined],
    [["digits", "3", "5-6"], [3, 5, 6], "digits"],
  ])("reads %j", (words, trials, study) => {
    expect(readTrialWords(words)).toEqual({ trials, study });
  });

  it.each([
    [[], "No trial is named"],
    [["digits"], "No trial is named"],
    [["3", "x", "4"], '"x" is no trial'],
    [["x", "3", "digits"], '"x" is no trial'],
    [["7-5"], "runs backwards"],
  ])("refuses %j", (words, message) => {
    expect(() => readTrialWords(words)).toThrow(message);
  });
});
