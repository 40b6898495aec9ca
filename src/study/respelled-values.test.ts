import { expect, it } from "vitest";
import type { Parameter, Space } from "../space/index.ts";
import { respelledValues } from "./respelled-values.ts";

const spaceOf = (...parameters: readonly object[]): Space => ({ parameters: parameters as Parameter[], where: [] });
const of = (type: string, values: readonly unknown[], spelling?: readonly string[]) => ({
  name: "p",
  type,
  when: [],
  ...(type === "categorical" ? { choices: values } : { values }),
  ...(spelling && { spelling }),
});
const fixed = (value: unknown, spelling: string) => ({ name: "p", type: "fixed", when: [], value, spelling });

it.each(["categorical", "ordinal"])(
  "names each value of a %s parameter that programs would get in another form",
  (type) => {
    const before = spaceOf(of(type, [1, 2, "a"], ["1", "2.0", "a"]));
    expect(respelledValues(before, spaceOf(of(type, [1, 2, "a"], ["1", "2.0", "a"])))).toEqual([]);
    expect(respelledValues(before, spaceOf(of(type, ["a", 2, 1], ["a", "2", "1.0"])))).toEqual([
      "The program would get p as 1.0; the trials so far got 1.",
      "The program would get p as 2; the trials so far got 2.0.",
    ]);
    // What is no value any more is another matter.
    expect(respelledValues(before, spaceOf(of(type, [1, 3], ["1", "3.0"])))).toEqual([]);
  },
);

it("looks at fixed values too, and at nothing that is of another kind, new or gone", () => {
  expect(respelledValues(spaceOf(fixed(1, "1")), spaceOf(fixed(1, "1.0")))).toEqual([
    "The program would get p as 1.0; the trials so far got 1.",
  ]);
  expect(respelledValues(spaceOf(fixed(1, "1")), spaceOf(fixed(2, "2.0")))).toEqual([]);
  expect(respelledValues(spaceOf(fixed(1, "1")), spaceOf(of("ordinal", [1], ["1.0"])))).toEqual([]);
  expect(respelledValues(spaceOf(fixed(1, "1")), spaceOf())).toEqual([]);
  expect(respelledValues(spaceOf(), spaceOf(fixed(1, "1")))).toEqual([]);
  const float = { name: "p", type: "float", low: 0, high: 1, when: [] };
  expect(respelledValues(spaceOf(float), spaceOf({ ...float, high: 2 }))).toEqual([]);
});
