export { type CalibrationFigure, calibrationFigure } from "./calibration.ts";
export { wrapText } from "./chart/wrap-text.ts";
export { type ContourFigure, contourFigure } from "./contour.ts";
export { type CostFigure, costFigure } from "./cost.ts";
export { type CurvesFigure, curvesFigure, type LearningCurve } from "./curves.ts";
export { type DistributionFigure, distributionFigure } from "./distribution.ts";
export type { ChartOption, Figure, FigureRequest, FigureSource } from "./figure.ts";
export type { FigureAxis } from "./figure-axis.ts";
export { FIGURE_DATA } from "./figure-data.ts";
export { FIGURE_NAMES, type FigureName } from "./figure-names.ts";
export { FIGURE_THEMES, type FigureTheme, type FigureThemeName } from "./figure-theme.ts";
export {
  FIGURES,
  type FigureData,
  type FigureDataByName,
  figureNamed,
  readFigureName,
} from "./figures.ts";
export { type FrontFigure, frontFigure } from "./front.ts";
export { type HistoryFigure, historyFigure } from "./history.ts";
export { type HypervolumeFigure, hypervolumeFigure } from "./hypervolume.ts";
export { type ImportanceFigure, importanceFigure } from "./importance.ts";
export { type MadeFigure, madeFigure, makeFigure } from "./make-figure.ts";
export { type ParallelFigure, parallelFigure } from "./parallel.ts";
export { type RankFigure, rankFigure } from "./rank.ts";
export { type ParameterSlice, type SliceFigure, sliceFigure } from "./slice.ts";
export { type TimelineBar, type TimelineFigure, timelineFigure } from "./timeline.ts";
