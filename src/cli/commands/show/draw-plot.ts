import { AttuneError } from "../../../errors.ts";
import { compileLimits } from "../../../objective/index.ts";
import {
  type CurvesFigure,
  curvesFigure,
  type HistoryFigure,
  historyFigure,
  type ImportanceFigure,
  importanceFigure,
  type ParallelFigure,
  parallelFigure,
  type SliceFigure,
  sliceFigure,
  type TimelineFigure,
  timelineFigure,
} from "../../../plot/index.ts";
import { didYouMean, type Space } from "../../../space/index.ts";
import type { Metric } from "../../../trial/metric.ts";
import type { Trial } from "../../../trial/trial.ts";
import type { Glyphs, Paint } from "../../render/text.ts";
import { curvesPlot } from "./curves-plot.ts";
import { historyPlot, importancePlot, parallelPlot, slicePlot, timelinePlot } from "./plots.ts";

/** The figures of `show --plot`. */
export const PLOT_NAMES = ["history", "slice", "parallel", "importance", "timeline", "curves"] as const;

type PlotName = (typeof PLOT_NAMES)[number];

/** Any figure as data. */
type Figure = HistoryFigure | SliceFigure | ParallelFigure | ImportanceFigure | TimelineFigure | CurvesFigure;

/** The parts of a study that figures are made from. */
interface PlotSource {
  /** Canonical texts. */
  readonly limits: readonly string[];
  readonly metrics: readonly Metric[];
  readonly space: Space;
  trials(): readonly Trial[];
}

/** Reads names of figures, separated by commas. AttuneError `invalid-argument` for another. */
export function readPlotNames(text: string): readonly PlotName[] {
  return text.split(",").map((word) => {
    const name = PLOT_NAMES.find((known) => known === word.trim());
    if (name !== undefined) return name;
    const hint = didYouMean(word.trim(), PLOT_NAMES);
    throw new AttuneError(
      "invalid-argument",
      `--plot: there is no figure "${word}".${hint} There are ${PLOT_NAMES.join(", ")}.`,
    );
  });
}

/** A study's figures of a name as data: one for each objective, of the timeline one. */
export function figuresOf(name: PlotName, study: PlotSource): readonly Figure[] {
  const trials = study.trials();
  if (name === "timeline") return [timelineFigure(trials)];
  return study.metrics.map((metric) => figureOf(name, study, trials, metric));
}

function figureOf(
  name: Exclude<PlotName, "timeline">,
  { space, limits: texts }: PlotSource,
  trials: readonly Trial[],
  metric: Metric,
): Figure {
  const limits = compileLimits(texts);
  switch (name) {
    case "history":
      return historyFigure(trials, metric, limits);
    case "slice":
      return sliceFigure(trials, metric, space);
    case "parallel":
      return parallelFigure(trials, metric, space, limits);
    case "importance":
      return importanceFigure(trials, metric, space, limits);
    case "curves":
      return curvesFigure(trials, metric);
  }
}

/** A figure in lines of text. */
export function drawFigure(figure: Figure, style: PlotStyle): readonly string[] {
  switch (figure.type) {
    case "history":
      return historyPlot(figure, style);
    case "slice":
      return slicePlot(figure, style);
    case "parallel":
      return parallelPlot(figure, style);
    case "importance":
      return importancePlot(figure, style);
    case "timeline":
      return timelinePlot(figure, style);
    case "curves":
      return curvesPlot(figure, style);
  }
}

/** How figures are drawn as text. */
export interface PlotStyle {
  /** Columns, from 40 up. */
  readonly width: number;
  readonly glyphs: Glyphs;
  readonly paint: Paint;
  /** Milliseconds since 1970, for what still runs. */
  readonly now: number;
}
