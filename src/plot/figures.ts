import { AttuneError } from "../errors.ts";
import { didYouMean } from "../space/index.ts";
import type { CalibrationFigure } from "./calibration.ts";
import { calibrationEntry } from "./chart/calibration-entry.ts";
import { contourEntry } from "./chart/contour-entry.ts";
import { costEntry } from "./chart/cost-entry.ts";
import { curvesEntry } from "./chart/curves-entry.ts";
import { distributionEntry } from "./chart/distribution-entry.ts";
import { frontEntry } from "./chart/front-entry.ts";
import { historyEntry } from "./chart/history-entry.ts";
import { hypervolumeEntry } from "./chart/hypervolume-entry.ts";
import { importanceEntry } from "./chart/importance-entry.ts";
import { parallelEntry } from "./chart/parallel-entry.ts";
import { rankEntry } from "./chart/rank-entry.ts";
import { sliceEntry } from "./chart/slice-entry.ts";
import { timelineEntry } from "./chart/timeline-entry.ts";
import type { ContourFigure } from "./contour.ts";
import type { CostFigure } from "./cost.ts";
import type { CurvesFigure } from "./curves.ts";
import type { DistributionFigure } from "./distribution.ts";
import type { Figure } from "./figure.ts";
import { FIGURE_NAMES, type FigureName } from "./figure-names.ts";
import type { FrontFigure } from "./front.ts";
import type { HistoryFigure } from "./history.ts";
import type { HypervolumeFigure } from "./hypervolume.ts";
import type { ImportanceFigure } from "./importance.ts";
import type { ParallelFigure } from "./parallel.ts";
import type { RankFigure } from "./rank.ts";
import type { SliceFigure } from "./slice.ts";
import type { TimelineFigure } from "./timeline.ts";

/** The data of each figure by its name. */
export interface FigureDataByName {
  readonly history: HistoryFigure;
  readonly slice: SliceFigure;
  readonly parallel: ParallelFigure;
  readonly importance: ImportanceFigure;
  readonly contour: ContourFigure;
  readonly rank: RankFigure;
  readonly distribution: DistributionFigure;
  readonly curves: CurvesFigure;
  readonly timeline: TimelineFigure;
  readonly cost: CostFigure;
  readonly calibration: CalibrationFigure;
  readonly front: FrontFigure;
  readonly hypervolume: HypervolumeFigure;
}

export type FigureData = FigureDataByName[FigureName];

/** All figures by name, in the order in which they are told: what they say and how they look, not how their data are made (see FIGURE_DATA). */
export const FIGURES: { readonly [N in FigureName]: Figure<FigureDataByName[N]> } = {
  history: historyEntry,
  slice: sliceEntry,
  parallel: parallelEntry,
  importance: importanceEntry,
  contour: contourEntry,
  rank: rankEntry,
  distribution: distributionEntry,
  curves: curvesEntry,
  timeline: timelineEntry,
  cost: costEntry,
  calibration: calibrationEntry,
  front: frontEntry,
  hypervolume: hypervolumeEntry,
};

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
