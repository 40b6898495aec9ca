import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { AttuneError } from "../errors.ts";
import { choice, defineSpace, derived, float, int, ordinal } from "../space/index.ts";
import type { Params } from "../space/json.ts";
import type { Metric } from "../trial/metric.ts";
import { checkLimit } from "./check-limit.ts";
import { compileLimit, compileLimits, type LimitedResult } from "./limit.ts";
import { compareStandings, limitStandings, spreadsOf } from "./limit-standing.ts";

const METRICS: readonly Metric[] = [
  { name: "recall", direction: "maximize" },
  { name: "ms", direction: "minimize" },
];
const SPACE = defineSpace({
  lr: float(1e-5, 1),
  batch: int(1, 64),
  ms: float(0, 1),
  kind: choice(["small", "large"]),
  size: ordinal(["s", "m", "l"]),
  width: ordinal([8, 16, 32]),
  half: derived("batch / 2"),
  "learning-rate": float(0, 1),
});

function result(values: Readonly<Record<string, number>>, params: Params = {}): LimitedResult {
  return { params, value: (metric) => values[metric] ?? Number.NaN };
}

const violation = (text: string, values: Readonly<Record<string, number>>, params: Params = {}): number =>
  limitStandings([result(values, params)], [compileLimit(text)])[0]!.violation;

describe("checkLimit", () => {
  it.each([
    ["ms<=20", "ms <= 20"],
    ["ms <= 2*batch", "ms <= 2 * params.batch"],
    ["memory <= 4", "memory <= 4"],
    ["params.ms < ms", "params.ms < ms"],
    ["values.lr < 3", "values.lr < 3"],
    ["ms <= `learning-rate`", "ms <= `params.learning-rate`"],
    ["ms == 3 within 1 or 0 <= recall <= width", "ms == 3 within 1 or 0 <= recall <= params.width"],
  ])("%j is kept as %j", (given, canonical) => {
    expect(checkLimit(given, SPACE, METRICS)).toBe(canonical);
    expect(checkLimit(canonical, SPACE, METRICS)).toBe(canonical);
  });

  it.each([
    ["batch <= 20", /looks at no result, so it is a constraint; give it as where/],
    ["ms != 20", /by how much this is broken cannot be told; write it with <=, >=, ==/],
    ["not ms > 20", /by how much this is broken/],
    ["ms in [1, 2]", /by how much this is broken/],
    ["ms", /true or false|cannot be told/],
    ["ms <= 'fast'", /a number is needed here, this is text/],
    ["kind == 'small' and ms < 3", /a limit compares numbers/],
    ["size <= 'm' and ms < 3", /a limit compares numbers/],
    ["ms <= params.depth", /params.depth is no parameter; there are lr, batch, ms/],
    ["ms <= half", /half is a derived value.*write what it follows from \(batch \/ 2\)/],
    ["ms <=", /is expected here/],
    ["ms <= 20 within 3", /the expression is over here/],
  ])("%j is refused", (given, message) => {
    const refused = (): unknown => checkLimit(given, SPACE, METRICS);
    expect(refused).toThrow(message);
    expect(refused).toThrow(expect.objectContaining({ code: "invalid-argument" }) as AttuneError);
  });
});

it.each([
  ["params.batch <= 20", 1],
  ["ms != 20", 4],
  ["ms <= params.depth", 7],
  ["ms <= half", 7],
  ['ms <= 3 and params.kind == "small"', 13],
])("of %j the place is told", (text, column) => {
  expect(() => checkLimit(text, SPACE, METRICS)).toThrow(
    expect.objectContaining({ position: { file: null, line: 1, column }, data: { limit: text } }) as AttuneError,
  );
});

it("names up to twelve parameters where there are others, and says where there are none", () => {
  const space = (count: number) =>
    defineSpace(Object.fromEntries(Array.from({ length: count }, (_, k) => [`p${k}`, int(0, 9)])));
  const refused = (count: number) => () => checkLimit("ms <= params.depth", space(count), METRICS);
  expect(refused(13)).toThrow(/there are p0, p1, p2, p3, p4, p5, p6, p7, p8, p9, p10, p11\.$/);
  expect(refused(0)).toThrow(/params.depth is no parameter; none is declared\.$/);
});

it("takes a bare name that is written in full for what it says, though a parameter is called so", () => {
  const space = defineSpace({ "values.ms": float(0, 1), "params.ms": float(0, 1), ms: float(0, 1) });
  for (const text of ["values.ms <= 3", "params.ms <= ms", "ms <= `params.params.ms`"])
    expect(checkLimit(text, space, METRICS)).toBe(text.replace("`params.params.ms`", "params.params.ms"));
});

it("compiles the limits of a study once", () => {
  const texts = ["ms <= 20", "recall >= 0.5"];
  const limits = compileLimits(texts);
  expect(limits.map(({ text }) => text)).toEqual(texts);
  expect(compileLimits(texts)).toBe(limits);
  expect(compileLimits([...texts])).not.toBe(limits);
  expect(compileLimits()).toEqual([]);
  expect(compileLimits()).toBe(compileLimits());
});

describe("compileLimit", () => {
  it("says what it looks at", () => {
    const { metrics, parameters } = compileLimit("ms <= params.batch and values.lr < ms or recall > 0");
    expect(metrics).toEqual(["ms", "lr", "recall"]);
    expect(parameters).toEqual(["batch"]);
  });

  it("is broken by the difference of its sides, in its own direction", () => {
    const limit = (text: string, ms: number) => compileLimit(text).excesses(result({ ms }));
    expect(limit("ms <= 20", 23)).toEqual([3]);
    expect(limit("ms <= 20", 15)).toEqual([-5]);
    expect(limit("ms >= 20", 15)).toEqual([5]);
    expect(limit("20 >= ms", 23)).toEqual([3]);
    expect(limit("ms == 20", 17)).toEqual([3]);
    expect(limit("ms == 20", 20)).toEqual([0]);
    expect(limit("ms == 20 within 4", 17)).toEqual([-1]);
    expect(limit("ms == 20 within 1", 17)).toEqual([2]);
    expect(limit("10 <= ms <= 20", 23)).toEqual([-13, 3]);
  });

  it("does not count rounding, and a strict one is broken where its sides are equal", () => {
    expect(violation("ms <= 0.3", { ms: 0.1 + 0.2 })).toBe(0);
    for (const bound of [0, 20, -5, 1e300]) expect(violation(`ms < ${bound}`, { ms: bound })).toBeGreaterThan(0);
  });

  it("is broken most where a metric has no finite value, and says nothing where a parameter is inactive", () => {
    for (const ms of [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY])
      expect(violation("ms <= 20", { ms })).toBe(Number.POSITIVE_INFINITY);
    expect(violation("ms <= 20 and memory < 3", { ms: 1 })).toBe(Number.POSITIVE_INFINITY);
    expect(violation("ms <= 20 or memory < 3", { ms: 1 })).toBe(0);
    expect(violation("ms <= 2 * params.batch", { ms: 30 })).toBe(0);
    expect(violation("ms <= 2 * params.batch", { ms: 30 }, { batch: 4 })).toBe(22);
    expect(violation("ms <= 2 * params.batch and ms < 10", { ms: 30 })).toBe(20);
  });
});

describe("limitStandings", () => {
  const value = fc.oneof(fc.integer({ min: -3, max: 3 }), fc.constant(Number.NaN));
  const atom = fc.constantFrom("a <= 1", "b >= 0", "a < b", "b == 1 within 1", "a == b");

  it("is 0 exactly where the limits are kept, `and` is the sum and `or` the least", () => {
    fc.assert(
      fc.property(value, value, atom, atom, (a, b, left, right) => {
        const [one, two] = [violation(left, { a, b }), violation(right, { a, b })];
        expect(violation(`${left} and ${right}`, { a, b })).toBe(one + two);
        expect(violation(`${left} or ${right}`, { a, b })).toBe(Math.min(one, two));
        const [standing] = limitStandings([result({ a, b })], [compileLimit(left), compileLimit(right)]);
        const broken = [...(one > 0 ? [left] : []), ...(two > 0 ? [right] : [])];
        expect(standing).toEqual({ feasible: one + two === 0, violation: one + two, broken });
      }),
    );
  });

  it("keeps a limit joined by or where one part holds, by and where both do", () => {
    const standing = (text: string) => limitStandings([result({ a: 0, b: -1 })], [compileLimit(text)])[0];
    expect(standing("a <= 1 or b >= 0")).toEqual({ feasible: true, violation: 0, broken: [] });
    expect(standing("a <= 1 and b >= 0")).toEqual({ feasible: false, violation: 1, broken: ["a <= 1 and b >= 0"] });
  });

  it("weighs each comparison by how far its results lie apart, whatever the unit", () => {
    const spread = [0, 1, 2, 3, 4];
    const results = spread.map((k) => result({ ms: 10 * k, bytes: 1e9 * k }));
    const standings = limitStandings(
      [...results, result({ ms: 20, bytes: 0 }), result({ ms: 0, bytes: 2e9 })],
      [compileLimit("ms <= 0 and bytes <= 0")],
    );
    expect(standings.at(-1)!.violation).toBeCloseTo(standings.at(-2)!.violation, 10);
    expect(standings[0]).toEqual({ feasible: true, violation: 0, broken: [] });
  });

  it("takes as a spread what lies between the quartiles, else between all, else one", () => {
    const spread = (...values: readonly number[]) => spreadsOf(values.map((value) => [value]))[0];
    expect(spread(4, 0, 3, 1, 2)).toBe(2);
    expect(spread(0, 10, 20, 30, 40, 50, 60)).toBe(30);
    expect(spread(0, 0, 0, 0, 0, 0, 0, 0, 9)).toBe(9);
    expect([spread(3, 3, 3), spread(3), spread(Number.NaN, Number.POSITIVE_INFINITY)]).toEqual([1, 1, 1]);
    expect(spread(Number.NaN, 1, 1.25)).toBe(0.25);
    expect(spread(-1.7e308, 1.7e308)).toBe(1);
    expect(spreadsOf([])).toEqual([]);
    expect(
      spreadsOf([
        [0, 5],
        [2, 9],
      ]),
    ).toEqual([2, 4]);
  });

  it("compares standings: what keeps the limits first, then by how much they are broken", () => {
    const kept = { feasible: true, violation: 0, broken: [] };
    const broken = (violation: number) => ({ feasible: false, violation, broken: ["a <= 1"] });
    expect(compareStandings(kept, kept)).toBe(0);
    expect([compareStandings(kept, broken(1)), compareStandings(broken(1), kept)]).toEqual([-1, 1]);
    expect([compareStandings(broken(1), broken(3)), compareStandings(broken(3), broken(1))]).toEqual([-2, 2]);
    const most = broken(Number.POSITIVE_INFINITY);
    expect([compareStandings(most, most), compareStandings(broken(1), most)]).toEqual([0, Number.NEGATIVE_INFINITY]);
  });

  it("does not let one result, however far off, decide what counts as far", () => {
    const near = [1, 2, 3, 4, 5, 6].map((ms) => result({ ms }));
    const of = (results: readonly LimitedResult[]) => limitStandings(results, [compileLimit("ms <= 0")])[0]!.violation;
    expect(of([...near, result({ ms: 1e12 })])).toBeGreaterThan(of(near) / 3);
  });
});
