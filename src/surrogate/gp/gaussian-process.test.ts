import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { DenseKernel } from "../../numeric/linalg/dense-kernel.ts";
import { symmetricEigen } from "../../numeric/linalg/symmetric-eigen.testing.ts";
import { keyedStreams } from "../../numeric/random/keyed-streams.ts";
import { randomSpace } from "../../sampler/testing/random-space.testing.ts";
import { choice, defineSpace, float, oneOf, sampleUniform } from "../../space/index.ts";
import { FeatureMap } from "./feature-map.ts";
import { fitHyperparameters, startHyperparameters } from "./fit-hyperparameters.ts";
import { GaussianProcess } from "./gaussian-process.ts";
import { dimensionScaledPrior, type Hyperparameters } from "./hyperparameters.ts";
import { PointSpace } from "./point-space.ts";

interface Golden {
  readonly numeric: number[][];
  readonly nominal: number[];
  readonly n: number;
  readonly values: number[];
  readonly theta: number[];
  readonly mean: number[];
  readonly variance: number[];
  readonly looResidual: number[];
  readonly looVariance: number[];
  readonly score: number;
  /** The same with a noise of its own for each point. */
  readonly noiseFactors: number[];
  readonly unevenValues: number[];
  readonly unevenMean: number[];
  readonly unevenVariance: number[];
  readonly unevenLooResidual: number[];
  readonly unevenLooVariance: number[];
  readonly unevenScore: number;
  readonly unevenBest: number[];
  readonly unevenBestScore: number;
}

const golden: Golden = JSON.parse(readFileSync(new URL("golden/gaussian-process.json", import.meta.url), "utf8"));

const SPACE = defineSpace({ a: float(0, 1), b: float(0, 1), c: choice(["x", "y", "z"]) });
const MAP = new FeatureMap(new PointSpace(SPACE), 3);
const POINTS = golden.numeric.map((row, i) => Float64Array.from([...row, golden.nominal[i]!]));
const HYPER: Hyperparameters = {
  weights: Float64Array.from(golden.theta.slice(0, 3)),
  scale: golden.theta[3]!,
  noise: golden.theta[4]!,
};
const { n } = golden;

function process(sets: readonly Float64Array[] = [Float64Array.from(golden.values)], room = 0) {
  return new GaussianProcess(new DenseKernel(), MAP, POINTS.slice(0, n), sets, HYPER, room);
}

function expectClose(found: ArrayLike<number>, wanted: readonly number[], digits = 9): void {
  expect(found.length).toBe(wanted.length);
  for (const [i, v] of wanted.entries()) expect(found[i]).toBeCloseTo(v, digits);
}

describe("GaussianProcess", () => {
  it("predicts what NumPy does, one set of values or several", () => {
    const { mean, variance } = process().predict(POINTS.slice(n));
    expectClose(mean, golden.mean);
    expectClose(variance, golden.variance);
    const values = Float64Array.from(golden.values);
    const double = process([values, values.map((v) => 2 * v)]).predict(POINTS.slice(n));
    expectClose(
      double.mean,
      golden.mean.flatMap((v) => [v, 2 * v]),
    );
  });

  it("knows its leave-one-out residuals", () => {
    const { residual, variance } = process().leaveOneOut();
    expectClose(residual, golden.looResidual);
    expectClose(variance, golden.looVariance);
  });

  it("predicts what NumPy does where each point has a noise of its own", () => {
    const values = [Float64Array.from(golden.unevenValues)];
    const observed = POINTS.slice(0, n);
    const uneven = new GaussianProcess(new DenseKernel(), MAP, observed, values, HYPER, 0, golden.noiseFactors);
    const { mean, variance } = uneven.predict(POINTS.slice(n));
    expectClose(mean, golden.unevenMean);
    expectClose(variance, golden.unevenVariance);
    const { residual, variance: looVariance } = uneven.leaveOneOut();
    expectClose(residual, golden.unevenLooResidual);
    expectClose(looVariance, golden.unevenLooVariance);
  });

  it("gives gradients that agree with differences", () => {
    const gp = process();
    const point = POINTS[n]!.slice();
    const value = (p: Float64Array) => {
      const { mean, variance } = gp.predictPoint(p);
      return 0.7 * mean[0]! - 1.3 * variance;
    };
    const gradient = gp.predictPoint(point).gradient([0.7], -1.3);
    for (const axis of [0, 1]) {
      const [up, down] = [point.slice(), point.slice()];
      up[axis] = up[axis]! + 1e-5;
      down[axis] = down[axis]! - 1e-5;
      expect(gradient[axis]).toBeCloseTo((value(up) - value(down)) / 2e-5, 5);
    }
  });

  it("fantasizes from the joint posterior: zero draws change no mean and shrink the variance", () => {
    const gp = process(undefined, 2);
    const [p, q, r] = [POINTS[n]!, POINTS[n + 1]!, POINTS[n + 2]!];
    const before = gp.predict([p, r]);
    gp.fantasize(
      [p, q],
      [
        [0, 0],
        [1.5, 0],
      ],
    );
    const after = gp.predict([p, r]);
    expect(gp.sets).toBe(2);
    expectClose([after.mean[0]!, after.mean[2]!], [...before.mean]);
    expect(after.variance[0]).toBeLessThan(before.variance[0]!);
    const deviation = Math.sqrt(before.variance[0]! + Math.exp(HYPER.noise));
    const shift = (1.5 * before.variance[0]!) / deviation;
    expect(after.mean[1]! - before.mean[0]!).toBeCloseTo(shift, 8);
  });

  it("gives pending points the noise that is told for them", () => {
    const known = process(undefined, 1);
    known.fantasize([POINTS[n]!], [[0]]);
    const even = new Float64Array(n).fill(1);
    const remaining = (factor: number) => {
      const room = [...even, factor];
      const gp = new GaussianProcess(new DenseKernel(), MAP, POINTS.slice(0, n), [even], HYPER, 1, room);
      gp.fantasize([POINTS[n]!], [[0]]);
      return gp.predict([POINTS[n]!]).variance[0]!;
    };
    expect(remaining(1)).toBe(known.predict([POINTS[n]!]).variance[0]);
    expect(remaining(50)).toBeGreaterThan(10 * remaining(1));
  });

  it("gives back the memory that a question took, and all of it to who marked it before", () => {
    const kernel = new DenseKernel();
    const begun = kernel.mark();
    const problem = {
      ...{ kernel, map: MAP, points: POINTS.slice(0, n), values: golden.values },
      prior: dimensionScaledPrior(MAP.size, 3),
    };
    fitHyperparameters(problem, HYPER, 5);
    expect(kernel.mark()).toBe(begun);
    const gp = new GaussianProcess(kernel, MAP, POINTS.slice(0, n), [Float64Array.from(golden.values)], HYPER, 2);
    const made = kernel.mark();
    gp.predict(POINTS.slice(n));
    const { gradient } = gp.predictPoint(POINTS[n]!);
    gradient([1], 1);
    gp.leaveOneOut();
    expect(kernel.mark()).toBe(made);
    // Only the dual weights of the new sets of values stay.
    const sets = 3;
    gp.fantasize(
      [POINTS[n]!],
      Array.from({ length: sets }, () => [0]),
    );
    expect(kernel.mark() - made).toBe(8 * sets * DenseKernel.stride(n + 2));
  });

  it("stands all points in one place", () => {
    const same = Array.from({ length: 30 }, () => POINTS[0]!);
    const quiet = { ...HYPER, noise: Math.log(1e-20) };
    const gp = new GaussianProcess(new DenseKernel(), MAP, same, [new Float64Array(30)], quiet);
    expect(gp.predict([POINTS[0]!]).variance[0]).toBeLessThan(1e-3);
  });
});

describe("fitHyperparameters", () => {
  it("scores as SciPy does and climbs from there", () => {
    const problem = {
      kernel: new DenseKernel(),
      map: MAP,
      points: POINTS.slice(0, n),
      values: golden.values,
      prior: dimensionScaledPrior(MAP.size, 3),
    };
    expect(fitHyperparameters(problem, HYPER, 1).score).toBeCloseTo(golden.score, 8);
    const few = fitHyperparameters(problem, HYPER, 4);
    const many = fitHyperparameters(problem, HYPER, 80);
    expect(few.score).toBeGreaterThan(golden.score);
    expect(many.score).toBeGreaterThanOrEqual(few.score);
  });

  it("scores as SciPy does and finds what it finds where each point has a noise of its own", () => {
    const problem = {
      kernel: new DenseKernel(),
      map: MAP,
      points: POINTS.slice(0, n),
      values: golden.unevenValues,
      prior: dimensionScaledPrior(MAP.size, 3),
      noiseFactors: golden.noiseFactors,
    };
    expect(fitHyperparameters(problem, HYPER, 1).score).toBeCloseTo(golden.unevenScore, 8);
    const noisier = { ...HYPER, noise: HYPER.noise + 2 };
    for (const start of [HYPER, noisier]) {
      const { hyper, score } = fitHyperparameters(problem, start, 200);
      expect(score).toBeCloseTo(golden.unevenBestScore, 2);
      expect(hyper.noise).toBeCloseTo(golden.unevenBest[4]!, 0);
    }
  });

  it("finds out that one of twenty parameters matters", () => {
    const space = defineSpace(Object.fromEntries(Array.from({ length: 20 }, (_, i) => [`p${i}`, float(0, 1)])));
    const map = new FeatureMap(new PointSpace(space), 20);
    const stream = keyedStreams(1).stream("points");
    const points = Array.from({ length: 40 }, () => Float64Array.from({ length: 20 }, () => stream.float()));
    const raw = points.map((p) => Math.sin(6 * p[7]!));
    const prior = dimensionScaledPrior(map.size, 20);
    const problem = { kernel: new DenseKernel(), map, points, values: raw, prior };
    const { weights } = fitHyperparameters(problem, startHyperparameters(map, 2), 100).hyper;
    const others = [...weights].filter((_, i) => i !== 7);
    expect(weights[7]! - Math.max(...others)).toBeGreaterThan(3);
  });
});

describe("the kernel over conditional spaces", () => {
  it("is positive semidefinite on 60 random spaces with any length-scales", () => {
    for (let seed = 0; seed < 60; seed++) {
      const streams = keyedStreams(seed, "psd");
      const space = randomSpace(streams.stream("space"), 14);
      const points = new PointSpace(space);
      const map = new FeatureMap(points, 4);
      const sample = Array.from({ length: 25 }, (_, k) =>
        points.fromParams(sampleUniform(space, keyedStreams(seed, k))),
      );
      const stream = streams.stream("weights");
      const weights = Float64Array.from({ length: map.size }, () => 3 * stream.normal());
      // With unit values at i alone, the posterior's dual weights are a column of the inverse; the kernel itself is read off a
      // process over one point.
      const column = (at: Float64Array) =>
        new GaussianProcess(new DenseKernel(), map, [at], [Float64Array.of(1)], {
          weights,
          scale: 0,
          noise: -60,
        }).predict(sample).mean;
      const matrix = sample.flatMap((at) => [...column(at)]);
      const { values } = symmetricEigen(matrix, sample.length);
      expect(values[0], `seed ${seed}`).toBeGreaterThan(-1e-10);
      for (const [i] of sample.entries()) expect(matrix[i * sample.length + i]).toBeCloseTo(1, 9);
    }
  });

  it("tells branches apart, and what is inactive on both sides is no difference", () => {
    const space = defineSpace({ m: oneOf({ a: { x: float(0, 1) }, b: { y: float(0, 1) } }) });
    const points = new PointSpace(space);
    const map = new FeatureMap(points, 2);
    const hyper = { weights: new Float64Array(map.size), scale: 0, noise: -60 };
    const at = (params: Record<string, string | number>) => points.fromParams(params);
    const gp = new GaussianProcess(new DenseKernel(), map, [at({ m: "a", x: 0.2 })], [Float64Array.of(1)], hyper);
    const near = gp.predict([
      at({ m: "a", x: 0.2 }),
      at({ m: "a", x: 0.6 }),
      at({ m: "b", y: 0.2 }),
      at({ m: "b", y: 0.9 }),
    ]).mean;
    expect(near[0]).toBeCloseTo(1, 9);
    expect(near[1]).toBeLessThan(near[0]!);
    expect(near[2]).toBeLessThan(near[1]!);
  });
});
