import type { Parameter, Space } from "../space/index.ts";
import type { Metric } from "../trial/metric.ts";
import type { Trial } from "../trial/trial.ts";
import { type FigureAxis, figureAxis, placeOnAxis } from "./figure-axis.ts";
import { bestFirst, type FinishedTrial, finishedTrials, someOf } from "./finished-trials.ts";

/** The part of an axis in which the good trials lie. */
export interface GoodPart {
  /** Of a range: the least and the greatest value; else null. */
  readonly range: readonly [low: number, high: number] | null;
  /** Of single values: those, as text, in order; else null. */
  readonly values: readonly string[] | null;
  /** Share of the axis, from 0 to 1. */
  readonly share: number;
}

/** The metric over the values of one parameter. */
export interface ParameterSlice extends FigureAxis {
  /** Complete trials in which it was active: `place` on the axis (see placeOnAxis); of very many the best and some of the others. */
  readonly points: readonly { readonly trial: number; readonly place: number; readonly value: number }[];
  /** Where the best tenth lies; null below twenty trials. */
  readonly good: GoodPart | null;
}

/** The metric over each parameter that is not fixed. */
export interface SliceFigure {
  readonly type: "slice";
  readonly metric: Metric;
  readonly slices: readonly ParameterSlice[];
  /** Complete trials in all. */
  readonly complete: number;
}

const LEAST_TRIALS = 20;
const GOOD_SHARE = 0.1;
const LEAST_GOOD = 3;

/** What each parameter's values led to, one parameter at a time; with at most so many points each. */
export function sliceFigure(
  trials: readonly Trial[],
  metric: Metric,
  space: Space,
  most: number = Number.POSITIVE_INFINITY,
): SliceFigure {
  const complete = finishedTrials(trials, metric);
  const shown = someOf(complete, metric.direction, most);
  const ranked = complete.length < LEAST_TRIALS ? [] : bestFirst(complete, metric.direction);
  const slices = space.parameters
    .filter(({ type }) => type !== "fixed")
    .map((parameter) => ({
      ...figureAxis(parameter),
      points: shown.flatMap(({ trial, value }) => {
        const place = placeOnAxis(parameter, trial.params[parameter.name]);
        return place === null ? [] : [{ trial: trial.number, place, value }];
      }),
      good: goodPart(parameter, ranked),
    }));
  return { type: "slice", metric, slices, complete: complete.length };
}

function goodPart(parameter: Parameter, ranked: readonly FinishedTrial[]): GoodPart | null {
  const best = ranked.slice(0, Math.max(LEAST_GOOD, Math.ceil(ranked.length * GOOD_SHARE)));
  const placed = best.flatMap(({ trial: { params } }) => {
    const value = params[parameter.name];
    const place = placeOnAxis(parameter, value);
    return place === null ? [] : [{ place, value: Number(value) }];
  });
  if (placed.length < LEAST_GOOD) return null;
  const { values } = figureAxis(parameter);
  const places = placed.map(({ place }) => place);
  if (values !== null) {
    const taken = values.filter((_, place) => places.includes(place));
    return { range: null, values: taken, share: taken.length / values.length };
  }
  const numbers = placed.map(({ value }) => value);
  const share = Math.max(...places) - Math.min(...places);
  return { range: [Math.min(...numbers), Math.max(...numbers)], values: null, share };
}
