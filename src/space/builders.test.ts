import { expect, it } from "vitest";
import { boolean, choice, fixed, float, int, oneOf, ordinal } from "./builders.ts";

it("keeps what it is told about a parameter", () => {
  const about = { default: 2, unit: "m", description: "how wide" };
  expect(int(1, 9, { ...about, step: 2, about: 3, when: { on: true } }).parameter).toMatchObject({
    ...about,
    type: "int",
    step: 2,
    prior: 3,
    when: [[{ parent: "on", in: [true] }]],
  });
  expect(float(1e-3, 9, { ...about, scale: "log", orZero: true }).parameter).toMatchObject({
    ...about,
    scale: "log",
    orZero: true,
  });
  expect(float(0, 1).parameter).toMatchObject({ scale: "linear", orZero: false, step: null, prior: null });
  expect(float(0.1, 1, { log: true, scale: "log" }).parameter).toMatchObject({ scale: "log" });
  expect(choice([[1], [2]], { labels: ["one", "two"], default: [2] }).parameter).toMatchObject({
    labels: ["one", "two"],
    default: [2],
  });
  for (const { parameter } of [ordinal([1, 2], { unit: "m" }), boolean({ unit: "m" }), fixed(1, { unit: "m" })])
    expect(parameter).toMatchObject({ unit: "m" });
  expect(Object.keys(boolean().parameter)).not.toContain("default");
});

it.each<[() => unknown, RegExp]>([
  [() => float(0, 1, { log: true, scale: "logit" }), /log: true and scale: "logit" contradict each other/],
  [() => choice("adam" as never), /choice takes a list of values, not "adam"/],
  [() => ordinal(undefined as never), /ordinal takes a list of values, not nothing/],
  [() => oneOf(["a"] as never), /oneOf takes branches by their names.*not \["a"\]/],
  [() => fixed((() => 1) as never), /has the value .*, which JSON cannot hold/],
  [() => choice([1, 5n] as never), /has the value 5, which JSON cannot hold/],
  [() => int(1, 2, { when: 5 as never }), /The condition 5 is none; allowed: \{ optimizer: "sgd" \}/],
  [() => int(1, 2, { setp: 1 } as never), /int has no option setp.*Did you mean "step"/],
  [() => boolean({ default: 1, log: true } as never), /boolean has no option log/],
  [() => ordinal([1], null as never), /The options of ordinal are null/],
  [() => boolean(null as never), /The options of boolean are null/],
  [() => fixed(1, null as never), /The options of fixed are null/],
])("refuses what is no parameter (%#)", (make, message) => expect(make).toThrow(message));
