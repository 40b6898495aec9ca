import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { DenseKernel } from "../../numeric/linalg/dense-kernel.ts";
import { keyedStreams } from "../../numeric/random/keyed-streams.ts";
import { choice, defineSpace, float, type Space } from "../../space/index.ts";
import { FeatureMap } from "./feature-map.ts";
import { fitHyperparameters, startHyperparameters } from "./fit-hyperparameters.ts";
import { GaussianProcess } from "./gaussian-process.ts";
import { dimensionScaledPrior } from "./hyperparameters.ts";
import { noiseFactors, type Repeats } from "./noise-factors.ts";
import { warpOutputs } from "./output-warp.ts";
import { PointSpace } from "./point-space.ts";
import { repeatGroups } from "./repeat-groups.ts";

const LINE = new PointSpace(defineSpace({ x: float(0, 1) }));
const MIXED = new PointSpace(defineSpace({ x: float(0, 1), y: float(0, 1), c: choice(["a", "b"]) }));

function repeatsOf(space: PointSpace, points: readonly Float64Array[], values: readonly number[]): Repeats {
  return { points, values, groups: repeatGroups(space, points, () => true) };
}

/** So many configurations, each so many times, with a noise that depends on the place. */
function noisy(space: Space, seed: number, places: number, times: number, deviation: (point: Float64Array) => number) {
  const points = new PointSpace(space);
  const stream = keyedStreams(seed, "noisy").stream("places");
  const drawn = Array.from({ length: places }, () =>
    Float64Array.from({ length: points.size }, (_, axis) => points.uniform(axis, stream.float())),
  );
  const all = drawn.flatMap((point) => Array.from({ length: times }, () => point));
  return repeatsOf(
    points,
    all,
    all.map((point) => deviation(point) * stream.normal()),
  );
}

const MEASURED = fc
  .array(
    fc.tuple(
      fc.constantFrom(...Array.from({ length: 12 }, (_, k) => k)),
      fc.double({ min: -3, max: 3, noNaN: true }),
      fc.constantFrom(0, 1e-3, 1),
    ),
    { minLength: 2, maxLength: 60 },
  )
  .map((rows) => {
    const points = rows.map(([k]) => Float64Array.of(k / 12, ((k * 5) % 12) / 12, k % 2));
    return { points, values: rows.map(([k, v, size]) => k + (k < 6 ? 1e-3 : 1) * size * v) };
  });

describe("noiseFactors", () => {
  it("are positive, with a geometric mean of one where the model stands", () => {
    fc.assert(
      fc.property(MEASURED, ({ points, values }) => {
        const factors = noiseFactors(MIXED, repeatsOf(MIXED, points, values), points, [Float64Array.of(0.9, 0.1, 1)]);
        expect(factors).toHaveLength(points.length + 1);
        expect(factors.every((factor) => factor > 0 && Number.isFinite(factor))).toBe(true);
        const logs = factors.slice(0, points.length).reduce((sum, factor) => sum + Math.log(factor), 0);
        expect(logs / points.length).toBeCloseTo(0, 9);
      }),
    );
  });

  it("do not depend on the order of the trials", () => {
    fc.assert(
      fc.property(MEASURED, fc.nat(1000), ({ points, values }, seed) => {
        const stream = keyedStreams(seed).stream("order");
        const rank = points.map(() => stream.float());
        const order = [...points.keys()].sort((a, b) => rank[a]! - rank[b]!);
        const factors = noiseFactors(MIXED, repeatsOf(MIXED, points, values), points);
        const shuffled = repeatsOf(
          MIXED,
          order.map((i) => points[i]!),
          order.map((i) => values[i]!),
        );
        for (const [i, factor] of noiseFactors(MIXED, shuffled, points).entries())
          expect(factor / factors[i]!).toBeCloseTo(1, 9);
      }),
    );
  });

  it("are all one without repeats, with few of them, and where repeats agree", () => {
    fc.assert(
      fc.property(MEASURED, ({ points, values }) => {
        const alone = repeatsOf(MIXED, points, values);
        const few = { ...alone, groups: alone.groups.slice(0, 3) };
        const equal = { ...alone, values: points.map(([x]) => Math.sin(x!)) };
        for (const repeats of [{ ...alone, groups: [] }, few, equal])
          expect(noiseFactors(MIXED, repeats, points).every((factor) => factor === 1)).toBe(true);
      }),
    );
  });

  /** Places measured so many times each, the first half near each other and quiet, the others far away and noisy. */
  function halves(...times: readonly number[]): Float64Array {
    const isQuiet = (k: number): boolean => 2 * k < times.length;
    const points = times.flatMap((count, k) =>
      Array.from({ length: count }, () => Float64Array.of((isQuiet(k) ? 0.1 : 0.9) + k / 100)),
    );
    const values = times.flatMap((count, k) => Array.from({ length: count }, (_, i) => (isQuiet(k) ? 1e-3 : 1) * i));
    return noiseFactors(LINE, repeatsOf(LINE, points, values), points);
  }

  it("begin with four places and six degrees of freedom", () => {
    const areEven = (...times: readonly number[]): boolean => halves(...times).every((factor) => factor === 1);
    expect([areEven(9, 9, 9), areEven(5, 5, 5, 5)]).toEqual([true, false]);
    expect([areEven(2, 2, 2, 2, 2), areEven(2, 2, 2, 2, 2, 2)]).toEqual([true, false]);
    const factors = halves(5, 5, 5, 5);
    expect(factors[0]!).toBeLessThan(0.3 * factors[19]!);
    expect(factors[0]! * factors[19]!).toBeCloseTo(1, 6);
  });

  it("are all one where repeats agree, though their mean is off by rounding in half of the places", () => {
    const points = Array.from({ length: 60 }, (_, i) => Float64Array.of((i % 20) / 20));
    const repeats = repeatsOf(
      LINE,
      points,
      points.map(([x]) => (x! < 0.5 ? 0.5 : 0.1)),
    );
    expect([0.1, 0.1, 0.1].reduce((sum, v) => sum + v, 0) / 3).not.toBe(0.1);
    expect(noiseFactors(LINE, repeats, points).every((factor) => factor === 1)).toBe(true);
  });

  it("are rarely others than one where the noise is even", () => {
    const spread = (seed: number, places: number, times: number) => {
      const { points, ...repeats } = noisy(MIXED.space, seed, places, times, () => 1);
      return noiseFactors(MIXED, { points, ...repeats }, points).some((factor) => factor !== 1);
    };
    const seeds = Array.from({ length: 100 }, (_, seed) => seed);
    // At most 3 of 100 expected: more than 8 once in a hundred.
    for (const [places, times] of [
      [6, 3],
      [10, 2],
      [20, 4],
    ] as const) {
      expect(seeds.filter((seed) => spread(seed, places, times)).length).toBeLessThanOrEqual(8);
    }
  });

  it("find out which half of one parameter is noisy, or which choice is", () => {
    const found = (noisyAt: (point: Float64Array) => boolean) =>
      Array.from({ length: 20 }, (_, seed) => {
        const repeats = noisy(MIXED.space, seed, 20, 3, (point) => (noisyAt(point) ? 1 : 0.1));
        const factors = noiseFactors(MIXED, repeats, repeats.points);
        const mean = (noisyOnes: boolean) => {
          const logs = [...factors].map(Math.log).filter((_, i) => noisyAt(repeats.points[i]!) === noisyOnes);
          return logs.reduce((sum, v) => sum + v, 0) / logs.length;
        };
        return mean(true) - mean(false) > Math.log(4);
      }).filter(Boolean).length;
    expect(found(([x]) => x! > 0.5)).toBeGreaterThanOrEqual(18);
    expect(found(([, , c]) => c === 1)).toBeGreaterThanOrEqual(18);
  });

  it("make a model of a function that is ten times as noisy in one half truer and surer in the other", () => {
    const map = new FeatureMap(LINE, 1);
    const truth = (x: number) => Math.sin(5 * x);
    const inQuietHalf = Array.from({ length: 25 }, (_, k) => Float64Array.of(0.02 * k));
    let [truer, surer] = [0, 0];
    for (let seed = 0; seed < 20; seed++) {
      const stream = keyedStreams(seed, "halves").stream("noise");
      const points = Array.from({ length: 48 }, (_, i) => Float64Array.of(((i % 16) + 0.5) / 16));
      const raw = points.map(([x]) => truth(x!) + (x! > 0.5 ? 1 : 0.1) * stream.normal());
      const values = warpOutputs(raw, "identity");
      const model = (factors: Float64Array) => {
        const kernel = new DenseKernel();
        const prior = dimensionScaledPrior(map.size, 1);
        const problem = { kernel, map, points, values, prior, noiseFactors: factors };
        const { hyper } = fitHyperparameters(problem, startHyperparameters(map, 0.5), 60);
        const process = new GaussianProcess(kernel, map, points, [values], hyper, 0, factors);
        const { mean, variance } = process.predict(inQuietHalf);
        return {
          error: meanSquare([...mean].map((v, i) => v - standardised(truth(inQuietHalf[i]![0]!), raw))),
          variance,
        };
      };
      const even = model(new Float64Array(48).fill(1));
      const local = model(noiseFactors(LINE, repeatsOf(LINE, points, [...values]), points));
      if (local.error < even.error) truer += 1;
      if (total(local.variance) < 0.5 * total(even.variance)) surer += 1;
    }
    expect(truer).toBeGreaterThanOrEqual(15);
    expect(surer).toBeGreaterThanOrEqual(17);
  });
});

function total(numbers: Iterable<number>): number {
  return [...numbers].reduce((sum, v) => sum + v, 0);
}

function meanSquare(numbers: readonly number[]): number {
  return total(numbers.map((v) => v * v)) / numbers.length;
}

function standardised(value: number, all: readonly number[]): number {
  const mean = total(all) / all.length;
  return (value - mean) / Math.sqrt(meanSquare(all.map((v) => v - mean)));
}
