import { outlook } from "../analysis/outlook.ts";
import { compileLimits } from "../objective/index.ts";
import { calibrationFigure } from "./calibration.ts";
import { contourFigure } from "./contour.ts";
import { costFigure } from "./cost.ts";
import { curvesFigure } from "./curves.ts";
import { distributionFigure } from "./distribution.ts";
import type { FigureRequest, FigureSource } from "./figure.ts";
import { figureMetric } from "./figure-metric.ts";
import type { FigureName } from "./figure-names.ts";
import type { FigureDataByName } from "./figures.ts";
import { frontFigure } from "./front.ts";
import { historyFigure } from "./history.ts";
import { hypervolumeFigure } from "./hypervolume.ts";
import { importanceFigure } from "./importance.ts";
import { parallelFigure } from "./parallel.ts";
import { rankFigure } from "./rank.ts";
import { sliceFigure } from "./slice.ts";
import { timelineFigure } from "./timeline.ts";

/** What makes the data of each figure from a study. AttuneError `invalid-argument` for a request that does not fit it. */
export const FIGURE_DATA: {
  readonly [N in FigureName]: (study: FigureSource, request?: FigureRequest) => FigureDataByName[N];
} = {
  history: (study, request) => ({
    ...historyFigure(study.trials(), figureMetric(study, request), compileLimits(study.limits), request?.points),
    outlook: outlook(study.trials(), study.metrics, study.space, study.limits),
  }),
  slice: (study, request) => sliceFigure(study.trials(), figureMetric(study, request), study.space, request?.points),
  parallel: (study, request) =>
    parallelFigure(
      study.trials(),
      figureMetric(study, request),
      study.space,
      compileLimits(study.limits),
      request?.points,
      study.metrics,
    ),
  importance: (study, request) => importanceFigure(study.trials(), figureMetric(study, request), study.space),
  contour: (study, request) =>
    contourFigure(study.trials(), figureMetric(study, request), study.space, request?.parameters, request?.points),
  rank: (study, request) =>
    rankFigure(study.trials(), figureMetric(study, request), study.space, request?.parameters, request?.points),
  distribution: (study, request) => distributionFigure(study.trials(), figureMetric(study, request)),
  curves: (study, request) => curvesFigure(study.trials(), figureMetric(study, request)),
  timeline: (study, request) => timelineFigure(study.trials(), request?.now, request?.points),
  cost: (study, request) =>
    costFigure(study.trials(), figureMetric(study, request), compileLimits(study.limits), request?.points),
  calibration: (study, request) => calibrationFigure(study.trials(), figureMetric(study, request), study.space),
  front: (study, request) => frontFigure(study, request?.points),
  hypervolume: (study) => hypervolumeFigure(study.trials(), study.metrics, study.limits),
};
