import { describe, expect, it } from "vitest";
import { keyedStreams } from "../../numeric/random/keyed-streams.ts";
import { checkParams } from "../check-params.ts";
import type { Params } from "../json.ts";
import { readSpace } from "../read-space.ts";
import { sampleUniform } from "../sample-uniform.ts";
import type { Space } from "../space.ts";
import { feasibleShare } from "./feasibility.ts";

function space(parameters: Record<string, unknown>, where: readonly string[]): Space {
  return readSpace(parameters, () => null, { where });
}

function draw(drawn: Space, count: number, seed = 1): readonly Params[] {
  const all = Array.from({ length: count }, (_, trial) => sampleUniform(drawn, keyedStreams(seed, trial)));
  for (const params of all) expect(checkParams(drawn, params)).toEqual([]);
  return all;
}

/** Fixed seeds; a sound sampler with another seed fails a bound of 5 standard deviations about once in 1.7 million counts. */
function expectShare(count: number, n: number, share: number): void {
  expect(Math.abs(count - n * share)).toBeLessThan(5 * Math.sqrt(n * share * (1 - share)) + 1e-9);
}

describe("sampling under constraints", () => {
  it("is uniform over the feasible part: a triangle", () => {
    const drawn = draw(space({ a: "0.0..1", b: "0.0..1" }, ["a + b <= 1"]), 8000);
    // Density of a is 2 (1 - a): P(a < t) = 1 - (1 - t)^2.
    for (const t of [0.1, 0.3, 0.5, 0.8]) {
      expectShare(drawn.filter((p) => Number(p.a) < t).length, 8000, 1 - (1 - t) * (1 - t));
      expectShare(drawn.filter((p) => Number(p.b) < t).length, 8000, 1 - (1 - t) * (1 - t));
    }
  });

  it("gives each feasible combination of discrete values the same chance, parents' branches included", () => {
    const drawn = draw(
      space({ batch: "16 | 32 | 64", model: "mlp | forest", layers: "1..4 when model == mlp", fast: "true | false" }, [
        "batch * layers <= 128",
        "not (model == 'forest' and fast)",
      ]),
      12_000,
    );
    // Of 3 * 2 * 4 * 2 equal cells of the whole box: 16 and 32 with any layers, 64 with 1 or 2, both speeds; forest slow only.
    const mlp = (4 + 4 + 2) * 2;
    const forest = 3 * 4;
    expectShare(drawn.filter((p) => p.model === "mlp").length, 12_000, mlp / (mlp + forest));
    for (const [batch, layers] of [
      [16, 4],
      [32, 1],
      [64, 2],
    ]) {
      const count = drawn.filter((p) => p.batch === batch && p.layers === layers && p.fast === true).length;
      expectShare(count, 12_000, 1 / (mlp + forest));
    }
  });

  it("agrees with plain rejection where scales are not linear", () => {
    const parameters = { x: "1e-4..1.0 log", n: "1..64 log", z: "0 | 1e-3..1.0 log", q: "0.5..0.99 reverse log" };
    const where = ["x * n < 0.5", "z < x or q > 0.9"];
    const free = readSpace(parameters);
    const tied = space(parameters, where);
    const plain: Params[] = [];
    for (let trial = 0; plain.length < 4000; trial++) {
      const params = sampleUniform(free, keyedStreams(2, trial));
      if (checkParams(tied, params).length === 0) plain.push(params);
    }
    const drawn = draw(tied, 4000, 3);
    for (const name of Object.keys(parameters)) {
      for (const t of [1e-3, 0.01, 0.1, 0.7, 0.95, 2, 8]) {
        const [a, b] = [plain, drawn].map((all) => all.filter((p) => Number(p[name]) < t).length) as [number, number];
        expect(Math.abs(a - b), `${name} < ${t}`).toBeLessThan(5 * Math.sqrt((a + b) * (1 - (a + b) / 8000)) + 1e-9);
      }
    }
  });

  it("settles floats that an equation ties: uniform on the simplex", () => {
    const drawn = draw(space({ a: "0.0..1", b: "0.0..1", c: "0.0..1" }, ["a + b + c == 1"]), 8000);
    for (const name of ["a", "b", "c"]) {
      for (const t of [0.1, 0.3, 0.6]) {
        expectShare(drawn.filter((p) => Number(p[name]) < t).length, 8000, 1 - (1 - t) * (1 - t));
      }
    }
  });

  it.each<[string, Record<string, unknown>, readonly string[]]>([
    ["a product of ints", { batch: "1..512", accumulation: "1..512" }, ["batch * accumulation == 512"]],
    ["low < high", { low: "0.0..1", high: "0.0..1" }, ["low < high", "high - low < 0.001"]],
    ["two equations", { a: "0.0..1", b: "0.0..1", c: "0.0..2", d: "0.0..1" }, ["a + b == c", "b * 2 == d"]],
    ["a rare corner of eight dimensions", many(8, "0.0..1"), [`sum(${names(8)}) <= 1.2`]],
    ["a rare ball", many(5, "-1.0..1"), [`${[0, 1, 2, 3, 4].map((i) => `x${i} ** 2`).join(" + ")} <= 0.04`]],
    [
      "a rare set of choices",
      many(8, "a | b | c | d"),
      [0, 1, 2, 3, 4, 5, 6].map((i) => `x${i} == 'a' or x${i + 1} == 'b'`),
    ],
    ["a rare line of ints", many(4, "0..99"), ["x0 + x1 == x2 + x3", "x0 * x1 > 50 * x2", "x3 % 10 == 7"]],
    ["twenty shares that sum to 1", many(20, "0.0..1"), [`sum(${names(20)}) == 1`]],
    ["twenty numbers that sum to at most 1", many(20, "0.0..1"), [`sum(${names(20)}) <= 1`]],
    ["ten ints that sum to 100", many(10, "0..100"), [`sum(${names(10)}) == 100`]],
    ["an increasing chain of floats", many(16, "0.0..1"), [names(16).replaceAll(",", " <")]],
    ["an increasing chain of few ints", many(12, "1..14"), [names(12).replaceAll(",", " <")]],
    ["one value of a wide int", { x: "0..1000000000000", y: "0..10" }, ["x == 123456789012 + y"]],
  ])("finds its way in %s", (_, parameters, where) => {
    const drawn = draw(space(parameters, where), 50);
    expect(new Set(drawn.map((p) => JSON.stringify(p))).size).toBeGreaterThan(4);
  });

  it("is even over many shares, though none of the box's points is met by chance", () => {
    const drawn = draw(space(many(16, "0.0..1"), [`sum(${names(16)}) == 1`]), 300);
    const largest = drawn.map((p) => Math.max(...Object.values(p).map(Number)));
    // The largest of n uniform shares is (1 + 1/2 + ... + 1/n) / n on average: 0.211.
    expect(largest.reduce((sum, x) => sum + x, 0) / 300).toBeCloseTo(0.211, 1.5);
    for (let i = 0; i < 16; i++) {
      const mean = drawn.reduce((sum, p) => sum + Number(p[`x${i}`]), 0) / 300;
      expect(Math.abs(mean - 1 / 16)).toBeLessThan(0.025);
    }
  });

  it.each([
    "model != 'mix' or a + b + c == 1",
    "not (model == 'mix' and a + b + c != 1)",
    "not (model == 'mix') or (a + b + c == 1 and a < 2)",
  ])("keeps the case in which an equation has to hold: %s", (constraint) => {
    const drawn = draw(space({ model: "mix | one | two", a: "0.0..1", b: "0.0..1", c: "0.0..1" }, [constraint]), 3000);
    // Of the draws of a and b half leave a share for c.
    expectShare(drawn.filter((p) => p.model === "mix").length, 3000, 0.5 / 2.5);
    expectShare(drawn.filter((p) => p.model === "one" && Number(p.c) < 0.3).length, 3000, 0.3 / 2.5);
  });

  it("solves equations of different cases for the same number", () => {
    const where = ["mode != 'x' or a + b == 1", "mode != 'y' or a + b == 0.5"];
    const drawn = draw(space({ mode: "x | y", a: "0.0..1", b: "0.0..1" }, where), 600);
    expectShare(drawn.filter((p) => p.mode === "x").length, 600, 2 / 3);
  });

  it("does not come back to one point where whole numbers are met by chance now and then", () => {
    for (const first of ["s", "t", "u", "v"]) {
      const parameters = Object.fromEntries(Array.from({ length: 10 }, (_, i) => [`${first}${i}`, "0..100"]));
      const drawn = draw(space(parameters, [`${Object.keys(parameters).join(" + ")} == 100`]), 30);
      expect(new Set(drawn.map((p) => JSON.stringify(p))).size).toBeGreaterThan(25);
    }
  });

  it("gives the same bits in a fresh process, whatever was drawn before", () => {
    const make = () => space({ a: "0.0..1", b: "0.0..1", c: "1..9" }, ["a * b * c < 0.01"]);
    const first = make();
    const drawn = Array.from({ length: 20 }, (_, trial) => sampleUniform(first, keyedStreams(4, trial)));
    for (const trial of [19, 3, 7]) expect(sampleUniform(make(), keyedStreams(4, trial))).toEqual(drawn[trial]);
  });

  it.each<[Record<string, unknown>, readonly string[], RegExp]>([
    [{ a: "0.0..1", b: "0.0..1" }, ["a < 0.9", "a + b > 2"], /"a \+ b > 2" no configuration is left/],
    [{ a: "1..9", b: "1..9" }, ["a < b", "b < a"], /"b < a" together with "a < b" no configuration is left/],
    [{ a: "0.0..1", b: "0.0..1", c: "0.0..1" }, ["a * b - c == 5"], /"a \* b - c == 5" no configuration is left/],
    [{ m: "x | y", k: "1..9 when m == x" }, ["m == 'x'", "k > 9"], /"k > 9" together with "m == 'x'" no/],
    [{ a: "0.0..1", b: "0.0..1" }, ["a - b ** 3 == 0.1 and a ** 2 - b == 0.2 and a ** 3 == b + 0.31"], /long search/],
  ])("says before the first draw that %j with %j is empty", (parameters, where, message) => {
    expect(() => space(parameters, where)).toThrow(message);
  });

  it("estimates how much of the box is feasible", () => {
    expect(feasibleShare(space({ a: "0.0..1", b: "0.0..1" }, ["a + b <= 1"]))).toBeCloseTo(0.5, 1);
    expect(feasibleShare(space({ a: "0..9", b: "0..9", c: "0..99" }, ["a == 3 and b == 4", "c < 10"]))).toBeCloseTo(
      1e-3,
      4,
    );
    expect(feasibleShare(space(many(5, "0.0..1"), [`sum(${names(5)}) <= 0.5`])) * 120 * 32).toBeCloseTo(1, 0);
    expect(feasibleShare(readSpace({ a: "1..2" }))).toBe(1);
  });

  it("takes a constraint on an inactive parameter as kept", () => {
    const drawn = draw(space({ m: "x | y", k: "1..9 when m == x" }, ["k > 9"]), 20);
    expect(drawn).toEqual(Array.from({ length: 20 }, () => ({ m: "y" })));
  });
});

function many(count: number, text: string): Record<string, unknown> {
  return Object.fromEntries(Array.from({ length: count }, (_, i) => [`x${i}`, text]));
}

function names(count: number): string {
  return Array.from({ length: count }, (_, i) => `x${i}`).join(", ");
}
