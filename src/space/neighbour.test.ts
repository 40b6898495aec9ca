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
