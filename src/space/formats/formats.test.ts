import { describe, expect, it } from "vitest";
import { keyedStreams } from "../../numeric/random/keyed-streams.ts";
import { checkParams } from "../check-params.ts";
import { sampleUniform } from "../sample-uniform.ts";
import { formatParameterText } from "../text/format-parameter-text.ts";
import { readConfigSpace } from "./read-config-space.ts";
import { readOptunaDistributions } from "./read-optuna-distributions.ts";

/** The shape of the files that YAHPO Gym ships, and of newer ones. */
const CONFIG_SPACE = {
  hyperparameters: [
    { name: "learner", type: "categorical", choices: ["ranger", "xgboost"], default: "ranger", probabilities: null },
    { name: "task_id", type: "categorical", choices: ["40981", "1067"], default: "40981", probabilities: null },
    { name: "ranger.num.trees", type: "uniform_int", log: false, lower: 1, upper: 2000, default: 500 },
    { name: "xgboost.booster", type: "categorical", choices: ["gblinear", "gbtree", "dart"], default_value: "gbtree" },
    { name: "xgboost.eta", type: "uniform_float", log: true, lower: 1e-4, upper: 1, default: 0.1 },
    { name: "xgboost.max_depth", type: "uniform_int", log: true, lower: 1, upper: 15, default: 3 },
    { name: "mu", type: "normal_float", log: false, mu: 2, sigma: 1, default_value: 2 },
    { name: "size", type: "ordinal", sequence: ["s", "m", "l"], default_value: "m" },
    { name: "late", type: "uniform_float", log: false, lower: 0, upper: 1, q: 0.25 },
    { name: "k", type: "constant", value: 3 },
  ],
  conditions: [
    { child: "ranger.num.trees", parent: "learner", type: "EQ", value: "ranger" },
    { child: "xgboost.booster", parent: "learner", type: "EQ", value: "xgboost" },
    {
      child: "xgboost.eta",
      type: "AND",
      conditions: [
        { child: "xgboost.eta", parent: "learner", type: "EQ", value: "xgboost" },
        { child: "xgboost.eta", parent: "xgboost.booster", type: "IN", values: ["dart", "gbtree"] },
      ],
    },
    { child: "late", parent: "size", type: "GT", value: "s" },
    { child: "xgboost.max_depth", parent: "xgboost.booster", type: "NEQ", value: "gblinear" },
  ],
  forbiddens: [
    {
      type: "AND",
      clauses: [
        { type: "EQUALS", name: "size", value: "l" },
        { type: "IN", name: "learner", values: ["xgboost"] },
      ],
    },
    { type: "RELATION", left: "late", right: "mu", lambda: "GREATER" },
  ],
  python_module_version: "0.4.17",
  json_format_version: 0.2,
};

describe("readConfigSpace", () => {
  it("keeps hyperparameters, conditions and forbidden clauses", () => {
    const space = readConfigSpace(CONFIG_SPACE, { fixed: { task_id: "1067" } });
    expect(Object.fromEntries(space.parameters.map((p) => [p.name, formatParameterText(p)]))).toEqual({
      learner: "ranger | xgboost default ranger",
      task_id: '= "1067"',
      "ranger.num.trees": "1..2000 default 500 when learner == ranger",
      "xgboost.booster": "gblinear | gbtree | dart default gbtree when learner == xgboost",
      "xgboost.eta": "0.0001..1 log default 0.1 when learner == xgboost and xgboost.booster in [dart, gbtree]",
      "xgboost.max_depth": "1..15 log default 3 when xgboost.booster in [gbtree, dart]",
      mu: "-1.0..5 about 2 default 2",
      size: "s < m < l default m",
      late: "0.0..1 step 0.25 when size in [m, l]",
      k: "= 3",
    });
    expect(space.where).toEqual(['not ((`size` == "l") and (`learner` in ["xgboost"]))', "not (`late` > `mu`)"]);
    for (let trial = 0; trial < 200; trial++) {
      const params = sampleUniform(space, keyedStreams(1, trial));
      expect(checkParams(space, params)).toEqual([]);
      expect(params.size === "l" && params.learner === "xgboost").toBe(false);
    }
  });

  it("reads the forbidden clauses of ConfigSpace 1.0 and later", () => {
    const number = (name: string) => ({ name, type: "uniform_int", lower: 1, upper: 9 });
    const space = readConfigSpace({
      hyperparameters: [number("a"), number("b"), { name: "o", type: "ordinal", sequence: ["s", "m", "l"] }],
      forbiddens: [
        { type: "RELATION_GT", left: "a", right: "b" },
        { type: "RELATION_EQ", left: "a", right: "b" },
        { type: "CLAUSE_GE", name: "o", value: "l" },
        {
          type: "OR",
          clauses: [
            { type: "CLAUSE_LT", name: "a", value: 2 },
            { type: "EQUALS", name: "b", value: 9 },
          ],
        },
        { type: "RELATION", left: "b", right: "a", lambda: "LT" },
      ],
    });
    expect(space.where).toEqual([
      "not (`a` > `b`)",
      "not (`a` == `b`)",
      'not (`o` >= "l")',
      "not ((`a` < 2) or (`b` == 9))",
      "not (`b` < `a`)",
    ]);
    expect(checkParams(space, { a: 2, b: 3, o: "m" })).toEqual([]);
    expect(checkParams(space, { a: 2, b: 3, o: "l" })).not.toEqual([]);
  });

  it("takes a condition as the values that satisfy it, of a parent with ten thousand of them at most", () => {
    const child = { name: "child", type: "uniform_float", lower: 0, upper: 1 };
    const under = (parent: object, condition: object) =>
      readConfigSpace({
        hyperparameters: [{ name: "parent", ...parent }, child],
        conditions: [{ child: "child", parent: "parent", ...condition }],
        forbiddens: [],
      }).parameters.find(({ name }) => name === "child")!.when;
    const n = { type: "uniform_int", lower: 1, upper: 4 };
    const when = (...values: readonly unknown[]) => [[{ parent: "parent", in: values }]];
    expect(under(n, { type: "NEQ", value: 3 })).toEqual(when(1, 2, 4));
    expect(under(n, { type: "LT", value: 3 })).toEqual(when(1, 2));
    expect(under(n, { type: "GT", value: 3 })).toEqual(when(4));
    const size = { type: "ordinal", sequence: ["s", "m", "l", "xl"] };
    expect(under(size, { type: "LT", value: "m" })).toEqual(when("s"));
    expect(under(size, { type: "GT", value: "m" })).toEqual(when("l", "xl"));
    const many = (upper: number) => under({ type: "uniform_int", lower: 1, upper }, { type: "GT", value: 9_999 });
    expect(many(10_000)).toEqual(when(10_000));
    expect(() => many(10_001)).toThrow(/child depends on parent, which has too many values to list; give it steps/);
  });

  it("takes of alternatives those that can be, and never what needs all of them", () => {
    const float = (name: string) => ({ name, type: "uniform_float", lower: 0, upper: 1 });
    const fixed = { name: "fixed", type: "constant", value: 1 };
    const n = { name: "n", type: "uniform_int", lower: 1, upper: 3 };
    const never = { child: "child", parent: "fixed", type: "EQ", value: 2 };
    const always = { child: "child", parent: "fixed", type: "EQ", value: 1 };
    const sometimes = { child: "child", parent: "n", type: "EQ", value: 2 };
    const under = (type: string, ...conditions: readonly object[]) =>
      readConfigSpace({
        hyperparameters: [fixed, n, float("child")],
        conditions: [{ child: "child", type, conditions }],
        forbiddens: [],
      }).parameters.find(({ name }) => name === "child")?.when;
    expect(under("OR", never, sometimes)).toEqual([[{ parent: "n", in: [2] }]]);
    expect(under("OR", always, sometimes)).toEqual([]);
    expect(under("OR", never, never)).toBeUndefined();
    expect(under("AND", always, sometimes)).toEqual([[{ parent: "n", in: [2] }]]);
    expect(under("AND", never, sometimes)).toBeUndefined();
  });

  it("leaves out what can never be active beside fixed values", () => {
    const space = readConfigSpace(CONFIG_SPACE, { fixed: { learner: "ranger", task_id: "1067" } });
    const names = space.parameters.map((p) => [p.name, p.when.length]);
    expect(names).toEqual([
      ["learner", 0],
      ["task_id", 0],
      ["ranger.num.trees", 0],
      ["mu", 0],
      ["size", 0],
      ["late", 1],
      ["k", 0],
    ]);
  });

  it.each([
    [{}, /no list of hyperparameters/],
    [{ hyperparameters: [{ type: "categorical" }] }, /no name/],
    [{ hyperparameters: [{ name: "x", type: "magic" }] }, /type "magic"; known are/],
    [
      { hyperparameters: [], conditions: [{ child: "x", parent: "y", type: "EQ", value: 1 }] },
      /x, which does not exist/,
    ],
    [{ hyperparameters: [], forbiddens: [{ type: "MAGIC" }] }, /known are EQUALS/],
    [{ hyperparameters: [{ name: "x", type: "uniform_float" }] }, /finite/],
  ])("refuses %j", (json, message) => {
    expect(() => readConfigSpace(json)).toThrow(message);
  });

  it.each(["", "0x1", true])("takes no %j for a bound", (lower) => {
    const json = { hyperparameters: [{ name: "x", type: "uniform_float", lower, upper: 20 }] };
    expect(() => readConfigSpace(json)).toThrow("bounds are finite numbers");
  });
});

describe("readOptunaDistributions", () => {
  it("reads today's and the older classes, as objects and as texts", () => {
    const space = readOptunaDistributions({
      lr: { name: "FloatDistribution", attributes: { step: null, low: 1e-5, high: 0.1, log: true } },
      dropout: '{"name": "FloatDistribution", "attributes": {"step": 0.1, "low": 0.0, "high": 0.5, "log": false}}',
      layers: { name: "IntDistribution", attributes: { log: false, step: 2, low: 1, high: 7 } },
      optimizer: { name: "CategoricalDistribution", attributes: { choices: ["adam", null, true, 3] } },
      one: { name: "IntDistribution", attributes: { log: false, step: 1, low: 4, high: 4 } },
      old: { name: "LogUniformDistribution", attributes: { low: 0.1, high: 1 } },
      older: { name: "DiscreteUniformDistribution", attributes: { low: 0, high: 1, q: 0.5 } },
      oldest: { name: "IntLogUniformDistribution", attributes: { low: 1, high: 9, step: 1 } },
    });
    expect(Object.fromEntries(space.parameters.map((p) => [p.name, formatParameterText(p)]))).toEqual({
      lr: "0.00001..0.1 log",
      dropout: "0.0..0.5 step 0.1",
      layers: "1..7 step 2",
      optimizer: "adam | null | true | 3",
      one: "= 4",
      old: "0.1..1 log",
      older: "0.0..1 step 0.5",
      oldest: "1..9 log",
    });
  });

  it.each([null, "", "0x1", true])("takes no %j for a bound", (low) => {
    const json = { x: { name: "FloatDistribution", attributes: { low, high: 20 } } };
    expect(() => readOptunaDistributions(json)).toThrow("bounds are finite numbers");
  });

  it.each([
    [3, /are an object/],
    [{ x: "{" }, /no JSON/],
    [{ x: {} }, /name and attributes/],
    [{ x: { name: "FloatDistributoin", attributes: {} } }, /Did you mean "FloatDistribution"/],
    [{ x: { name: "CategoricalDistribution", attributes: {} } }, /no list of choices/],
    [{ x: { name: "FloatDistribution", attributes: { low: 0 } } }, /finite/],
  ])("refuses %j", (json, message) => {
    expect(() => readOptunaDistributions(json)).toThrow(message);
  });
});
