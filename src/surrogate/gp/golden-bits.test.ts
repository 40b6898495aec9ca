import { createHash } from "node:crypto";
import { expect, it } from "vitest";
import { DenseKernel } from "../../numeric/linalg/dense-kernel.ts";
import { keyedStreams } from "../../numeric/random/keyed-streams.ts";
import { boolean, choice, defineSpace, float, int, oneOf, ordinal, sampleUniform } from "../../space/index.ts";
import { FeatureMap } from "./feature-map.ts";
import { fitHyperparameters, priorHyperparameters, startHyperparameters } from "./fit-hyperparameters.ts";
import { GaussianProcess } from "./gaussian-process.ts";
import { dimensionScaledPrior, drawnPrior } from "./hyperparameters.ts";
import { noiseFactors } from "./noise-factors.ts";
import { type OutputWarp, warpOutputs } from "./output-warp.ts";
import { PointSpace } from "./point-space.ts";
import { repeatGroups } from "./repeat-groups.ts";
import { unwarp } from "./unwarp.ts";
import { warpEvidence } from "./warp-evidence.ts";

const SPACE = defineSpace({
  x: float(0, 1),
  rate: float(1e-4, 1, { log: true, orZero: true }),
  n: int(1, 9),
  size: ordinal(["s", "m", "l"]),
  warm: boolean(),
  kind: oneOf({
    tree: { depth: int(1, 5000) },
    net: { width: float(0, 1, { step: 0.25 }), act: choice(["a", "b", "c"]) },
  }),
});
const POINTS = new PointSpace(SPACE);
const MAP = new FeatureMap(
  POINTS,
  5,
  POINTS.axes.map((_, axis) => (["none", "low", "high"] as const)[axis % 3]!),
);
const WARPS: readonly OutputWarp[] = ["half-rank", "yeo-johnson", "identity"];
const [COUNT, PLACES] = [40, 13];

/** Forty points in thirteen places, with a noise that is ten times as large in one half. */
const observed = Array.from({ length: COUNT }, (_, i) =>
  POINTS.fromParams(sampleUniform(SPACE, keyedStreams(3, i % PLACES))),
);
const normal = keyedStreams(3, "golden").stream("noise");
const raw = observed.map(([x, rate], i) => 3 * x! - 2 * rate! + (i % 4) / 8 + (x! > 0.5 ? 1 : 0.1) * normal.normal());
const query = Array.from({ length: 9 }, (_, i) => POINTS.fromParams(sampleUniform(SPACE, keyedStreams(4, i))));
const repeats = { points: observed, values: raw, groups: repeatGroups(POINTS, observed, () => true) };
const factors = noiseFactors(POINTS, repeats, observed, query);

/** A noise that grows along a line, steeply or gently, and places between those that were measured. */
function alongALine(deviation: (x: number) => number, places: number, times: number): Float64Array {
  const line = new PointSpace(defineSpace({ x: float(0, 1) }));
  const stream = keyedStreams(9, "golden").stream("noise");
  const points = Array.from({ length: places * times }, (_, i) => Float64Array.of((i % places) / places));
  const values = points.map(([x]) => deviation(x!) * stream.normal());
  const groups = repeatGroups(line, points, () => true);
  const further = [Float64Array.of(0.503), Float64Array.of(1)];
  return noiseFactors(line, { points, values, groups }, points.slice(0, places), further);
}

function fitted(values: Float64Array) {
  const kernel = new DenseKernel();
  const prior = dimensionScaledPrior(MAP.size, MAP.dimension);
  const problem = { kernel, map: MAP, points: observed, values, prior, noiseFactors: factors.subarray(0, COUNT) };
  const { hyper, score } = fitHyperparameters(problem, startHyperparameters(MAP, 0.7), 25);
  return { kernel, hyper, score, process: new GaussianProcess(kernel, MAP, observed, [values], hyper, 2, factors) };
}

function fantasized(): readonly unknown[] {
  const { process } = fitted(warpOutputs(raw, "half-rank"));
  const before = process.predict(query);
  const alone = process.leaveOneOut();
  const draws = [0, 1, -0.5].map((draw) => [draw, 0.25]);
  process.fantasize(query.slice(0, 2), draws);
  const at = process.predictPoint(query[3]!);
  return [before, alone, process.predict(query), at.mean, at.variance, at.gradient([0.2, 0.3, 0.5], -0.7)];
}

/** What lies so close together that rounding needs jitter. */
function crowded(): readonly unknown[] {
  const hyper = { ...startHyperparameters(MAP, 30), noise: -60 };
  const near = Array.from({ length: 30 }, (_, i) => observed[0]!.with(0, 0.5 + i * 1e-9));
  const process = new GaussianProcess(new DenseKernel(), MAP, near, [Float64Array.from(near, (_, i) => i / 30)], hyper);
  return [process.predict(query)];
}

function priors(): readonly unknown[] {
  const prior = dimensionScaledPrior(MAP.size, 7);
  const drawn = drawnPrior(prior, keyedStreams(8).stream("prior"));
  return [prior, drawn, priorHyperparameters(prior), startHyperparameters(MAP, 0.3)];
}

function settled(): readonly unknown[] {
  const stream = keyedStreams(6).stream("places");
  return query.map((point) => {
    const moved = point.map((place) => (Number.isNaN(place) ? place : Math.round(10 * place * stream.float()) / 10));
    POINTS.settle(moved, (axis) => POINTS.uniform(axis, stream.float()));
    return [moved, POINTS.toParams(moved), POINTS.key(moved), POINTS.isFeasible(moved)];
  });
}

/** SHA-256 (12 digits): suggestions are made of these numbers and stored studies replayed, so a change needs a new ENGINE. */
it.each<[string, () => unknown, string]>([
  ["points that were moved and made whole", settled, "e1cb0895266c"],
  ["factors of noise along a line", () => alongALine((x) => 0.05 + x * x, 120, 4), "f3b2933266a3"],
  ["factors of noise that grows gently", () => alongALine((x) => 0.5 + x, 120, 2), "09f9e840dea0"],
  ["factors of noise in few places", () => alongALine((x) => 0.2 + x, 30, 3), "8e5f26dfa01f"],
  ["factors of uneven noise", () => factors, "3d553593e922"],
  [
    "bent values",
    () => WARPS.map((warp) => [warpOutputs(raw, warp), warpOutputs(raw.slice(0, 11), warp)]),
    "d9373bf452e0",
  ],
  [
    "values taken back",
    () => [-3, -0.4, 0, 0.1, 2].map((value) => unwarp(value, warpOutputs(raw, "half-rank"), raw)),
    "ac70e59de7e2",
  ],
  ["priors and where a search begins", priors, "d43947156be8"],
  [
    "hyperparameters that fit",
    () => {
      const { hyper, score } = fitted(warpOutputs(raw, "yeo-johnson"));
      return [hyper, score];
    },
    "4218eeed3cce",
  ],
  ["predictions, gradients and fantasies", fantasized, "f2385e5fe039"],
  ["predictions where jitter is needed", crowded, "5bf579437ee8"],
  [
    "what speaks for a warp",
    () =>
      [raw, raw.map((value) => Math.round(2 * value))].flatMap((values) =>
        WARPS.map((warp) => {
          const warped = warpOutputs(values, warp);
          return warpEvidence(fitted(warped).process, warped, values);
        }),
      ),
    "a7ded593aa81",
  ],
])("%s have the same bits everywhere", (_name, compute, digest) => {
  const text = JSON.stringify(compute(), (_key, value) =>
    value instanceof Float64Array ? [...value].map((x) => (Number.isNaN(x) ? "NaN" : x)) : value,
  );
  expect(createHash("sha256").update(text).digest("hex").slice(0, 12)).toBe(digest);
});
