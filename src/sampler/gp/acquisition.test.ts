import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { DenseKernel } from "../../numeric/linalg/dense-kernel.ts";
import { keyedStreams } from "../../numeric/random/keyed-streams.ts";
import { logImprovement, logImprovementSlope } from "../../numeric/special/log-expected-improvement.ts";
import { defineSpace, float } from "../../space/index.ts";
import { FeatureMap } from "../../surrogate/gp/feature-map.ts";
import { GaussianProcess } from "../../surrogate/gp/gaussian-process.ts";
import { PointSpace } from "../../surrogate/gp/point-space.ts";
import { LogExpectedImprovement, type Member } from "./acquisition.ts";

const MAP = new FeatureMap(new PointSpace(defineSpace({ a: float(0, 1), b: float(0, 1) })), 2);
const stream = keyedStreams(3, "acquisition").stream("points");
const POINTS = Array.from({ length: 8 }, () => Float64Array.of(stream.float(), stream.float()));
const value = ([a, b]: Float64Array): number => (a! - 0.3) * (a! - 0.3) + 0.5 * b!;

/** A model of `sets` sets of values, shifted against each other. */
function member(sets: number, thresholds: readonly number[], floor?: number): Member {
  const values = Array.from({ length: sets }, (_, r) => Float64Array.from(POINTS, (p) => value(p) + 0.1 * r));
  const hyper = { weights: Float64Array.of(3, 1), scale: 1, noise: 1e-4 };
  const process = new GaussianProcess(new DenseKernel(), MAP, POINTS, values, hyper, 0);
  return { process, thresholds: Float64Array.from(thresholds), ...(floor !== undefined && { floor }) };
}

/** Slope of the score at a point along one coordinate, by central differences. */
function slope(acquisition: LogExpectedImprovement, point: Float64Array, f: number, h = 1e-5): number {
  const at = (by: number): number => acquisition.scores([point.with(f, point[f]! + by)])[0]!;
  return (at(h) - at(-h)) / (2 * h);
}

describe("log expected improvement up to a goal", () => {
  it("is what draws gain on average that count as the goal where they are better", () => {
    const draws = keyedStreams(4, "acquisition").stream("draws");
    const { process } = member(1, [0]);
    const point = Float64Array.of(0.7, 0.4);
    const { mean, variance } = process.predict([point]);
    const deviation = Math.sqrt(variance[0]!);
    const at = (z: number): number => mean[0]! + z * deviation;
    for (const [threshold, floor] of [
      [at(0.5), at(-0.5)],
      [at(2), at(1)],
      [at(-0.5), at(-1)],
    ] as const) {
      const count = 200_000;
      let [sum, square] = [0, 0];
      for (let k = 0; k < count; k++) {
        const gain = Math.max(0, threshold - Math.max(floor, at(draws.normal())));
        sum += gain;
        square += gain * gain;
      }
      const error = Math.sqrt((square / count - (sum / count) * (sum / count)) / count);
      const acquisition = new LogExpectedImprovement(
        [{ process, thresholds: Float64Array.of(threshold), floor }],
        null,
      );
      expect(Math.abs(Math.exp(acquisition.scores([point])[0]!) - sum / count)).toBeLessThan(4 * error);
    }
  });
});

describe("the gradient of log expected improvement", () => {
  it("has the sign and size of the value's own slope, for improvements that are likely, even and far away", () => {
    for (const z of [-40, -31, -29, -5, -1.01, -0.99, -0.1, 0, 0.1, 2, 10]) {
      const h = 1e-5 * Math.max(1, Math.abs(z));
      const found = (logImprovement(z + h) - logImprovement(z - h)) / (2 * h);
      expect(logImprovementSlope(z), `at ${z}`).toBeGreaterThan(0);
      expect(Math.abs(logImprovementSlope(z) / found - 1), `at ${z}`).toBeLessThan(1e-6);
    }
  });

  it.each([
    ["one set, easy to improve", [member(1, [0.6])]],
    ["one set, hard to improve", [member(1, [-1.5])]],
    ["two sets", [member(2, [0.1, -0.4])]],
    ["two members", [member(1, [0.2]), member(2, [-0.2, 0.4])]],
    ["up to a goal", [member(2, [0.2, 0.5], 0.1)]],
    ["up to a goal far away", [member(1, [-0.5], -1.5)]],
  ])("points where the score grows: %s", (_what, members) => {
    const acquisition = new LogExpectedImprovement(members, null);
    const signs = new Set<number>();
    fc.assert(
      fc.property(
        fc.double({ min: 0.02, max: 0.98, noNaN: true }),
        fc.double({ min: 0.02, max: 0.98, noNaN: true }),
        (a, b) => {
          const point = Float64Array.of(a, b);
          const { score, gradient } = acquisition.climb(point);
          expect(score).toBeCloseTo(acquisition.scores([point])[0]!, 9);
          for (const f of [0, 1]) {
            const wanted = slope(acquisition, point, f);
            signs.add(Math.sign(wanted));
            expect(Math.abs(gradient[f]! - wanted)).toBeLessThan(1e-4 * Math.max(1, Math.abs(wanted)));
          }
        },
      ),
    );
    expect(signs).toContain(1);
    expect(signs).toContain(-1);
  });

  it("adds that of the probability of a value at all", () => {
    const half = { scores: (points: readonly Float64Array[]) => Float64Array.from(points, (p) => 3 * p[0]!) };
    const feasibility = {
      ...half,
      climb: (p: Float64Array) => ({ score: 3 * p[0]!, gradient: Float64Array.of(3, 0) }),
    };
    const point = Float64Array.of(0.4, 0.7);
    const [plain, both] = [null, feasibility].map((f) =>
      new LogExpectedImprovement([member(1, [0.2])], f).climb(point),
    );
    expect(both!.score - plain!.score).toBeCloseTo(1.2, 12);
    expect(both!.gradient[0]! - plain!.gradient[0]!).toBeCloseTo(3, 12);
    expect(both!.gradient[1]).toBe(plain!.gradient[1]);
  });
});
