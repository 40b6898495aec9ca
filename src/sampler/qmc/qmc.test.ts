import { describe, expect, it } from "vitest";
import { keyedStreams } from "../../numeric/random/keyed-streams.ts";
import { choice, float, int, oneOf } from "../../space/builders.ts";
import { isFeasible } from "../../space/constraints.ts";
import { defineSpace } from "../../space/define-space.ts";
import type { Params } from "../../space/json.ts";
import type { Space } from "../../space/space.ts";
import { samplerContract } from "../sampler.contract.ts";
import { makeView } from "../testing/make-view.testing.ts";
import { createQmc } from "./qmc.ts";
import { sobolDimensions } from "./sobol-dimensions.ts";

const FRESH = { spaceVersion: 1, settingsVersion: 1 };
const METRICS = [{ name: "loss", direction: "minimize" }] as const;

samplerContract("qmc", { objectives: "many", limits: true, make: (space) => createQmc({}, space, FRESH) });

function draw(space: Space, count: number, seed = 1, context = FRESH): readonly Params[] {
  const view = makeView({ space, metrics: METRICS, rows: [], pending: [], revision: 1 });
  const streams = (trial: number) => keyedStreams(seed, trial);
  const request = { space, metrics: METRICS, seed, number: 0, index: 0, streams, remaining: null, inputs: {} };
  return createQmc({}, space, context)
    .suggest(view, request, count)
    .map(({ params }) => params);
}

/** How many of the values lie in each of `cells` equal parts of [0, 1]. */
function histogram(values: readonly number[], cells: number): readonly number[] {
  const counts = new Array<number>(cells).fill(0);
  for (const value of values) counts[Math.min(cells - 1, Math.floor(value * cells))]!++;
  return counts;
}

describe("qmc", () => {
  it("is even on each scale, over steps and over choices", () => {
    const space = defineSpace({
      lr: float(1e-4, 1, { log: true }),
      layers: int(1, 8),
      act: choice(["a", "b", "c", "d"]),
    });
    const points = draw(space, 64);
    const exponents = points.map(({ lr }) => Math.log10(lr as number) / 4 + 1);
    expect(histogram(exponents, 64)).toEqual(new Array(64).fill(1));
    expect(
      histogram(
        points.map(({ layers }) => ((layers as number) - 0.5) / 8),
        8,
      ),
    ).toEqual(new Array(8).fill(8));
    expect(points.filter(({ act }) => act === "c")).toHaveLength(16);
  });

  it("gives parameters of different branches the same dimension, and none that may meet", () => {
    const space = defineSpace({
      model: oneOf({
        mlp: { layers: int(1, 6), units: int(16, 512) },
        forest: { trees: int(10, 500), kind: oneOf({ a: { x: float(0, 1) }, b: { y: float(0, 1) } }) },
      }),
      lr: float(0, 1),
    });
    const dimensions = sobolDimensions(space);
    expect(Object.fromEntries(dimensions)).toEqual({
      model: 0,
      layers: 1,
      units: 2,
      trees: 1,
      kind: 2,
      x: 3,
      y: 3,
      lr: 4,
    });
  });

  it("takes other points with another seed, and after the space was changed", () => {
    const space = defineSpace({ x: float(0, 1) });
    expect(draw(space, 4)).not.toEqual(draw(space, 4, 2));
    expect(draw(space, 4)).not.toEqual(draw(space, 4, 1, { spaceVersion: 2, settingsVersion: 1 }));
  });

  it("keeps constraints and stays even in what they leave free", () => {
    const space = defineSpace({ a: float(0, 1), b: float(0, 1), free: float(0, 1) }, { where: ["a + b <= 0.5"] });
    const points = draw(space, 64);
    for (const params of points) expect(isFeasible(space, params)).toBe(true);
    expect(
      histogram(
        points.map(({ free }) => free as number),
        64,
      ),
    ).toEqual(new Array(64).fill(1));
  });

  it("takes no options", () => {
    expect(() => createQmc({ scramble: true }, defineSpace({ x: float(0, 1) }), FRESH)).toThrow("takes no options");
  });
});
