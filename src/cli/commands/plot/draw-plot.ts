import {
  FIGURES,
  type FigureDataByName,
  type FigureName,
  type FigureRequest,
  type FigureSource,
  type MadeFigure,
  makeFigure,
  readFigureName,
} from "../../../plot/index.ts";
import type { Glyphs, Paint } from "../../render/text.ts";
import { curvesPlot } from "./curves-plot.ts";
import { historyPlot, importancePlot, parallelPlot, slicePlot, timelinePlot } from "./plots.ts";

/** How figures are drawn as text. */
export interface PlotStyle {
  /** Columns, from 40 up. */
  readonly width: number;
  readonly glyphs: Glyphs;
  readonly paint: Paint;
  /** Milliseconds since 1970, for what still runs. */
  readonly now: number;
}

type TextPlots = { readonly [N in FigureName]?: (data: FigureDataByName[N], style: PlotStyle) => readonly string[] };

/** The figures that text can show. Of the others there is the sentence alone. */
const TEXT_PLOTS: TextPlots = {
  history: historyPlot,
  slice: slicePlot,
  parallel: parallelPlot,
  importance: importancePlot,
  timeline: timelinePlot,
  curves: curvesPlot,
};

/** Their names. */
export const TEXT_FIGURES = Object.keys(TEXT_PLOTS) as readonly FigureName[];

/** Reads names of figures, separated by commas. AttuneError `invalid-argument` for another. */
export function readPlotNames(text: string): readonly FigureName[] {
  return text.split(",").map((word) => readFigureName(word, "--plot"));
}

/** A study's figures of a name: one for each objective, of those about the study one. */
export function figuresOf(name: FigureName, study: FigureSource, request: FigureRequest = {}): readonly MadeFigure[] {
  const all = FIGURES[name].of === "metric" && request.metric === undefined;
  const requests = all ? study.metrics.map((metric) => ({ ...request, metric: metric.name })) : [request];
  return requests.map((one) => makeFigure(name, study, one));
}

/** A figure in lines of text, with the sentence that it comes to. */
export function drawAsText({ name, data, sentence, empty }: MadeFigure, style: PlotStyle): readonly string[] {
  if (empty !== null) return [empty];
  const plot = TEXT_PLOTS[name] as ((data: unknown, style: PlotStyle) => readonly string[]) | undefined;
  if (plot !== undefined) return [...plot(data, style), sentence];
  return [sentence, style.paint.dim(`attune plot ${name} -o ${name}.svg draws it.`)];
}
