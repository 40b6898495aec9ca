import { describe, expect, it } from "vitest";
import { EndModel } from "./end-model.ts";

describe("EndModel", () => {
  it("takes what does not grow for what it is", () => {
    expect(new EndModel([]).atEnd("loss", 0, 0.5, 9)).toBe(0.5);
  });

  it("goes by the steps while nothing is known, then by the middle of what trials came to", () => {
    const model = new EndModel(["seconds"]);
    expect(model.atEnd("seconds", 0, 2, 9)).toBe(18);
    const before = model.versionAt("seconds", 0, 9);
    for (const end of [3, 3.3, 3.6]) model.ended("seconds", 0, 1, end);
    expect(model.versionAt("seconds", 0, 9)).not.toBe(before);
    expect(model.versionAt("loss", 0, 9)).toBe("");
    // The middle of 3, 3.3, 3.6 and 9.
    expect(model.atEnd("seconds", 0, 2, 9)).toBeCloseTo(2 * 3.45, 12);
    expect(model.atEnd("seconds", 1, 2, 3)).toBe(6);
  });

  it("says no less than was used up already, and counts differences where a value is 0", () => {
    const model = new EndModel(["files"]);
    model.ended("files", 0, 4, 2);
    expect(model.atEnd("files", 0, 6, 1)).toBe(6);
    const zero = new EndModel(["files"]);
    zero.ended("files", 0, 0, 10);
    expect(zero.atEnd("files", 0, 0, 9)).toBe(5);
  });

  it("sees that a metric grows by five steps of which none is downwards", () => {
    const model = new EndModel([]);
    for (let k = 0; k < 4; k++) model.saw("size", k, k + 1);
    expect(model.grows("size")).toBe(false);
    model.saw("size", 4, 4);
    expect(model.grows("size")).toBe(true);
    model.saw("size", 5, 4);
    expect(model.grows("size")).toBe(false);
    for (let k = 0; k < 9; k++) model.saw("constant", 1, 1);
    expect(model.grows("constant")).toBe(false);
  });
});
