import { describe, expect, it } from "vitest";
import { DenseKernel } from "../../numeric/linalg/dense-kernel.ts";
import { keyedStreams } from "../../numeric/random/keyed-streams.ts";
import { exp } from "../../numeric/special/exp.ts";
import { defineSpace, float } from "../../space/index.ts";
import { FeatureMap } from "./feature-map.ts";
import { fitHyperparameters, startHyperparameters } from "./fit-hyperparameters.ts";
import { GaussianProcess } from "./gaussian-process.ts";
import { dimensionScaledPrior } from "./hyperparameters.ts";
import { type OutputWarp, warpOutputs } from "./output-warp.ts";
import { PointSpace } from "./point-space.ts";
import { warpEvidence } from "./warp-evidence.ts";

const MAP = new FeatureMap(new PointSpace(defineSpace({ x: float(0, 1) })), 1);

function evidence(warp: OutputWarp, points: readonly Float64Array[], raw: readonly number[]): number {
  const kernel = new DenseKernel();
  const values = warpOutputs(raw, warp);
  const problem = { kernel, map: MAP, points, values, prior: dimensionScaledPrior(MAP.size, 1) };
  const { hyper } = fitHyperparameters(problem, startHyperparameters(MAP, 0.5), 60);
  return warpEvidence(new GaussianProcess(kernel, MAP, points, [values], hyper), values, raw);
}

describe("warpEvidence", () => {
  const stream = keyedStreams(4).stream("points");
  const points = Array.from({ length: 30 }, () => Float64Array.of(stream.float()));

  it("finds out that a smooth function needs no bending", () => {
    const raw = points.map(([x]) => Math.sin(4 * x!));
    expect(evidence("identity", points, raw)).toBeGreaterThan(evidence("half-rank", points, raw));
  });

  it("finds out that values over many powers of ten do", () => {
    const raw = points.map(([x]) => exp(25 * x! + Math.sin(9 * x!)));
    expect(evidence("yeo-johnson", points, raw)).toBeGreaterThan(evidence("identity", points, raw));
  });

  // Bent by what leaves all others equal, these are foretold very well: a constant that tells nothing.
  it.each([1e13, 1e30])("is not taken in by an outlier of %d, beside which all others look the same", (outlier) => {
    const last = points.reduce((a, [x], i) => (x! > points[a]![0]! ? i : a), 0);
    const wavy = points.map(([x], i) => (i === 11 ? outlier : Math.sin(40 * x!)));
    const smoothAndOutlierAtTheEnd = points.map(([x], i) => (i === last ? outlier : Math.sin(4 * x!)));
    for (const raw of [wavy, smoothAndOutlierAtTheEnd]) {
      expect(evidence("half-rank", points, raw)).toBeGreaterThan(evidence("identity", points, raw) + 5);
      expect(evidence("half-rank", points, raw)).toBeGreaterThan(evidence("yeo-johnson", points, raw) + 5);
    }
  });

  it("does not depend on the unit of the values", () => {
    const raw = points.map(([x]) => Math.sin(4 * x!));
    const far = raw.map((v) => 1e6 * v - 3e6);
    expect(evidence("half-rank", points, far)).toBeCloseTo(evidence("half-rank", points, raw), 4);
  });

  it("has no preference where values do not differ, and an answer where some are equal", () => {
    expect(
      evidence(
        "identity",
        points,
        points.map(() => 3),
      ),
    ).toBe(0);
    expect(
      evidence(
        "half-rank",
        points,
        points.map((_, i) => i % 4),
      ),
    ).not.toBeNaN();
  });
});
