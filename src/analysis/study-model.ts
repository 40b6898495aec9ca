import { DenseKernel } from "../numeric/linalg/dense-kernel.ts";
import { FeatureMap } from "../surrogate/gp/feature-map.ts";
import { fitHyperparameters, startHyperparameters } from "../surrogate/gp/fit-hyperparameters.ts";
import { GaussianProcess } from "../surrogate/gp/gaussian-process.ts";
import { dimensionScaledPrior } from "../surrogate/gp/hyperparameters.ts";
import type { PointSpace } from "../surrogate/gp/point-space.ts";

const EVALUATIONS = 40;
const LENGTH = 0.5;

/** A Gaussian process on results that are to be made small, its hyperparameters fitted to them; with room for so many points more. */
export function studyModel(
  space: PointSpace,
  points: readonly Float64Array[],
  values: Float64Array,
  room = 0,
): GaussianProcess {
  const active = points.reduce((sum, point) => sum + point.filter((at) => !Number.isNaN(at)).length, 0);
  const map = new FeatureMap(space, Math.max(1, active / points.length));
  const kernel = new DenseKernel();
  const prior = dimensionScaledPrior(map.size, map.dimension);
  const { hyper } = fitHyperparameters(
    { kernel, map, points, values, prior },
    startHyperparameters(map, LENGTH),
    EVALUATIONS,
  );
  return new GaussianProcess(kernel, map, points, [values], hyper, room);
}
