import { describe, expect, it } from "vitest";
import { keyedStreams } from "../numeric/random/keyed-streams.ts";
import { checkParams } from "./check-params.ts";
import type { JsonValue } from "./json.ts";
import { jsonEqual } from "./json-equal.ts";
import { neighbour } from "./neighbour.ts";
import { randomConstrainedSpace, randomSpace } from "./random-space.testing.ts";
import { readSpace } from "./read-space.ts";
import { repairParams } from "./repair-params.ts";
import { sampleUniform } from "./sample-uniform.ts";

const options = { depth: 3, parameters: 20 };

describe("neighbour", () => {
  it("is valid and differs, in any space", () => {
    let moved = 0;
    for (let seed = 0; seed < 300; seed++) {
      const space = seed % 2 === 0 ? randomSpace(seed, options) : randomConstrainedSpace(seed, options);
      const params = sampleUniform(space, keyedStreams(seed));
      const next = neighbour(space, params, keyedStreams(seed).stream("neighbour"));
      if (next === null) continue;
      moved++;
      expect(checkParams(space, next), `seed ${seed}`).toEqual([]);
      expect(jsonEqual(next, params)).toBe(false);
    }
    expect(moved).toBeGreaterThan(270);
  });

  it("changes one parameter, ordinals by one place, ints at least by one", () => {
    const space = readSpace({ n: "1..1000", o: "a < b < c < d", x: "0.0..1", c: "p | q | r" });
    const params = { n: 500, o: "a", x: 0.5, c: "p" };
    for (let trial = 0; trial < 200; trial++) {
      const next = neighbour(space, params, keyedStreams(trial).stream("n"))!;
      const changed = Object.keys(params).filter((name) => next[name] !== params[name as "n"]);
      expect(changed).toHaveLength(1);
      if (changed[0] === "o") expect(next.o).toBe("b");
    }
  });

  /** Where 600 moves from one value go, most often first. */
  function goals(domain: string, from: JsonValue): readonly (readonly [JsonValue, number])[] {
    const space = readSpace({ p: domain });
    const found = Array.from({ length: 600 }, (_, n) => neighbour(space, { p: from }, keyedStreams(n).stream("n"))!.p!);
    return [...Map.groupBy(found, (value) => value)]
      .map(([value, all]) => [value, all.length] as const)
      .sort(([, a], [, b]) => b - a);
  }

  it("goes from a choice to each other one, equally often", () => {
    const found = goals("p | q | r | s", "q");
    expect(found.map(([value]) => value).sort()).toEqual(["p", "r", "s"]);
    for (const [, times] of found) expect(times).toBeGreaterThan(150);
    expect(goals("p | q", "q")).toEqual([["p", 600]]);
    expect(goals("true | false", true)).toEqual([[false, 600]]);
  });

  it("goes from an ordinal's end inwards, and from its middle both ways", () => {
    expect(goals("a < b < c < d", "a")).toEqual([["b", 600]]);
    expect(goals("a < b < c < d", "d")).toEqual([["c", 600]]);
    const found = goals("a < b < c < d", "b");
    expect(found.map(([value]) => value).sort()).toEqual(["a", "c"]);
    for (const [, times] of found) expect(times).toBeGreaterThan(250);
  });

  it("never lets a number stand still, and turns back at the ends", () => {
    expect(goals("1..2", 1)).toEqual([[2, 600]]);
    expect(goals("1..2", 2)).toEqual([[1, 600]]);
    const found = goals("1..3", 2);
    expect(found.map(([value]) => value).sort()).toEqual([1, 3]);
    for (const [, times] of found) expect(times).toBeGreaterThan(250);
    const [[nearest, times]] = goals("1..4", 1) as [[JsonValue, number]];
    expect(nearest).toBe(2);
    expect(times).toBeGreaterThan(400);
  });

  it("moves a float by about a fifth of its scale, within its bounds", () => {
    const space = readSpace({ x: "0.001..1 log" });
    const moved = Array.from({ length: 600 }, (_, n) =>
      Math.log10(Number(neighbour(space, { x: 0.0316 }, keyedStreams(n).stream("n"))!.x)),
    );
    const mean = moved.reduce((sum, x) => sum + x, 0) / 600;
    const spread = Math.sqrt(moved.reduce((sum, x) => sum + (x - mean) ** 2, 0) / 600);
    expect(Math.abs(mean + 1.5)).toBeLessThan(0.1);
    // A normal step of 0.6 decades, folded at the two ends.
    expect(spread).toBeGreaterThan(0.5);
    expect(spread).toBeLessThan(0.65);
    const atEnd = Array.from({ length: 600 }, (_, n) =>
      Number(neighbour(space, { x: 0.001 }, keyedStreams(n).stream("n"))!.x),
    );
    expect(atEnd.filter((x) => x > 0.001).length).toBeGreaterThan(590);
    expect(atEnd.filter((x) => x < 0.01).length).toBeGreaterThan(500);
  });

  it("stays on an equation, and ends where there is nowhere to go", () => {
    const simplex = readSpace({ a: "0.0..1", b: "0.0..1", c: "0.0..1" }, () => null, { where: ["a + b + c == 1"] });
    const next = neighbour(simplex, { a: 0.2, b: 0.3, c: 0.5 }, keyedStreams(1).stream("n"))!;
    expect(checkParams(simplex, next)).toEqual([]);
    expect(neighbour(readSpace({ k: 3, one: ["x"] }), { k: 3, one: "x" }, keyedStreams(1).stream("n"))).toBe(null);
    const stuck = readSpace({ a: "1..2", b: "1..2" }, () => null, { where: ["a == 1 and b == 2"] });
    expect(neighbour(stuck, { a: 1, b: 2 }, keyedStreams(1).stream("n"))).toBe(null);
  });
});

describe("repairParams", () => {
  it("makes anything valid, and leaves what is valid as it is", () => {
    for (let seed = 0; seed < 300; seed++) {
      const space = seed % 2 === 0 ? randomSpace(seed, options) : randomConstrainedSpace(seed, options);
      const params = sampleUniform(space, keyedStreams(seed));
      expect(repairParams(space, params, keyedStreams(seed))).toEqual(params);
      const stream = keyedStreams(seed).stream("spoil");
      const spoilt: Record<string, JsonValue> = { stranger: 1 };
      for (const p of space.parameters) {
        const kind = stream.int(4);
        if (kind === 0) spoilt[p.name] = stream.normal() * 100;
        if (kind === 1) spoilt[p.name] = "nonsense";
        if (kind === 2) spoilt[p.name] = sampleUniform(space, keyedStreams(seed, 2))[p.name] ?? null;
      }
      expect(checkParams(space, repairParams(space, spoilt, keyedStreams(seed, 1))), `seed ${seed}`).toEqual([]);
    }
  });

  it("goes to the nearest allowed number, and as far as constraints let it", () => {
    const space = readSpace({ a: "0.0..1", b: "0.0..1", n: "1..9 step 2" }, () => null, { where: ["a + b <= 1"] });
    expect(repairParams(space, { a: 0.25, b: -3, n: 5.7 }, keyedStreams(1))).toEqual({ a: 0.25, b: 0, n: 5 });
    const near = repairParams(space, { a: 0.9, b: 0.9, n: 12 }, keyedStreams(1));
    expect(near.n).toBe(9);
    expect(Number(near.a) + Number(near.b)).toBeGreaterThan(0.99);
  });
});
