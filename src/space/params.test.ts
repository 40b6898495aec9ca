import { describe, expect, it } from "vitest";
import { boolean, choice, fixed, float, int, oneOf } from "./builders.ts";
import { checkParams } from "./check-params.ts";
import { completeParams } from "./complete-params.ts";
import { activeParameters } from "./conditions.ts";
import { defineSpace } from "./define-space.ts";
import { parseParamValue } from "./parse-param-value.ts";

const space = defineSpace({
  lr: float(1e-5, 1e-1, { log: true, default: 1e-3 }),
  dropout: float(0, 0.5, { step: 0.1 }),
  fast: boolean(),
  shape: choice([[64, 64], [128], "auto", 1], { labels: ["two", "one", "auto", "single"] }),
  model: oneOf({ mlp: { layers: int(1, 6) }, forest: { trees: int(10, 500) } }),
  version: fixed("v1"),
});
const valid = { lr: 0.01, dropout: 0.3, fast: true, shape: [128], model: "mlp", layers: 3, version: "v1" };

describe("checkParams", () => {
  it("finds nothing in a valid configuration", () => {
    expect(checkParams(space, valid)).toEqual([]);
    expect(checkParams(space, { ...valid, dropout: 0.1 + 0.2 })).toEqual([]);
  });

  it.each([
    [{ ...valid, lr: 1 }, "lr is 1; allowed: numbers from 0.00001 to 0.1."],
    [{ ...valid, lr: "0.01" }, 'lr is "0.01"; allowed: numbers from 0.00001 to 0.1.'],
    [{ ...valid, lr: Number.NaN }, "lr is null; allowed: numbers from 0.00001 to 0.1."],
    [{ ...valid, dropout: 0.25 }, "dropout is 0.25; allowed: numbers from 0 to 0.5 in steps of 0.1."],
    [{ ...valid, layers: 2.5 }, "layers is 2.5; allowed: whole numbers from 1 to 6."],
    [{ ...valid, trees: 20 }, "trees is given but not active with these values; leave it out."],
    [{ ...valid, layesr: 2 }, 'layesr is no parameter of this space. Did you mean "layers"?'],
    [{ ...valid, version: "v2" }, 'version is "v2"; allowed: only "v1".'],
  ])("names what is wrong in %j", (params, problem) => {
    expect(checkParams(space, params)).toEqual([problem]);
  });

  it("names what is missing", () => {
    const { layers, lr, ...rest } = valid;
    expect([layers, lr]).toEqual([3, 0.01]);
    expect(checkParams(space, rest)).toEqual([
      "lr is missing; allowed: numbers from 0.00001 to 0.1.",
      "layers is missing; allowed: whole numbers from 1 to 6.",
    ]);
  });
});

describe("completeParams", () => {
  it("turns texts into values and fills in defaults and fixed values, in the space's order", () => {
    const params = completeParams(space, {
      layers: "4",
      model: "mlp",
      shape: "two",
      fast: "false",
      dropout: 0.1 + 0.2,
    });
    expect(JSON.stringify(params)).toBe(
      '{"lr":0.001,"dropout":0.3,"fast":false,"shape":[64,64],"model":"mlp","layers":4,"version":"v1"}',
    );
  });

  it("names everything missing or wrong", () => {
    expect(() => completeParams(space, { dropout: 9, model: "mlp", shape: "auto", fast: true })).toThrow(
      "dropout is 9; allowed: numbers from 0 to 0.5 in steps of 0.1.\nlayers is missing",
    );
    expect(() => completeParams(space, { model: "mpl" })).toThrow(
      'model is "mpl"; allowed: "mlp", "forest". Did you mean "mlp"?',
    );
  });
});

describe("parseParamValue", () => {
  it("takes labels, words and JSON", () => {
    const shape = space.parameters.find((p) => p.name === "shape")!;
    for (const text of ["one", "[128]", " [ 128 ] "]) expect(parseParamValue(shape, text)).toEqual([128]);
    expect(parseParamValue(shape, "1")).toBe(1);
    expect(() => parseParamValue(shape, "[128")).toThrow(/allowed/);
    expect(() => parseParamValue(space.parameters[0]!, "")).toThrow(/allowed/);
    expect(parseParamValue(space.parameters[0]!, " 1e-2 ")).toBe(0.01);
  });

  it.each(["", " ", "\t", "0x0", "0b0", "0o0", "1e999", "zero"])("takes no %j for a number", (text) => {
    for (const p of [float(-1, 1), int(-1, 1)].map((one) => defineSpace({ p: one }).parameters[0]!))
      expect(() => parseParamValue(p, text)).toThrow(`p is ${JSON.stringify(text)}; allowed: `);
  });
});

describe("activeParameters", () => {
  it("does not count values of inactive parents", () => {
    const nested = defineSpace({
      a: choice(["x", "y"]),
      b: choice(["u", "v"], { when: { a: "x" } }),
      c: int(1, 2, { when: { b: "u" } }),
    });
    const names = (params: Parameters<typeof activeParameters>[1]) =>
      activeParameters(nested, params).map((p) => p.name);
    expect(names({ a: "x", b: "u" })).toEqual(["a", "b", "c"]);
    expect(names({ a: "y", b: "u" })).toEqual(["a"]);
    expect(names({})).toEqual(["a"]);
  });
});
