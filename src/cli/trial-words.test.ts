import { describe, expect, it } from "vitest";
import { readTold, readTrialWords } from "./trial-words.ts";

describe("readTold", () => {
  it.each([
    [["0.31"], 0.31, undefined],
    [["-1e-3", "digits"], -0.001, "digits"],
    [["loss=0.3", "acc=0.9", "digits"], { loss: 0.3, acc: 0.9 }, "digits"],
    [["inf"], Number.POSITIVE_INFINITY, undefined],
    [["loss=nan"], { loss: Number.NaN }, undefined],
  ])("reads %j", (words, told, study) => {
    expect(readTold(words, {})).toEqual({ told, study });
  });

  it("needs no value where a trial is only taken over", () => {
    expect(readTold(["digits"], { lost: true })).toEqual({ told: null, study: "digits" });
    expect(readTold([], { lost: true })).toEqual({ told: null, study: undefined });
    expect(readTold(["0.3"], { lost: true })).toEqual({ told: 0.3, study: undefined });
    expect(() => readTold([], { lost: true, message: "why" })).toThrowError("No value is given");
  });

  it("reads a failure", () => {
    expect(readTold(["digits"], { failed: true, message: "why" })).toEqual({
      told: { failed: true, message: "why" },
      study: "digits",
    });
  });

  it.each([
    [[], {}, "No value is given"],
    [["0.1", "0.2"], {}, "has no name"],
    [["0.1"], { failed: true }, "Both --failed and 0.1"],
    [["loss=good"], {}, '"good" is no number'],
    [["1,5"], {}, '"1,5" is a number with a decimal comma, or two numbers; write 1.5.'],
    [["1,5", "digits"], {}, "decimal comma"],
    [["loss=1,5", "digits"], {}, "decimal comma"],
    [["loss=1.234,5"], {}, "points between thousands and a decimal comma"],
    [["0x1F"], {}, "hexadecimal"],
    [["digits", "0.1"], {}, '"digits" is no number'],
    [["0.1"], { message: "x" }, "--message goes with --failed"],
  ])("refuses %j %j", (words, options, message) => {
    expect(() => readTold(words, options)).toThrow(message);
  });
});

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
