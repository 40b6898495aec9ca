import { describe, expect, it } from "vitest";
import { formatJson } from "./format-json.ts";
import { readConfigSpace } from "./formats/read-config-space.ts";
import { readOptunaDistributions } from "./formats/read-optuna-distributions.ts";
import type { JsonValue } from "./json.ts";
import { parseWritten } from "./parse-written.ts";
import { readSpace } from "./read-space.ts";
import { spaceFromJson } from "./space-from-json.ts";
import { spaceToJson } from "./space-json.ts";
import { spellParams } from "./spell-params.ts";
import { formatParameterText } from "./text/format-parameter-text.ts";
import { parseParameterText } from "./text/parse-parameter-text.ts";

/** The space that a JSON file holds. */
const space = (text: string) => readSpace(parseWritten(text));

describe("how the user wrote choices", () => {
  it.each([
    ["1.0 | 0.5 | 1e-4", ["1.0", null, "1e-4"]],
    ["1 | 2", undefined],
    ["0.10 | 1E5 | +3", ["0.10", "1E5", "+3"]],
    ["[0.0, 1] | {a: 2.0, b: x} | z", ["[0.0, 1]", '{"a": 2.0, "b": "x"}', null]],
    ["1.0 < 2", ["1.0", null]],
    ["= .5", ".5"],
    ["= [1.0, [2.50]]", "[1.0, [2.50]]"],
  ] as const)("is kept with %s", (text, spelling) => {
    const p = parseParameterText(text, "x");
    expect("spelling" in p ? p.spelling : undefined).toEqual(spelling);
    expect(parseParameterText(formatParameterText(p), "x")).toEqual(p);
    const canonical = spaceToJson({ parameters: [p], where: [] });
    expect(spaceFromJson(canonical).parameters).toEqual([p]);
    expect(JSON.stringify(canonical).includes("spelling")).toBe(spelling !== undefined);
  });

  it.each([
    ['{"x": [1.0, 2]}', ["1.0", null]],
    ['{"x": {"choice": [1.0, 2]}}', ["1.0", null]],
    ['{"x": {"ordinal": [1, 2.0]}}', [null, "2.0"]],
    ['{"x": {"choice": [[1.0], {"a": 1e0}]}}', ["[1.0]", '{"a": 1e0}']],
    ['{"x": 1.0}', "1.0"],
    ['{"x": {"fixed": [1.0]}}', "[1.0]"],
    ['{"g": {"oneOf": {"a": {"x": [1.0, 2]}, "b": null}}}', ["1.0", null]],
  ] as const)("is kept with fields: %s", (text, spelling) => {
    const p = space(text).parameters.find(({ name }) => name === "x")!;
    expect("spelling" in p ? p.spelling : undefined).toEqual(spelling);
  });

  it("is kept of ConfigSpace and Optuna", () => {
    const config = `{"hyperparameters": [{"type": "categorical", "name": "c", "choices": [0.0, 1]},
      {"type": "ordinal", "name": "o", "sequence": [1.0, 2.0]}, {"type": "constant", "name": "k", "value": 3.0},
      {"type": "uniform_float", "name": "u", "lower": 1.0, "upper": 1.0}]}`;
    const params = { c: 0, o: 1, k: 3, u: 1 };
    const written = '{"c":0.0,"o":1.0,"k":3.0,"u":1.0}';
    expect(formatJson(spellParams(readConfigSpace(parseWritten(config)), params))).toBe(written);
    const optuna = {
      c: '{"name": "CategoricalDistribution", "attributes": {"choices": [0.0, 1]}}',
      u: '{"name": "FloatDistribution", "attributes": {"low": 1.0, "high": 1.0, "step": null, "log": false}}',
    };
    expect(formatJson(spellParams(readOptunaDistributions(optuna), { c: 0, u: 1 }))).toBe('{"c":0.0,"u":1.0}');
  });

  it("is refused of other values in a canonical form", () => {
    const p = (spelling: JsonValue) => ({ name: "x", type: "categorical", choices: [1, 2], spelling });
    for (const spelling of [["1.0"], ["1.0", "3.0"], "1.0", ["1.0 2", null], [1, null]])
      expect(() => spaceFromJson({ version: 1, parameters: [p(spelling)] })).toThrow(/x.*spelling|spelling.*value/i);
  });
});

describe("spellParams", () => {
  it.each([
    ["d * 2", "2.0"],
    ["n * 2", "2"],
    ["n * 2.0", "2.0"],
    ["n / 1", "1"],
    ["-d", "-1.0"],
    ["floor(d)", "1"],
    ["round(d * 3.0) + n", "4"],
    ["sqrt(n)", "1.0"],
    ["max(n, d)", "1.0"],
    ["max(n, 2)", "2"],
    ["c + n", "3.0"],
    ["f + n", "1.5"],
    ["[d, n, [c]]", "[1.0,1,[2.0]]"],
    ["n > 0", "true"],
    ["e * 2", "2.0"],
  ])("takes the derived value %s for what it is", (expression, text) => {
    const of = readSpace({
      d: "0.0..1",
      n: "0..1",
      c: "1 | 2.0",
      f: [0.5, 1],
      e: ":= d",
      x: `:= ${expression}`,
    });
    const params = { d: 1, n: 1, c: 2, f: 0.5, e: 1 };
    const values: Record<string, JsonValue> = { "max(n, 2)": 2, "d * 2": 2, "n * 2": 2, "n * 2.0": 2, "e * 2": 2 };
    const x = values[expression] ?? (JSON.parse(text) as JsonValue);
    expect(formatJson(spellParams(of, { ...params, x }).x!)).toBe(text);
  });

  it("writes as before by the first rules", () => {
    const of = readSpace({ d: "0.0..1", c: "1.0 | 2", x: ":= d" });
    expect(formatJson(spellParams(of, { d: 1, c: 1, x: 1, other: 1 }, 1))).toBe('{"d":1,"c":1,"x":1,"other":1}');
    expect(formatJson(spellParams(of, { d: 1, c: 1, x: 1, other: 1 }))).toBe('{"d":1.0,"c":1.0,"x":1.0,"other":1}');
  });
});
