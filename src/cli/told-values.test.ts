import { describe, expect, it } from "vitest";
import { readTold } from "./told-values.ts";

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
