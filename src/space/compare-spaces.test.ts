import { describe, expect, it } from "vitest";
import { compareSpaces } from "./compare-spaces.ts";
import { readSpace } from "./read-space.ts";

function compare(before: Record<string, unknown>, after: Record<string, unknown>) {
  const { kind, reasons } = compareSpaces(readSpace(before), readSpace(after));
  return `${kind}: ${reasons.join("; ")}`;
}

describe("compareSpaces", () => {
  it.each([
    [{ x: "1..6" }, { x: { type: "int", low: 1, high: 6 } }, "same: "],
    [{ x: "1..6" }, { x: "0..8" }, "widened: x allowed whole numbers from 1 to 6, now whole numbers from 0 to 8"],
    [{ x: "1..6" }, { x: "1..6 log" }, "widened: x is defined in other words"],
    [{ x: "1..6" }, { x: "1..6.0" }, /^widened/],
    [{ x: "1..9 step 2" }, { x: "1..9" }, /^widened/],
    [{ x: "1..9" }, { x: "1..9 step 2" }, /^incompatible/],
    [{ x: "0..1 step 0.2" }, { x: "-1..1 step 0.1" }, /^widened/],
    [{ x: "0..1 step 0.2" }, { x: "0.1..1 step 0.2" }, /^incompatible/],
    [{ x: "0..1 step 0.3" }, { x: "0..0.9 step 0.3" }, /^widened/],
    [{ x: "0.0..1" }, { x: "0..1" }, /^incompatible/],
    [{ x: "a | b" }, { x: "c | b | a" }, /^widened/],
    [{ x: "a | b" }, { x: "a | c" }, 'incompatible: x allowed "a", "b", now "a", "c": not every old value is left'],
    [{ x: 3 }, { x: "1..6" }, /^widened/],
    [{ x: "0.1..1 log" }, { x: "0 | 0.1..1 log" }, /^widened/],
    [{ x: "0 | 0.1..1 log" }, { x: "0.1..1 log" }, /^incompatible/],
    [{ x: "1..6" }, {}, "incompatible: x is gone"],
    [{}, { x: "1..6" }, "incompatible: x is new"],
    [
      { o: "a | b", x: "1..2 when o == a" },
      { o: "a | b | c", x: "1..2 when o in [a, c]" },
      'widened: o allowed "a", "b", now "a", "b", "c"; x is defined in other words',
    ],
    [
      { m: { oneOf: { a: { x: "1..2" } } } },
      { m: { oneOf: { a: { x: "1..2" }, b: { y: { oneOf: { c: { z: "1..2" } } } } } } },
      'widened: m allowed "a", now "a", "b"; y is new; z is new',
    ],
    [
      { n: "1..2", g: { repeat: "n", parameters: { u: "1..9" } } },
      { n: "1..3", g: { repeat: "n", parameters: { u: "1..9" } } },
      /^widened.*g.3.u is new/,
    ],
    [{ o: "a | b" }, { o: "a | b", x: "1..2 when o == b" }, "incompatible: x is new"],
    [
      { o: "a | b", x: "1..2 when o == a" },
      { o: "a | b", x: "1..2" },
      "incompatible: x is active under other conditions",
    ],
    [{ o: "a | b", x: "1..2 when o == a" }, { o: "a | b", x: "1..2 when o == b" }, /^incompatible/],
  ])("%j to %j", (before, after, expected) => {
    if (typeof expected === "string") expect(compare(before, after)).toBe(expected);
    else expect(compare(before, after)).toMatch(expected);
  });
});
