import { FinishedTrials } from "../objective/index.ts";
import type { Parameter, Space } from "../space/index.ts";
import type { Params } from "../space/json.ts";
import type { Metric } from "../trial/metric.ts";
import type { Trial } from "../trial/trial.ts";
import { type FigureAxis, figureAxis, placeOnAxis } from "./figure-axis.ts";

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
  trials: Iterable<Trial>,
  metric: Metric,
  space: Space,
  most: number = Number.POSITIVE_INFINITY,
): SliceFigure {
  const complete = FinishedTrials.of(trials, metric);
  const shown = Array.from(complete.some(most), (index) => ({
    trial: complete.number(index),
    value: complete.values[index]!,
    params: complete.trial(index).params,
  }));
  const best = bestOf(complete);
  const slices = space.parameters
    .filter(({ type }) => type !== "fixed")
    .map((parameter) => ({
      ...figureAxis(parameter),
      points: shown.flatMap(({ trial, value, params }) => {
        const place = placeOnAxis(parameter, params[parameter.name]);
        return place === null ? [] : [{ trial, place, value }];
      }),
      good: goodPart(parameter, best),
    }));
  return { type: "slice", metric, slices, complete: complete.length };
}

/** The parameters of the best tenth; none of few. */
function bestOf(complete: FinishedTrials): readonly Params[] {
  if (complete.length < LEAST_TRIALS) return [];
  const count = Math.max(LEAST_GOOD, Math.ceil(complete.length * GOOD_SHARE));
  return Array.from(complete.ranked.subarray(0, count), (index) => complete.trial(index).params);
}

function goodPart(parameter: Parameter, best: readonly Params[]): GoodPart | null {
  const placed = best.flatMap((params) => {
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
  const [low, high] = endsOf(numbers);
  const [from, to] = endsOf(places);
  return { range: [low, high], values: null, share: to - from };
}

/** The least and the greatest; there may be more than a call takes. */
function endsOf(numbers: readonly number[]): readonly [number, number] {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const number of numbers) {
    if (number < low) low = number;
    if (number > high) high = number;
  }
  return [low, high];
}
