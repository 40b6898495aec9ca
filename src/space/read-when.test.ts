import { describe, expect, it } from "vitest";
import { readWhen } from "./read-when.ts";

describe("readWhen", () => {
  it.each([
    ["a text", "a == x or b in [1, 2]", [[{ parent: "a", in: ["x"] }], [{ parent: "b", in: [1, 2] }]]],
    ["a mapping", { a: "x" }, [[{ parent: "a", in: ["x"] }]]],
    [
      "a mapping of several, all of them",
      { a: ["x", "y"], b: 1 },
      [
        [
          { parent: "a", in: ["x", "y"] },
          { parent: "b", in: [1] },
        ],
      ],
    ],
    [
      "a list of mappings, any of them",
      [{ a: "x" }, { b: 1 }],
      [[{ parent: "a", in: ["x"] }], [{ parent: "b", in: [1] }]],
    ],
    ["the canonical form", [[{ parent: "a", in: ["x", -0] }], []], [[{ parent: "a", in: ["x", 0] }], []]],
    [
      "both forms in one list",
      [[{ parent: "a", in: ["x"] }], { b: 1 }],
      [[{ parent: "a", in: ["x"] }], [{ parent: "b", in: [1] }]],
    ],
    [
      "a parameter that is called parent",
      { parent: "a", in: ["x"] },
      [
        [
          { parent: "parent", in: ["a"] },
          { parent: "in", in: ["x"] },
        ],
      ],
    ],
  ])("reads %s", (_name, given, expected) => {
    expect(readWhen(given, "p")).toEqual(expected);
  });

  it.each([
    ["a number", 3],
    ["null", null],
    ["an empty mapping", {}],
    ["a mapping of a function", { a: () => 1 }],
    ["a list of texts", ["a == x"]],
    ["a list with an empty mapping", [{ a: "x" }, {}]],
    ["a list with null", [null]],
    ["a condition without a parent", [[{ in: ["x"] }]]],
    ["a condition whose parent is no text", [[{ parent: 1, in: ["x"] }]]],
    ["a condition whose values are no list", [[{ parent: "a", in: "x" }]]],
    ["a condition with more than that", [[{ parent: "a", in: ["x"], not: true }]]],
    ["a condition that is a list", [[["a", "x"]]]],
    ["one condition among others that is none", [[{ parent: "a", in: ["x"] }, null]]],
  ])("has no form for %s", (_name, given) => {
    expect(readWhen(given, "p")).toBeNull();
  });
});
