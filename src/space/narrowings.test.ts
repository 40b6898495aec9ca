import { describe, expect, it } from "vitest";
import { narrowings } from "./narrowings.ts";
import { readSpace } from "./read-space.ts";

function compare(before: Record<string, unknown>, after: Record<string, unknown>) {
  return narrowings(readSpace(before), readSpace(after)).join("; ");
}

describe("narrowings", () => {
  it.each([
    [{ x: "1..6" }, { x: { type: "int", low: 1, high: 6 } }, ""],
    [{ x: "1..6" }, { x: "0..8" }, ""],
    [{ x: "1..6" }, { x: "1..6 log" }, ""],
    [{ x: "1..6" }, { x: "1..6.0" }, ""],
    [{ x: "1..9 step 2" }, { x: "1..9" }, ""],
    [{ x: "1..9" }, { x: "1..9 step 2" }, /./],
    [{ x: "0..1 step 0.2" }, { x: "-1..1 step 0.1" }, ""],
    [{ x: "0..1 step 0.2" }, { x: "0.1..1 step 0.2" }, /./],
    [{ x: "0..1 step 0.3" }, { x: "0..0.9 step 0.3" }, ""],
    [{ x: "0.0..1" }, { x: "0..1" }, /./],
    [{ x: "a | b" }, { x: "c | b | a" }, ""],
    [{ x: "a | b" }, { x: "a | c" }, "x has not all the values it had"],
    [{ x: 3 }, { x: "1..6" }, ""],
    [{ x: "0.1..1 log" }, { x: "0 | 0.1..1 log" }, ""],
    [{ x: "0 | 0.1..1 log" }, { x: "0.1..1 log" }, /./],
    [{ x: "1..6" }, {}, "x is gone"],
    [{}, { x: "1..6" }, ""],
    [{ o: "a | b", x: "1..2 when o == a" }, { o: "a | b | c", x: "1..2 when o in [a, c]" }, ""],
    [
      { m: { oneOf: { a: { x: "1..2" } } } },
      { m: { oneOf: { a: { x: "1..2" }, b: { y: { oneOf: { c: { z: "1..2" } } } } } } },
      "",
    ],
    [
      { n: "1..2", g: { repeat: "n", parameters: { u: "1..9" } } },
      { n: "1..3", g: { repeat: "n", parameters: { u: "1..9" } } },
      "",
    ],
    [{ o: "a | b" }, { o: "a | b", x: "1..2 when o == b" }, ""],
    [{ o: "a | b", x: "1..2 when o == a" }, { o: "a | b", x: "1..2" }, "x is active under other conditions"],
    [{ o: "a | b", x: "1..2 when o == a" }, { o: "a | b", x: "1..2 when o == b" }, /./],
  ])("%j to %j", (before, after, expected) => {
    if (typeof expected === "string") expect(compare(before, after)).toBe(expected);
    else expect(compare(before, after)).toMatch(expected);
  });
});
