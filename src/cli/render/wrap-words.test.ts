import { describe, expect, it } from "vitest";
import { wrapWords } from "./wrap-words.ts";

describe("wrapWords", () => {
  it("folds between words", () => {
    expect(wrapWords("one two three", 7)).toEqual(["one two", "three"]);
    expect(wrapWords("one two three", Number.POSITIVE_INFINITY)).toEqual(["one two three"]);
    expect(wrapWords("extraordinary is", 5)).toEqual(["extraordinary", "is"]);
  });
});
