import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { undominatedBoxes } from "../../../numeric/hypervolume/box-decomposition.ts";
import { DenseKernel } from "../../../numeric/linalg/dense-kernel.ts";
import { keyedStreams } from "../../../numeric/random/keyed-streams.ts";
import { normalCdf } from "../../../numeric/special/normal-cdf.ts";
import { compileLimit } from "../../../objective/limit.ts";
import { defineSpace, float } from "../../../space/index.ts";
import { FeatureMap } from "../../../surrogate/gp/feature-map.ts";
import { GaussianProcess } from "../../../surrogate/gp/gaussian-process.ts";
import { PointSpace } from "../../../surrogate/gp/point-space.ts";
import type { Acquisition } from "../acquisition.ts";
import { AcquisitionSum } from "./acquisition-sum.ts";
import { boxSides } from "./box-sides.ts";
import { LogHypervolume } from "./log-hypervolume.ts";
import { type ComparisonModel, LogWithinLimits } from "./log-within-limits.ts";

const MAP = new FeatureMap(new PointSpace(defineSpace({ a: float(0, 1), b: float(0, 1) })), 2);
const stream = keyedStreams(3, "limits").stream("points");
const POINTS = Array.from({ length: 8 }, () => Float64Array.of(stream.float(), stream.float()));

function process(value: (p: Float64Array) => number, bent = MAP, sets = 1) {
  const hyper = { weights: Float64Array.of(3, 1), scale: 1, noise: -8 };
  const values = Array.from({ length: sets }, (_none, r) => Float64Array.from(POINTS, (p) => value(p) + 0.2 * r));
  return new GaussianProcess(new DenseKernel(), bent, POINTS, values, hyper, 0);
}

const LEFT: ComparisonModel = { process: process((p) => p[0]! - 0.5), zero: 0.1 };
const BELOW: ComparisonModel = { process: process((p) => p[1]! * p[1]!, MAP.bent(["low", "high"])), zero: 0.4 };
const FAR: ComparisonModel = { process: process((p) => 5 + p[0]!), zero: -60 };

function chance({ process, zero }: ComparisonModel, point: Float64Array): number {
  const { mean, variance } = process.predict([point]);
  return normalCdf((zero - mean[0]!) / Math.sqrt(variance[0]!));
}

function checkSlopes(acquisition: Acquisition): void {
  const place = fc.double({ min: 0.02, max: 0.98, noNaN: true });
  fc.assert(
    fc.property(place, place, (a, b) => {
      const point = Float64Array.of(a, b);
      const { score, gradient } = acquisition.climb(point);
      expect(score).toBeCloseTo(acquisition.scores([point])[0]!, 7);
      for (const f of [0, 1]) {
        const at = (by: number): number => acquisition.scores([point.with(f, point[f]! + by)])[0]!;
        const wanted = (at(1e-5) - at(-1e-5)) / 2e-5;
        expect(Math.abs(gradient[f]! - wanted)).toBeLessThan(1e-3 * Math.max(1, Math.abs(wanted)));
      }
    }),
  );
}

const limitOf = (text: string, ...comparisons: readonly (ComparisonModel | null)[]) => {
  return { tree: compileLimit(text).tree, comparisons };
};

describe("LogWithinLimits", () => {
  const point = Float64Array.of(0.3, 0.6);
  const [left, below] = [chance(LEFT, point), chance(BELOW, point)];
  const of = (...limits: ReturnType<typeof limitOf>[]) => Math.exp(new LogWithinLimits(limits).scores([point])[0]!);

  it("multiplies what is joined by and, takes or as not both broken, and asks nothing where nothing is known", () => {
    expect(of(limitOf("a <= 1 and b <= 1", LEFT, BELOW))).toBeCloseTo(left * below, 9);
    expect(of(limitOf("a <= 1", LEFT), limitOf("b <= 1", BELOW))).toBeCloseTo(left * below, 9);
    expect(of(limitOf("a <= 1 or b <= 1", LEFT, BELOW))).toBeCloseTo(1 - (1 - left) * (1 - below), 9);
    expect(of(limitOf("a <= 1", LEFT), limitOf("b <= 1", null))).toBeCloseTo(left, 9);
  });

  it.each([
    ["and", [limitOf("a <= 1 and b <= 1", LEFT, BELOW)]],
    ["or", [limitOf("a <= 1 or b <= 1", LEFT, BELOW)]],
    ["or of what hardly ever holds", [limitOf("a <= 1 or b <= 1", FAR, { ...FAR, zero: -61 })]],
    ["or with what hardly ever holds", [limitOf("a <= 1 or (b <= 1 and c <= 1)", FAR, LEFT, BELOW)]],
  ])("has the slopes of its value: %s", (_what, limits) => checkSlopes(new LogWithinLimits(limits)));
});

describe("LogHypervolume", () => {
  const first = process((p) => p[0]!, MAP, 2);
  const second = process((p) => (1 - p[0]!) * (1 + p[1]!), MAP.bent(["high", "low"]), 2);
  const sides = [0, 0.2].map((by) =>
    boxSides(
      undominatedBoxes(
        [
          [0.2 + by, 0.9],
          [0.8, 0.3 + by],
        ],
        [1.5, 1.5],
      ),
    ),
  );

  it("has the slopes of its value, over fantasies and maps that bend places otherwise", () => {
    checkSlopes(new LogHypervolume([first, second], sides));
  });

  it("adds up with limits", () => {
    const parts = [new LogHypervolume([first, second], sides), new LogWithinLimits([limitOf("a <= 1", LEFT)])];
    const sum = new AcquisitionSum(parts);
    const [a, b, both] = [...parts, sum].map((part) => part.scores([POINTS[0]!])[0]!);
    expect(both).toBeCloseTo(a! + b!, 9);
    checkSlopes(sum);
  });
});
