import { expect, it } from "vitest";
import { addedVolume } from "../../../numeric/hypervolume/contributions.ts";
import { DenseKernel } from "../../../numeric/linalg/dense-kernel.ts";
import { keyedStreams } from "../../../numeric/random/keyed-streams.ts";
import { normalCdf } from "../../../numeric/special/normal-cdf.ts";
import { defineSpace, float } from "../../../space/index.ts";
import { FeatureMap } from "../../../surrogate/gp/feature-map.ts";
import { GaussianProcess } from "../../../surrogate/gp/gaussian-process.ts";
import { PointSpace } from "../../../surrogate/gp/point-space.ts";
import type { TargetModel } from "./many-models.ts";
import { whyOfMany } from "./many-why.ts";
import type { TabledTrial } from "./trial-table.ts";

const MAP = new FeatureMap(new PointSpace(defineSpace({ a: float(0, 1), b: float(0, 1) })), 2);
const stream = keyedStreams(7, "why").stream("points");
const POINTS = Array.from({ length: 9 }, () => Float64Array.of(stream.float(), stream.float()));
const KERNEL = new DenseKernel();

/** A process over values that are bent by nothing. */
function model(lossOf: (point: Float64Array) => number): TargetModel {
  const raw = POINTS.map(lossOf);
  const values = Float64Array.from(raw);
  const hyper = { weights: Float64Array.of(3, 1), scale: 0.3, noise: 1e-4 };
  const process = new GaussianProcess(KERNEL, MAP, POINTS, [values], hyper, 0);
  return { process, set: { points: POINTS, raw, values, noiseFactors: new Float64Array(POINTS.length).fill(1) } };
}

const loss = ([a, b]: Float64Array): number => a! * a! + 0.3 * b!;
/** To be made small: less of what is to be made large. */
const gain = ([a, b]: Float64Array): number => (1 - a!) * (1 - a!) - 0.2 * b!;
const METRICS = [
  { name: "loss", direction: "minimize" },
  { name: "gain", direction: "maximize" },
] as const;
const feasible = POINTS.map((point, trial): TabledTrial => {
  const result = { trial, row: trial, kind: "complete", isAtRung: false, step: Number.NaN, excesses: [] } as const;
  return { point, result: { ...result, point: Float64Array.of(loss(point), gain(point)) } };
});
const AT = Float64Array.of(0.45, 0.02);

it("says in the results' units what is expected of each objective and added to the hypervolume", () => {
  const objectives = [model(loss), model(gain)];
  const parts = { metrics: METRICS, objectives, limits: undefined, comparisons: [], feasible };
  const why = whyOfMany(parts, AT);
  const expected = objectives.map(({ process }) => process.predict([AT]));
  const [first, second] = expected.map(({ mean, variance }) => ({
    mean: mean[0]!,
    deviation: Math.sqrt(variance[0]!),
  }));
  expect(why.predicted!.mean).toBeCloseTo(first!.mean, 9);
  expect(why.objectives!.loss).toEqual(why.predicted);
  expect(why.objectives!.gain!.mean).toBeCloseTo(-second!.mean, 9);
  expect(why.objectives!.gain!.low).toBeCloseTo(-second!.mean - second!.deviation, 9);
  expect(why.objectives!.gain!.high).toBeCloseTo(-second!.mean + second!.deviation, 9);
  const all = feasible.map(({ result }) => result.point);
  const [low, high] = [Math.min, Math.max].map((of) => [0, 1].map((d) => of(...all.map((point) => point[d]!))));
  const scale = (point: ArrayLike<number>) =>
    [0, 1].map((d) => (point[d]! - low![d]!) / (1.1 * (high![d]! - low![d]!)));
  let sum = 0;
  const draws = 20_000;
  for (let k = 0; k < draws; k++) {
    const drawn = [first!, second!].map(({ mean, deviation }) => mean + deviation * stream.normal());
    sum += addedVolume(scale(drawn), all.map(scale), [1, 1]);
  }
  expect(why.hypervolume! / (sum / draws)).toBeGreaterThan(0.93);
  expect(why.hypervolume! / (sum / draws)).toBeLessThan(1.07);
  expect(why.limits).toBe(undefined);
});

it("says how likely each limit is kept, and nothing of limits that no trial tells of", () => {
  const over = model((point) => loss(point) - 0.25);
  const comparisons = [[over], [null], [over, null]];
  const limits = ["loss <= 0.25", "mb <= 3", "loss <= 0.25 or mb <= 3"];
  const parts = { metrics: METRICS.slice(0, 1), objectives: [model(loss)], limits, comparisons, feasible: [] };
  const why = whyOfMany(parts, AT);
  const { mean, variance } = over.process.predict([AT]);
  expect(why.limits!.map(({ limit }) => limit)).toEqual([limits[0], limits[2]]);
  expect(why.limits![0]!.chance).toBeCloseTo(normalCdf(-mean[0]! / Math.sqrt(variance[0]!)), 9);
  expect(why.limits![1]!.chance).toBeCloseTo(1, 12);
  expect([why.hypervolume, why.objectives]).toEqual([undefined, undefined]);
});

it("says no hypervolume where results span none", () => {
  const parts = { metrics: METRICS, objectives: [model(loss), model(gain)], limits: undefined, comparisons: [] };
  expect(whyOfMany({ ...parts, feasible: feasible.slice(0, 1) }, AT).hypervolume).toBe(undefined);
});
