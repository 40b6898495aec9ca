import { expect, it } from "vitest";
import { shownValue } from "./shown-value.ts";

const circle: Record<string, unknown> = {};
circle.self = circle;

it.each<[unknown, string | RegExp]>([
  [undefined, "nothing"],
  [5n, "the bigint 5"],
  [Promise.resolve(1), "a Promise, to be awaited first"],
  [() => 1, "a function"],
  [Symbol("s"), "a symbol"],
  ["a", '"a"'],
  [[1, "b"], '[1,"b"]'],
  [null, "null"],
  [circle, /^an object that is no JSON \([^\n]+\)$/],
  [
    {
      toJSON: () => {
        throw "refused";
      },
    },
    "an object that is no JSON (refused)",
  ],
])("a value that is not taken is shown in a few words (%#)", (value, shown) => {
  if (typeof shown === "string") expect(shownValue(value)).toBe(shown);
  else expect(shownValue(value)).toMatch(shown);
});
