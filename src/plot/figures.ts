import { AttuneError } from "../errors.ts";
import { didYouMean } from "../space/index.ts";
import { curvesEntry } from "./chart/curves-entry.ts";
import { historyEntry } from "./chart/history-entry.ts";
import { importanceEntry } from "./chart/importance-entry.ts";
import { parallelEntry } from "./chart/parallel-entry.ts";
import { sliceEntry } from "./chart/slice-entry.ts";
import { timelineEntry } from "./chart/timeline-entry.ts";
import type { CurvesFigure } from "./curves.ts";
import type { Figure } from "./figure.ts";
import type { HistoryFigure } from "./history.ts";
import type { ImportanceFigure } from "./importance.ts";
import type { ParallelFigure } from "./parallel.ts";
import type { SliceFigure } from "./slice.ts";
import type { TimelineFigure } from "./timeline.ts";

/** The data of each figure by its name. */
export interface FigureDataByName {
  readonly history: HistoryFigure;
  readonly slice: SliceFigure;
  readonly parallel: ParallelFigure;
  readonly importance: ImportanceFigure;
  readonly curves: CurvesFigure;
  readonly timeline: TimelineFigure;
}

export type FigureName = keyof FigureDataByName;
export type FigureData = FigureDataByName[FigureName];

/** All figures by name, in the order in which they are told. */
export const FIGURES: { readonly [N in FigureName]: Figure<FigureDataByName[N]> } = {
  history: historyEntry,
  slice: sliceEntry,
  parallel: parallelEntry,
  importance: importanceEntry,
  curves: curvesEntry,
  timeline: timelineEntry,
};

export const FIGURE_NAMES = Object.keys(FIGURES) as readonly FigureName[];

/** A figure whose data are of the same name. */
export function figureNamed<N extends FigureName>(name: N): Figure<FigureDataByName[N]> {
  return FIGURES[name];
}

/** @throws AttuneError `invalid-argument` for a name that is none, behind `label`. */
export function readFigureName(text: string, label: string): FigureName {
  const name = FIGURE_NAMES.find((known) => known === text.trim());
  if (name !== undefined) return name;
  const hint = didYouMean(text.trim(), FIGURE_NAMES);
  const message = `${label}: there is no figure "${text}".${hint} There are ${FIGURE_NAMES.join(", ")}.`;
  throw new AttuneError("invalid-argument", message);
}
