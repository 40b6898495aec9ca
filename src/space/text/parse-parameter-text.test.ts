import { describe, expect, it } from "vitest";
import { AttuneError } from "../../errors.ts";
import { formatParameterText } from "./format-parameter-text.ts";
import { parseParameterText } from "./parse-parameter-text.ts";

const number = { scale: "linear", prior: null, when: [] };

describe("parseParameterText", () => {
  it.each([
    ["1e-5..1e-1 log", { type: "float", low: 1e-5, high: 0.1, scale: "log", step: null, orZero: false }],
    ["1..6", { type: "int", low: 1, high: 6, step: 1 }],
    [" 1 .. 6 ", { type: "int", low: 1, high: 6, step: 1 }],
    ["1..6.", { type: "float", low: 1, high: 6, step: null, orZero: false }],
    ["-1.5..-.5", { type: "float", low: -1.5, high: -0.5, step: null, orZero: false }],
    ["0..1 step 0.1", { type: "float", low: 0, high: 1, step: 0.1, orZero: false }],
    ["16..512 log step 16", { type: "int", low: 16, high: 512, scale: "log", step: 16 }],
    ["0.01..0.99 logit", { type: "float", low: 0.01, high: 0.99, scale: "logit", step: null, orZero: false }],
    [
      "0.5..0.999 reverse log",
      { type: "float", low: 0.5, high: 0.999, scale: "reverse-log", step: null, orZero: false },
    ],
    ["0 | 1e-6..1e-1 log", { type: "float", low: 1e-6, high: 0.1, scale: "log", step: null, orZero: true }],
    [
      "1e-5..1e-1 log about 3e-4 default 1e-3 unit 1/s description 'step size'",
      {
        type: "float",
        low: 1e-5,
        high: 0.1,
        scale: "log",
        step: null,
        orZero: false,
        prior: 3e-4,
        default: 1e-3,
        unit: "1/s",
        description: "step size",
      },
    ],
  ])("reads the range %j", (text, expected) => {
    expect(parseParameterText(text, "x")).toEqual({ name: "x", ...number, ...expected });
  });

  it.each([
    ["adam | sgd", { type: "categorical", choices: ["adam", "sgd"], labels: null }],
    ["16|32|64", { type: "categorical", choices: [16, 32, 64], labels: null }],
    ["3x3 | 1-5 | a:b | x/y.z", { type: "categorical", choices: ["3x3", "1-5", "a:b", "x/y.z"], labels: null }],
    [`"a b" | 'c' | null | "1"`, { type: "categorical", choices: ["a b", "c", null, "1"], labels: null }],
    ["log | when | default", { type: "categorical", choices: ["log", "when", "default"], labels: null }],
    [
      "[64, 64] | [] | {a: 1, b: [x]}",
      { type: "categorical", choices: [[64, 64], [], { a: 1, b: ["x"] }], labels: null },
    ],
    [
      "[[1], [2, {a: 3}]] | {b: [4], c: {}} | x",
      { type: "categorical", choices: [[[1], [2, { a: 3 }]], { b: [4], c: {} }, "x"], labels: null },
    ],
    ["{a: [1]} as one | [[2]] as two", { type: "categorical", choices: [{ a: [1] }, [[2]]], labels: ["one", "two"] }],
    ["[64,64] as small | [128]", { type: "categorical", choices: [[64, 64], [128]], labels: ["small", "[128]"] }],
    ["-march=native | -O2", { type: "categorical", choices: ["-march=native", "-O2"], labels: null }],
    [
      "-Wl,-O1|-g as d|-O2,-g",
      { type: "categorical", choices: ["-Wl,-O1", "-g", "-O2,-g"], labels: ["-Wl,-O1", "d", "-O2,-g"] },
    ],
    [
      "f(x,1) | g() | x[0] | (1,2) | a==b | k:v=1",
      { type: "categorical", choices: ["f(x,1)", "g()", "x[0]", "(1,2)", "a==b", "k:v=1"], labels: null },
    ],
    ["../a | b/../c | d/..", { type: "categorical", choices: ["../a", "b/../c", "d/.."], labels: null }],
    ["--x=1 < --x=2", { type: "ordinal", values: ["--x=1", "--x=2"] }],
    ["= -march=native", { type: "fixed", value: "-march=native" }],
    [
      "a=1 | b=2 default b=2 when o==sgd and n in [2,3]",
      {
        type: "categorical",
        choices: ["a=1", "b=2"],
        labels: null,
        default: "b=2",
        when: [
          [
            { parent: "o", in: ["sgd"] },
            { parent: "n", in: [2, 3] },
          ],
        ],
      },
    ],
    ["| adam", { type: "categorical", choices: ["adam"], labels: null }],
    ["| true | false", { type: "categorical", choices: [true, false], labels: null }],
    ["true | false", { type: "boolean" }],
    ["false|true", { type: "boolean" }],
    ["[1, [2]] < [{a: 3}] < 4", { type: "ordinal", values: [[1, [2]], [{ a: 3 }], 4] }],
    ["small < medium < large", { type: "ordinal", values: ["small", "medium", "large"] }],
    ["1 < 2.5", { type: "ordinal", values: [1, 2.5] }],
    ["= 3", { type: "fixed", value: 3 }],
    ["= [1, {a: null}]", { type: "fixed", value: [1, { a: null }] }],
    ["=adam", { type: "fixed", value: "adam" }],
  ])("reads %j", (text, expected) => {
    expect(parseParameterText(text, "x")).toEqual({ name: "x", when: [], ...expected });
  });

  it("reads conditions, and binds closer than or", () => {
    const p = parseParameterText("1..2 when o == sgd and n in [2, 3] or b == true default 1", "x");
    expect(p.default).toBe(1);
    expect(p.when).toEqual([
      [
        { parent: "o", in: ["sgd"] },
        { parent: "n", in: [2, 3] },
      ],
      [{ parent: "b", in: [true] }],
    ]);
  });

  it.each([
    ["adam", 1, /= adam to fix it/],
    ["-O2,-g", 1, /write = -O2,-g to fix it/],
    ["-O2 -g | -O3", 1, /in quotes, as in "-O2 -g" \| …/],
    ["a | -O2 -g | -O3", 9, /A text with blanks stands in quotes/],
    ["a<=b | c", 1, /in quotes, as in "a<=b" \| …/],
    ["0,5 | 0,7", 2, /numbers have a point, as in 0\.5; for a text put quotes around it: "0,5"/],
    ["a | 64,64,64", 7, /put quotes around it: "64,64,64"/],
    ["it's | c", 3, /other kind of quotes/],
    ["f(a | b", 1, /in quotes, as in "f\(a" \| …/],
    ["a..b | c", 1, /low bound is a number/],
    ["1e-5.1e-1 log", 1, /\|/],
    ["1..", 4, /high bound is a number/],
    ["1..99999999999999999999", 4, /write 1e\+20 for a range of floats/],
    ["a | 99999999999999999999", 5, /put quotes around it/],
    ["1..6 lgo", 6, /Did you mean "log"/],
    ["1..81 log fidelty", 11, /Did you mean "fidelity"/],
    ["1..6 log log", 10, /scale is given twice/],
    ["0.1..0.9 logit log", 16, /scale is given twice/],
    ["0.1..0.9 reverse log logit", 22, /scale is given twice/],
    ["1..6 about 2 about 3", 14, /prior is given twice/],
    ["1..6 unit s unit s", 13, /unit is given twice/],
    ["0.1..0.9 reverse logit", 18, /reverse is followed by log/],
    ["a | b log", 7, /default, unit, description, when/],
    ["a | 1..6", 5, /only zero may stand besides a range/],
    ["0 | 1e-3..1 | 3", 13, /nothing can follow/],
    ["1..6 | 7", 6, /zero stands before/],
    ["1..6 when a = 3", 13, /followed by == value/],
    ["1..6 when a == 3 und b == 2", 18, /after the values may come/],
    ["[1, 2 | 3", 7, /"]"/],
    ['"a | b', 1, /never closed/],
    ["a |", 4, /a choice is expected here/],
    ["", 1, /expected here/],
    ["1 to 6", 3, /two points, as in 1\.\.10/],
    ["1..1", 4, /only the value 1/],
    ["0..1 log", 6, /log needs a low above 0/],
    ["1..6 default 9", 6, /default 9; allowed: whole numbers from 1 to 6/],
    ["a | b | a", 1, /twice/],
    ["1..6 step 0", 6, /above 0/],
    ["1..9007199254740993", 4, /2\^53/],
  ])("says what is wrong with %j and where", (text, column, message) => {
    let error: unknown;
    try {
      parseParameterText(text, "lr", { file: "study.yaml", line: 7, column: 10 });
    } catch (caught) {
      error = caught;
    }
    expect(error).toBeInstanceOf(AttuneError);
    const { code, position, message: said } = error as AttuneError;
    expect(code).toBe("invalid-space");
    expect(said).toMatch(message);
    expect(said).toContain('"lr"');
    expect(position).toEqual({ file: "study.yaml", line: 7, column: 9 + column });
  });

  it("reads lists that are nested 50 deep, and none deeper", () => {
    const nested = (depth: number) => `= ${"[".repeat(depth)}1${"]".repeat(depth)}`;
    const deepest = Array.from({ length: 50 }).reduce((inner) => [inner], 1 as unknown);
    expect(parseParameterText(nested(50), "x")).toMatchObject({ value: deepest });
    expect(() => parseParameterText(nested(51), "x")).toThrow(/nested more than 50 deep/);
    const object = (depth: number) => `= ${"{a: ".repeat(depth)}1${"}".repeat(depth)}`;
    expect(parseParameterText(object(50), "x")).toMatchObject({ type: "fixed" });
    expect(() => parseParameterText(object(51), "x")).toThrow(/nested more than 50 deep/);
  });

  it("counts lines in texts of several lines", () => {
    const text = "adam\n | sgd\n when x = 3";
    expect(() => parseParameterText(text, "lr", { file: null, line: 2, column: 5 })).toThrow(
      expect.objectContaining({ position: { file: null, line: 4, column: 9 } }),
    );
  });

  it("is what formatParameterText writes", () => {
    for (const text of [
      '0.00001..0.1 log about 0.0003 default 0.001 unit "1/s" description "step size"',
      "0.0..1 step 0.1",
      "0 | 0.000001..0.1 log",
      "0.5..0.999 reverse log",
      "1..6",
      "16..512 log step 16",
      "| true | false",
      "true | false default true",
      '[64,64] as small | [128] as "[128]"',
      "< small",
      '= "null"',
      "a | b when layers in [2, 3] and o == sgd or b == true",
    ]) {
      expect(formatParameterText(parseParameterText(text, "x"))).toBe(text);
    }
  });
});
