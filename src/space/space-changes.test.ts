import { describe, expect, it } from "vitest";
import { readSpace } from "./read-space.ts";
import { describeChange, spaceChanges } from "./space-changes.ts";

function changes(
  before: Record<string, unknown>,
  after: Record<string, unknown>,
  renamed: Record<string, string> = {},
): string {
  return spaceChanges(readSpace(before), readSpace(after), renamed).map(describeChange).join("; ");
}

describe("spaceChanges", () => {
  it.each([
    [{ x: "1..6" }, { x: { type: "int", low: 1, high: 6 } }, ""],
    [{ x: "1..6" }, { x: "0..8" }, "x becomes 0..8 (was 1..6)"],
    [{ x: "1..6" }, { x: "1..6 log" }, "x becomes 1..6 log (was 1..6)"],
    [{ o: "a | b" }, { o: "c | b | a" }, "o becomes c | b | a (was a | b)"],
    [{ x: "1..6" }, {}, "x is dropped"],
    [{}, { x: "1..6" }, "x is new (1..6)"],
    [{ o: "a | b", x: "1..2 when o == a" }, { o: "a | b", x: "1..2" }, "x becomes 1..2 (was 1..2 when o == a)"],
    [
      { m: { oneOf: { a: { x: "1..2" } } } },
      { m: { oneOf: { a: { x: "1..2" }, b: { y: "1..2" } } } },
      "m becomes a | b (was | a); y is new (1..2 when m == b)",
    ],
    [{ x: "1..6", y: ":= x" }, { x: "1..6", y: ":= x * 2" }, "y becomes = x * 2 (was  x)"],
  ])("from %j to %j", (before, after, expected) => {
    expect(changes(before, after).replaceAll("=  ", "= ")).toBe(expected);
  });

  it("follows new names", () => {
    expect(changes({ a: "1..6" }, { b: "1..6" }, { a: "b" })).toBe("a is called b now");
    expect(changes({ a: "1..6" }, { b: "1..9" }, { a: "b" })).toBe("a is called b now and becomes 1..9 (was 1..6)");
    // The name that is free again may be taken by something else.
    expect(changes({ a: "1..6" }, { a: "x | y", b: "1..6" }, { a: "b" })).toBe("a is new (x | y); a is called b now");
  });

  it("tells constraints by their text", () => {
    const space = (where: readonly string[]) => readSpace({ a: "1..6" }, () => null, { where });
    const told = spaceChanges(space(["a < 5", "a > 1"]), space(["a > 1", "a < 4"])).map(describeChange);
    expect(told).toEqual(['the constraint "a < 4" is new', 'the constraint "a < 5" is dropped']);
  });
});
