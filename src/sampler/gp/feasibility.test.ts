import { describe, expect, it } from "vitest";
import { DenseKernel } from "../../numeric/linalg/dense-kernel.ts";
import { keyedStreams } from "../../numeric/random/keyed-streams.ts";
import { exp } from "../../numeric/special/exp.ts";
import { choice, defineSpace, float, type Params } from "../../space/index.ts";
import { FeatureMap } from "../../surrogate/gp/feature-map.ts";
import { randomPoint } from "../../surrogate/gp/point-moves.ts";
import { PointSpace } from "../../surrogate/gp/point-space.ts";
import { effortFor } from "./effort.ts";
import { feasibilityOf } from "./feasibility.ts";

const SPACE = new PointSpace(defineSpace({ x: float(0, 1), y: float(0, 1), kind: choice(["a", "b", "c", "d"]) }));
const MAP = new FeatureMap(SPACE, 3);
const EFFORT = effortFor(null, 40, 3);

/** Probability of a value by configuration, after forty trials of which some failed. */
function learn(fails: (params: Params, chance: number) => boolean) {
  const stream = keyedStreams(4, "feasibility").stream("places");
  const places = Array.from({ length: 40 }, () => randomPoint(SPACE, stream));
  const failing = places.map((point) => fails(SPACE.toParams(point), stream.float()));
  const points = places.filter((_, i) => !failing[i]);
  const failed = places.filter((_, i) => failing[i]);
  const values = new Float64Array(points.length);
  const seen = { points, failed, valued: points, values, levels: null, repeats: [] };
  const feasibility = feasibilityOf(new DenseKernel(), MAP, seen, EFFORT);
  if (feasibility === null) return null;
  return (params: Params) => exp(feasibility.scores([SPACE.fromParams(params)])[0]!);
}

describe("feasibilityOf", () => {
  it("is null when no trial failed", () => {
    expect(learn(() => false)).toBeNull();
  });

  it("learns which choice fails, everywhere", () => {
    const probability = learn(({ kind }) => kind === "c")!;
    for (const [x, y] of [
      [0.1, 0.9],
      [0.5, 0.5],
      [0.95, 0.05],
    ] as const) {
      expect(probability({ x, y, kind: "c" })).toBeLessThan(0.02);
      for (const kind of ["a", "b", "d"]) expect(probability({ x, y, kind })).toBeGreaterThan(0.9);
    }
  });

  it("learns beyond which number trials fail", () => {
    const probability = learn(({ x }) => Number(x) > 0.7)!;
    expect(probability({ x: 0.9, y: 0.3, kind: "a" })).toBeLessThan(0.05);
    expect(probability({ x: 0.4, y: 0.8, kind: "d" })).toBeGreaterThan(0.9);
  });

  it("shuns nothing for failures that come by chance", () => {
    const probability = learn((_, chance) => chance < 0.25)!;
    const stream = keyedStreams(5).stream("asked");
    const all = Array.from({ length: 50 }, () => probability(SPACE.toParams(randomPoint(SPACE, stream))));
    expect(Math.min(...all)).toBeGreaterThan(0.3);
  });
});
