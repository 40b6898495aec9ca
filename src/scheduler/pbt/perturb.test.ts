import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { keyedStreams } from "../../numeric/random/keyed-streams.ts";
import { checkParams, choice, defineSpace, float, int, ordinal, sampleUniform } from "../../space/index.ts";
import { randomConstrainedSpace, randomSpace } from "../../space/random-space.testing.ts";
import { perturb } from "./perturb.ts";

const NEAR = { resample: 0, factor: 1.25 };

describe("perturb", () => {
  it("is valid in any space: conditions, constraints, steps", () => {
    fc.assert(
      fc.property(fc.nat(), fc.boolean(), fc.double({ min: 0, max: 1, noNaN: true }), (seed, constrained, resample) => {
        const of = constrained ? randomConstrainedSpace : randomSpace;
        const space = of(seed, { depth: 2, parameters: 6 });
        const from = sampleUniform(space, keyedStreams(seed, "from"));
        const made = perturb(space, from, { resample, factor: 1.25 }, keyedStreams(seed, "made"));
        expect(checkParams(space, made)).toEqual([]);
      }),
    );
  });

  it("moves numbers by the factor, whole ones by one at least, ordinals to a neighbour, and leaves choices", () => {
    const space = defineSpace({
      lr: float(1e-4, 1, { log: true }),
      layers: int(1, 8),
      size: ordinal([8, 16, 32, 64]),
      kind: choice(["a", "b"]),
    });
    const from = { lr: 0.01, layers: 2, size: 16, kind: "b" };
    const made = Array.from({ length: 40 }, (_none, k) => perturb(space, from, NEAR, keyedStreams(k)));
    const seen = (name: keyof typeof from) => [...new Set(made.map((params) => params[name]))].sort();
    expect(seen("lr")).toEqual([0.008, 0.0125]);
    expect([seen("layers"), seen("size"), seen("kind")]).toEqual([[1, 3], [32, 8], ["b"]]);
  });

  it("gives values to what becomes active, and takes those of what no longer is", () => {
    const space = defineSpace({
      kind: choice(["a", "b"]),
      depth: int(1, 9, { when: { kind: "a" } }),
      width: int(1, 9, { when: { kind: "b" } }),
    });
    const made = Array.from({ length: 40 }, (_none, k) =>
      perturb(space, { kind: "a", depth: 3 }, { resample: 0.5, factor: 1.25 }, keyedStreams(k)),
    );
    expect(made.some(({ kind }) => kind === "b")).toBe(true);
    for (const params of made) expect(checkParams(space, params)).toEqual([]);
  });

  it("stays what it was where nothing near keeps the constraints", () => {
    const space = defineSpace({ a: int(1, 9), b: int(1, 9) }, { where: ["a * b == 6"] });
    const from = { a: 2, b: 3 };
    for (let k = 0; k < 20; k++) {
      const made = perturb(space, from, NEAR, keyedStreams(k));
      expect(checkParams(space, made)).toEqual([]);
    }
  });
});
