import { describe, expect, it } from "vitest";
import { AttuneError } from "../../../errors.ts";
import { summarizeSpace, summaryLines } from "./describe-space.ts";
import { readSpaceText } from "./read-space-file.ts";

const lines = (text: string): readonly string[] => {
  const { kind, space } = readSpaceText(text, "f.yaml");
  return summaryLines(summarizeSpace(space, kind));
};

describe("readSpaceText", () => {
  it.each([
    ["study", "minimize: loss\nspace: {lr: 0..1.0, n: 1..4}\nwhere: ['lr * n <= 2']\n"],
    ["study", "minimize: loss\nwhere: ['lr * n <= 2']\ncommand: [x, '{lr: 0..1.0}', '{n: 1..4}']\n"],
    ["space", "lr: 0..1.0\nn: 1..4\nwhere: ['lr * n <= 2']\n"],
    [
      "space",
      '{"version": 1, "parameters": [{"name": "lr", "type": "float", "low": 0, "high": 1}], "where": ["lr < 2"]}',
    ],
    [
      "ConfigSpace",
      '{"hyperparameters": [{"name": "lr", "type": "uniform_float", "lower": 0, "upper": 1, "log": false}], "forbiddens": [{"type": "EQUALS", "name": "lr", "value": 0.5}]}',
    ],
    [
      "Optuna",
      '{"lr": {"name": "FloatDistribution", "attributes": {"low": 0, "high": 1, "log": false, "step": null}}, "n": "{\\"name\\": \\"IntDistribution\\", \\"attributes\\": {\\"low\\": 1, \\"high\\": 4, \\"log\\": false, \\"step\\": 1}}"}',
    ],
  ])("knows a %s file: %s", (kind, text) => {
    const file = readSpaceText(text, "f.yaml");
    expect(file.kind).toBe(kind);
    expect(file.space.parameters[0]?.name).toBe("lr");
    expect(file.space.where).toHaveLength(kind === "Optuna" ? 0 : 1);
  });

  it("takes a parameter called space or where for what it is", () => {
    expect(readSpaceText("space: 1..3\nwhere: [here, there]\n", "f.yaml").space.parameters).toHaveLength(2);
  });

  it.each([
    ["a: 0..1.0\nwhere: ['a +']\n", 2, 11],
    ["minimize: x\nspace: {a: 0..1.0}\nwhere:\n  - a < 2\n  - b < 1\n", 5, 5],
    ["minimize: x\nwhere: [a > 3]\ncommand: [x, '{a: 0..1.0}']\n", 2, 9],
  ])("says where the constraint of %j is wrong", (text, line, column) => {
    let caught: unknown;
    try {
      readSpaceText(text, "f.yaml");
    } catch (error) {
      caught = error;
    }
    expect(caught).toBeInstanceOf(AttuneError);
    expect((caught as AttuneError).position).toMatchObject({ file: "f.yaml", line });
    expect((caught as AttuneError).position?.column).toBeGreaterThanOrEqual(column);
  });
});

describe("summaryLines", () => {
  it("counts configurations over conditions exactly", () => {
    // a: 3 values; b: 4 values when a is 1, c: 2 values else: 1 * 4 + 2 * 2.
    expect(lines("a: 1..3\nb: 1..4 when a == 1\nc: true | false when a in [2, 3]\n")).toEqual([
      "holds    3 parameters (2 int, 1 boolean), 2 conditional",
      "size     8 configurations; 2 searched at a time, in 2 different sets",
      "feasible all of it: there are no constraints",
    ]);
  });

  it("estimates the feasible share within its error", () => {
    const { space, kind } = readSpaceText(
      "a: 0..1.0\nb: 0..1.0\nc: 0..1.0\nd: 1..4\nwhere: [a + b < 0.1, c * d < 1]\n",
      "f",
    );
    const { share, error } = summarizeSpace(space, kind).feasible;
    // c < 1/d: (1 + 1/2 + 1/3 + 1/4) / 4 of the box, and a triangle of 0.005.
    const truth = 0.005 * ((1 + 1 / 2 + 1 / 3 + 1 / 4) / 4);
    expect(Math.abs(share - truth)).toBeLessThan(5 * error);
    expect(error).toBeLessThan(0.1 * truth);
    expect(error).toBeGreaterThan(0);
  });
});
