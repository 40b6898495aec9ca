import { describe, expect, it } from "vitest";
import { keyedStreams } from "../../numeric/random/keyed-streams.ts";
import { float, int } from "../builders.ts";
import { activeParameters } from "../conditions.ts";
import { defineSpace } from "../define-space.ts";
import { ABSENT, type Bound, FALSE, isAbsent, TRUE } from "../expression/bound.ts";
import { jsonIndexOf } from "../json-equal.ts";
import { randomSpace } from "../random-space.testing.ts";
import { readSpace } from "../read-space.ts";
import { fromUnit } from "../unit-cube.ts";
import { boxOfCell, innerBorders } from "./cell.ts";

const HAIR = 1e-9;

describe("innerBorders", () => {
  it.each([
    ["a linear int", int(3, 12, { step: 3 })],
    ["an int on a log scale", int(1, 40, { log: true })],
    ["a float with steps from zero", float(0, 1, { step: 0.25 })],
    ["a float with steps on an odds scale", float(0.1, 0.9, { scale: "logit", step: 0.1 })],
  ])("lie where one value of %s gives way to the next", (_name, definition) => {
    const [p] = defineSpace({ p: definition }).parameters;
    const borders = innerBorders(p!)!;
    const values = [0, ...borders].map((border) => fromUnit(p!, border + HAIR));
    expect(new Set(values).size).toBe(values.length);
    for (const [k, border] of borders.entries()) expect(fromUnit(p!, border - HAIR)).toBe(values[k]);
    expect(fromUnit(p!, 1)).toBe(values.at(-1));
  });

  it("lie between choices, truths and an exact zero too, and nowhere in what is continuous or very many", () => {
    const { parameters: all } = readSpace({
      c: "a | b | c | d",
      o: "x < y",
      t: "true | false",
      k: 3,
      x: "0.0..1",
      most: "1..256",
      many: "1..257",
    });
    const of = (name: string) => innerBorders(all.find((p) => p.name === name)!);
    expect(of("c")).toEqual([0.25, 0.5, 0.75]);
    expect([of("o"), of("t"), of("k")]).toEqual([[0.5], [0.5], []]);
    expect([of("x"), of("many")]).toEqual([null, null]);
    expect(of("most")).toHaveLength(255);
    const zero = readSpace({ z: "0 | 1..8 log step 1" }).parameters[0]!;
    const [first, second] = innerBorders(zero)!;
    const around = [first! - HAIR, first! + HAIR, second! - HAIR, second! + HAIR].map((u) => fromUnit(zero, u));
    expect(around).toEqual([0, 1, 1, 2]);
  });
});

/** What a bound says of a value; undefined for an inactive parameter. */
function allows(bound: Bound, value: unknown): boolean {
  if (value === undefined) return isAbsent(bound);
  if (bound.kind === "number") return Number(value) >= bound.low && Number(value) <= bound.high;
  if (bound.kind === "truth") return (bound.mask & (value === true ? TRUE : FALSE)) !== 0;
  return jsonIndexOf(bound.values, value as never) >= 0;
}

describe("boxOfCell", () => {
  it("holds every point of the cell, in any space", () => {
    for (let seed = 0; seed < 120; seed++) {
      const { parameters, ...space } = randomSpace(seed, { depth: 3, parameters: 12 });
      const stream = keyedStreams(seed).stream("cell");
      const ends = parameters.map((p) => {
        const borders = [0, ...(innerBorders(p) ?? [0.25, 0.5, 0.75]), 1];
        const first = stream.int(borders.length - 1);
        return [borders[first]!, borders[first + 1 + stream.int(borders.length - 1 - first)]!] as const;
      });
      const low = Float64Array.from(ends, ([from]) => from);
      const high = Float64Array.from(ends, ([, to]) => to);
      const box = boxOfCell(parameters, low, high);
      for (let n = 0; n < 20; n++) {
        const at = ends.map(([from, to]) => from + (to - from) * (0.001 + 0.998 * stream.float()));
        const all = Object.fromEntries(parameters.map((p, i) => [p.name, fromUnit(p, at[i]!)]));
        const active = new Set(activeParameters({ parameters, ...space }, all).map(({ name }) => name));
        for (const { name } of parameters)
          expect(allows(box(name), active.has(name) ? all[name] : undefined), `seed ${seed}, ${name}`).toBe(true);
      }
    }
  });

  const { parameters } = readSpace({
    n: "1..8",
    t: "true | false",
    c: "a | b | c",
    ofNumber: "0.0..1 when n in [3, 4]",
    ofTruth: "true | false when t == true",
    ofChoice: "0.0..1 when c in [a, b]",
    ofAll: "0.0..1 when n in [3, 4] and t == true",
    ofAny: "0.0..1 when n == 3 or t == true",
  });
  const box = (n: readonly [number, number], t: readonly [number, number], c: readonly [number, number]) => {
    const ends = [n, t, c, ...Array.from({ length: 5 }, () => [0, 1] as const)];
    const low = Float64Array.from(ends, ([from]) => from);
    return boxOfCell(
      parameters,
      low,
      Float64Array.from(ends, ([, to]) => to),
    );
  };
  const standing = (bound: Bound) => {
    const isNever = bound.kind === "values" && bound.values.length === 0;
    return isNever ? "never" : isAbsent(bound) ? "perhaps" : "always";
  };

  it.each([
    // n: the first half is 1 to 4; t: false below 0.5; c: thirds.
    [[0.25, 0.5], [0.5, 1], [0, 2 / 3], { number: "perhaps", truth: "always", choice: "always" }],
    [[0.25, 0.375], [0, 1], [0, 1], { number: "always", truth: "perhaps", choice: "perhaps" }],
    [[0, 0.25], [0, 0.5], [2 / 3, 1], { number: "never", truth: "never", choice: "never" }],
    [[0.5, 1], [0, 0.5], [1 / 3, 1], { number: "never", truth: "never", choice: "perhaps" }],
    [[0, 1], [0.5, 1], [1 / 3, 2 / 3], { number: "perhaps", truth: "always", choice: "always" }],
  ] as const)("says of n in %j, t in %j and c in %j what is active", (n, t, c, expected) => {
    const of = box(n, t, c);
    const found = {
      number: standing(of("ofNumber")),
      truth: standing(of("ofTruth")),
      choice: standing(of("ofChoice")),
    };
    expect(found).toEqual(expected);
  });

  it.each([
    ["always", "always", [0.25, 0.375], [0.5, 1]],
    ["never", "always", [0.25, 0.375], [0, 0.5]],
    ["perhaps", "always", [0.25, 0.375], [0, 1]],
    ["never", "always", [0, 0.25], [0.5, 1]],
    ["never", "never", [0, 0.25], [0, 0.5]],
    ["never", "perhaps", [0, 0.25], [0, 1]],
    ["perhaps", "perhaps", [0, 1], [0, 1]],
  ] as const)("joins conditions: all of them %s, any of them %s, for n in %j and t in %j", (all, any, n, t) => {
    const of = box(n, t, [0, 1]);
    expect([standing(of("ofAll")), standing(of("ofAny"))]).toEqual([all, any]);
  });

  it("keeps the kind of a bound that may be absent", () => {
    const of = box([0, 1], [0, 1], [0, 1]);
    expect(of("ofTruth")).toEqual({ kind: "truth", mask: TRUE | FALSE | ABSENT });
    expect(of("ofNumber")).toEqual({ kind: "number", low: 0, high: 1, absent: true });
    expect(of("n")).toEqual({ kind: "number", low: 1, high: 8, absent: false });
    expect(of("c")).toEqual({ kind: "values", values: ["a", "b", "c"], absent: false });
  });
});
