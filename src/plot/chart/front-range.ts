import type { FrontFigure, FrontFigurePoint } from "../front.ts";
import { type ShownRange, shownRange } from "./value-range.ts";

/** The part of an objective's axis that is drawn: all of the front, and of the rest what is worth looking at. */
export function frontRange({ metrics, front, others }: FrontFigure, k: number): ShownRange {
  const valuesOf = (points: readonly FrontFigurePoint[]): readonly number[] => points.map(({ values }) => values[k]!);
  return shownRange(valuesOf([...front, ...others]), metrics[k]!.direction, valuesOf(front));
}
