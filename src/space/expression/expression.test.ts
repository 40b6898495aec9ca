import { describe, expect, it } from "vitest";
import { AttuneError } from "../../errors.ts";
import type { JsonValue } from "../json.ts";
import { parseParameterText } from "../text/parse-parameter-text.ts";
import { compileText } from "./compiled-expression.ts";
import { variableOf } from "./variable.ts";

const texts: Record<string, string> = {
  a: "0.0..1",
  b: "0.0..1",
  batch: "16 | 32 | 64",
  layers: "1..6",
  model: "mlp | forest",
  size: "small < medium < large",
  fast: "true | false",
  "net.num-trees": "1..9",
  "net.depth": "1..9",
  odd: "1 | x | null",
  shape: "[64, -64] | {a: [1], b: {}} | [1]",
};
const variables = new Map(
  Object.entries(texts).map(([name, text]) => [name, variableOf(parseParameterText(text, name))]),
);
const values: Record<string, JsonValue> = {
  a: 0.1,
  b: 0.2,
  batch: 32,
  model: "mlp",
  size: "medium",
  fast: true,
  "net.num-trees": 7,
  "net.depth": 2,
  odd: null,
  shape: [64, -64],
};
const compile = (text: string, want: "boolean" | "any" = "any") =>
  compileText(text, { subject: "The constraint", variables, want, position: { file: "s.yaml", line: 4, column: 5 } });

describe("expressions", () => {
  it("have exact logarithms of all powers of 2 and 10 that are numbers", () => {
    for (let k = -1022; k < 1024; k++) expect(compile(`log2(2 ** ${k})`).evaluate({})).toBe(k);
    for (let k = -307; k < 309; k++) expect(compile(`log10(1e${k})`).evaluate({})).toBe(k);
  });

  it.each<[string, JsonValue | undefined]>([
    ["1 + 2 * 3 - 4 / 2", 5],
    ["-2 ** 2", -4],
    ["2 ** 3 ** 2", 512],
    ["2 ** -1", 0.5],
    ["7 % 4 + -7 % 4", 4],
    ["(1 + 2) * 3", 9],
    ["1e3 + .5", 1000.5],
    ["min(3, 1, 2) + max(1, 2) + sum(1, 2, 3)", 9],
    ["abs(-1.5) + floor(1.5) + ceil(1.5) + round(2.5)", 7.5],
    ["log2(8) + sqrt(16)", 7],
    ["floor(log10(1000)) + floor(log2(2 ** 29))", 32],
    ["log10(1e-5) == -5 and log10(1e22) == 22 and log2(2 ** -1022) == -1022", true],
    ["(-1) ** 5001", -1],
    ["(-2) ** 4097 < 0", true],
    ["5000000001 == 5000000002 or 5000000001 >= 5000000002", false],
    ["5000000001 < 5000000002 and 5000000001 != 5000000002", true],
    ["a + b == 0.3", true],
    ["a + b <= 0.3 and not (a + b < 0.3)", true],
    ["a < b < 1", true],
    ["a < b < 0.1", false],
    ["batch * 4 <= 512", true],
    ["model == 'mlp' and fast", true],
    ['model != "mlp" or not fast', false],
    ["batch in [16, 64]", false],
    ["batch not in [16, 64]", true],
    ["size < 'large'", true],
    ["size >= 'large'", false],
    ["odd == null", true],
    ["`net.num-trees` * net.depth", 14],
    ["layers > 3", undefined],
    ["layers > 3 and a > 1", false],
    ["layers > 3 and a < 1", undefined],
    ["layers > 3 or a < 1", true],
    ["not (layers > 3)", undefined],
    ["layers in [1, 2]", undefined],
    ["max(layers, 2)", undefined],
    ["[a, 'x']", [0.1, "x"]],
    ["shape == [64, -64]", true],
    ['shape in [{"a": [1], b: {}}, [1]]', false],
  ])("%s is %j", (text, value) => {
    const result = compile(text).evaluate(values);
    if (typeof value === "number") expect(result).toBeCloseTo(value, 12);
    else expect(result).toEqual(value);
  });

  it("knows the names it uses", () => {
    expect([...compile("a < b and (model == 'mlp' or b < 1)").names]).toEqual(["a", "b", "model"]);
  });

  it.each([
    ["a = 1", 3, /compare with ==/],
    ["a & b", 3, /write and/],
    ["a ^ 2", 3, /\*\* for a power/],
    ["aa < 1", 1, /"aa" is no name/],
    ["everything < 1", 1, /There are a, b, batch, layers, model, size, fast, net\.num-trees, net\.depth, odd, shape/],
    ["net.num < 1", 1, /Write `net\.num-trees` in backticks/],
    ["size < model", 8, /one of "small", "medium", "large" is needed here/],
    ["size > layers", 8, /one of "small", "medium", "large" is needed here/],
    ["'mpl' == model", 1, /model is never "mpl"/],
    ["modl == 'mlp'", 1, /Did you mean "model"/],
    ["net.num-trees > 1", 1, /backticks/],
    ["model == 'mpl'", 10, /never "mpl"; allowed: "mlp", "forest"\. Did you mean "mlp"/],
    ["batch == 'x'", 10, /never "x"/],
    ["a == 'x'", 6, /allowed: a number/],
    ["model in ['mlp', 'tree']", 18, /never "tree"/],
    ["model + 1 < 2", 1, /a number is needed here, this is text/],
    ["odd + 1 < 2", 1, /number or text or other/],
    ["not a", 5, /true or false is needed here, this is number/],
    ["a + b", 1, /true or false is needed, this is number/],
    ["size < 'huge'", 8, /one of "small", "medium", "large"/],
    ["model < 'mlp'", 1, /a number is needed/],
    ["a <", 4, /expected here \(at the end\)/],
    ["(a < 1", 7, /parenthesis needs a \)/],
    ["a < 1 b", 7, /over here/],
    ["mni(a, b) < 1", 1, /Did you mean "min"/],
    ["sqrt(a, b) < 1", 1, /one argument/],
    ["max() < 1", 1, /needs an argument/],
    ["a in 3", 6, /followed by a list/],
    ["a < 'x", 5, /never closed/],
    ["a < 1e999", 5, /too large/],
    ["", 1, /expected here/],
    ["and", 1, /a value is expected/],
    ["shape == [1, 2]", 10, /never \[1,2\]/],
    ["shape == {a: b}", 14, /plain values only/],
    ["shape == {a 1}", 13, /followed by :/],
    ["a # 1", 3, /"#" has no meaning/],
  ])("says what is wrong with %j and where", (text, column, message) => {
    let error: unknown;
    try {
      compile(text, "boolean");
    } catch (caught) {
      error = caught;
    }
    expect(error).toBeInstanceOf(AttuneError);
    expect((error as AttuneError).message).toMatch(message);
    expect((error as AttuneError).position).toEqual({ file: "s.yaml", line: 4, column: 4 + column });
  });

  it("refuses nesting without end instead of overflowing", () => {
    for (const text of ["(".repeat(500), "2 ** ".repeat(400), "[".repeat(500)]) {
      expect(() => compile(text)).toThrow(/nested more than/);
    }
    for (const text of ["not ".repeat(100_000), "a+".repeat(100_000)])
      expect(() => compile(text)).toThrow(/at most 1000/);
    expect(compile(`${"not ".repeat(500)}fast`).evaluate(values)).toBe(true);
  });
});
