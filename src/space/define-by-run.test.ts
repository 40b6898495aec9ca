import { describe, expect, it } from "vitest";
import { AttuneError } from "../errors.ts";
import { defineByRun, singleValue } from "./define-by-run.ts";
import type { JsonValue } from "./json.ts";
import type { Parameter } from "./parameter.ts";

function asked(answer: JsonValue) {
  const parameters: Parameter[] = [];
  const trial = defineByRun((parameter) => {
    parameters.push(parameter);
    return answer;
  });
  return { parameters, trial };
}

describe("defineByRun", () => {
  it("asks for each kind of parameter as it was written, and gives the answer back", () => {
    const { parameters, trial } = asked(7);
    const answers: readonly unknown[] = [
      trial.float("lr", 1e-4, 1, { log: true }),
      trial.int("layers", 1, 9, { step: 2 }),
      trial.choice("opt", ["adam", "sgd"]),
      trial.ordinal("size", [1, 4, 16]),
      trial.boolean("flag"),
    ];
    expect(answers).toEqual([7, 7, 7, 7, 7]);
    expect(parameters).toMatchObject([
      { name: "lr", type: "float", low: 1e-4, high: 1, scale: "log", when: [] },
      { name: "layers", type: "int", low: 1, high: 9, step: 2 },
      { name: "opt", type: "categorical", choices: ["adam", "sgd"] },
      { name: "size", type: "ordinal", values: [1, 4, 16] },
      { name: "flag", type: "boolean" },
    ]);
  });

  it("takes a range of one value, which loops ask for", () => {
    const { parameters, trial } = asked(3);
    expect(trial.int("count", 3, 3)).toBe(3);
    expect(trial.float("rate", 0.5, 0.5)).toBe(3);
    expect(parameters.map(singleValue)).toEqual([3, 0.5]);
  });

  it.each<[string, (trial: ReturnType<typeof asked>["trial"]) => unknown, RegExp]>([
    ["a range from high to low", (trial) => trial.int("n", 5, 1), /goes from 5 to 1/],
    ["a bound that is no number", (trial) => trial.float("x", Number.NaN, Number.NaN), /bounds are finite numbers/],
    ["no choices", (trial) => trial.choice("c", []), /has no values to choose from/],
    ["a name that is none", (trial) => trial.int("a b", 1, 1), /"a b" is no parameter name/],
    ["a reserved name", (trial) => trial.int("seed", 1, 2), /"seed" is reserved/],
  ])("refuses %s before it asks", (_, call, message) => {
    const { parameters, trial } = asked(1);
    expect(() => call(trial)).toThrow(message);
    expect(() => call(trial)).toThrow(AttuneError);
    expect(parameters).toEqual([]);
  });

  it("knows what has one value only", () => {
    const { parameters, trial } = asked(1);
    trial.int("n", 1, 4);
    trial.choice("c", ["a"]);
    expect(parameters.map(singleValue)).toEqual([null, null]);
    expect(singleValue({ name: "f", type: "fixed", value: "v", when: [] })).toBe("v");
  });
});
