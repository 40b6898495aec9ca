export { type CurvesFigure, curvesFigure, type LearningCurve } from "./curves.ts";
export type { FigureAxis } from "./figure-axis.ts";
export { type HistoryFigure, historyFigure } from "./history.ts";
export { type ImportanceFigure, importanceFigure } from "./importance.ts";
export { type ParallelFigure, parallelFigure } from "./parallel.ts";
export { type ParameterSlice, type SliceFigure, sliceFigure } from "./slice.ts";
export { type TimelineBar, type TimelineFigure, timelineFigure } from "./timeline.ts";
