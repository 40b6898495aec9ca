import { describe, expect, it } from "vitest";
import { DenseKernel } from "../../numeric/linalg/dense-kernel.ts";
import { keyedStreams } from "../../numeric/random/keyed-streams.ts";
import { choice, defineSpace, float } from "../../space/index.ts";
import { FeatureMap } from "./feature-map.ts";
import { fitHyperparameters, priorHyperparameters } from "./fit-hyperparameters.ts";
import { GaussianProcess } from "./gaussian-process.ts";
import { dimensionScaledPrior, type Hyperparameters, withFidelity } from "./hyperparameters.ts";
import { randomPoint } from "./point-moves.ts";
import { PointSpace } from "./point-space.ts";

const SPACE = new PointSpace(defineSpace({ a: float(0, 1), b: float(0, 1), c: choice(["x", "y"]) }));
const MAP = new FeatureMap(SPACE, 3);
const HYPER: Hyperparameters = {
  weights: Float64Array.of(1, 2, -1),
  scale: 0.2,
  noise: -4,
  fidelity: Float64Array.of(0.5, -1, -3),
};
const LEVELS = [0, 1.125, 2.5];
const stream = keyedStreams(5, "shorter").stream("points");
const POINTS = Array.from({ length: 13 }, () => randomPoint(SPACE, stream));
const VALUES = Float64Array.from(POINTS, () => stream.normal());
const levelOf = (i: number) => LEVELS[i % 3]!;

function process(points = POINTS, levels = points.map((_, i) => levelOf(i))) {
  const values = Float64Array.from(points, (_, i) => VALUES[i] ?? 0);
  return new GaussianProcess(new DenseKernel(), MAP, points, [values], HYPER, 2, null, [...levels, 0, 0]);
}

describe("a process with results of shorter runs", () => {
  it("says the same of one point as of many", () => {
    const gp = process();
    const places = [POINTS[3]!, Float64Array.of(0.3, 0.7, 1)];
    const { mean, variance } = gp.predict(places);
    for (const [i, place] of places.entries()) {
      const one = gp.predictPoint(place);
      expect([one.mean[0], one.variance]).toEqual([mean[i], variance[i]]);
    }
  });

  it("is as sure of a configuration as its longest run: a whole one leaves the noise, a short one much", () => {
    const at = (level: number) => {
      const gp = process([...POINTS, Float64Array.of(0.3, 0.7, 1)], [...POINTS.map((_, i) => levelOf(i)), level]);
      return gp.predictPoint(Float64Array.of(0.3, 0.7, 1)).variance;
    };
    const [none, whole, middle, short] = [
      process().predictPoint(Float64Array.of(0.3, 0.7, 1)).variance,
      at(0),
      at(1.125),
      at(2.5),
    ];
    expect(whole).toBeLessThan(Math.exp(HYPER.noise));
    expect(middle).toBeGreaterThan(5 * whole);
    expect(short).toBeGreaterThan(middle);
    expect(none).toBeGreaterThan(short);
  });

  it("knows the gradients of mean and variance", () => {
    const gp = process();
    gp.fantasize(
      [Float64Array.of(0.6, 0.6, 1), Float64Array.of(0.1, 0.2, 0)],
      [
        [0.5, -0.5],
        [0, 1],
      ],
    );
    const place = Float64Array.of(0.35, 0.62, 1);
    const sum = (point: Float64Array, weights: readonly number[], varianceWeight: number) => {
      const { mean, variance } = gp.predictPoint(point);
      return weights[0]! * mean[0]! + weights[1]! * mean[1]! + varianceWeight * variance;
    };
    for (const [weights, varianceWeight] of [
      [[1, 0], 0],
      [[0, 0], 1],
      [[0.3, -2], 0.7],
    ] as const) {
      const gradient = gp.predictPoint(place).gradient(weights, varianceWeight);
      for (const axis of [0, 1]) {
        const moved = (by: number) => sum(place.with(axis, place[axis]! + by), weights, varianceWeight);
        expect(gradient[axis]).toBeCloseTo((moved(1e-6) - moved(-1e-6)) / 2e-6, 6);
      }
    }
  });

  it("learns from the results whether shorter runs rank as whole ones do", () => {
    const points = Array.from({ length: 40 }, () => randomPoint(SPACE, stream));
    const whole = (point: Float64Array) => Math.sin(4 * point[0]!) + point[1]!;
    const other = (point: Float64Array) => Math.cos(5 * point[1]!) - point[0]!;
    const prior = withFidelity(dimensionScaledPrior(MAP.size, MAP.dimension));
    const lengthWhere = (short: (point: Float64Array) => number) => {
      const both = [...points, ...points.slice(0, 20)];
      const levels = both.map((_, i) => (i < 40 ? 2.25 : 0));
      const values = Float64Array.from(both, (point, i) => (i < 40 ? short(point) : whole(point)));
      const problem = { kernel: new DenseKernel(), map: MAP, points: both, values, prior, levels };
      return fitHyperparameters(problem, priorHyperparameters(prior, MAP.size), 60).hyper.fidelity![0]!;
    };
    expect(lengthWhere(whole)).toBeGreaterThan(Math.log(6));
    expect(lengthWhere(other)).toBeLessThan(Math.log(1.6));
  });
});
