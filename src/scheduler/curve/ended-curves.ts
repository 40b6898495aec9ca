import type { CurveFit, CurveFitter } from "../../surrogate/curve/curve-fit.ts";
import { type EndedCurve, modelWeights } from "../../surrogate/curve/end-density.ts";
import { RowReader } from "../../trial/history/row-reader.ts";
import { type HistoryView, STATE_CODES } from "../../trial/history-view.ts";
import type { Metric } from "../../trial/metric.ts";
import { Recent } from "../recent.ts";
import { lastUpTo } from "../reports/last-up-to.ts";
import { MetricByStep } from "../reports/metric-by-step.ts";
import { coursePoints } from "./course-points.ts";

const COMPLETE = STATE_CODES.indexOf("complete");
const PRUNED = STATE_CODES.indexOf("pruned");
/** Curves that the weights are learnt from: the newest ones. */
const LEARNT_FROM = 32;
/** Weights kept, one set a step. */
const STEPS = 256;
/** Ends looked at one by one; more are looked at by their quantiles. */
const ENDS = 48;

interface CompleteTrial {
  readonly number: number;
  readonly course: MetricByStep;
  /** Its value, the smaller the better; not finite where it has none. */
  readonly end: number;
}

/** Ends of trials, the smaller the better, each with how many it stands for. */
export interface StandingEnds {
  /** What a trial has to come to. */
  readonly bar: number;
  /** Place of the bar among the complete trials, from 1. */
  readonly place: number;
  /** Complete trials with a finite value. */
  readonly complete: number;
  /** These and those that were stopped. */
  readonly trials: number;
  /** Of those as good as the bar, without one of them. */
  readonly better: readonly number[];
  /** Of one at the bar and those beyond it, the stopped ones among them. */
  readonly worse: readonly { readonly end: number; readonly count: number }[];
  /** How far the best lies from the middle. */
  readonly spread: number;
}

/** Told of a trial that has ended before it counts: `end` is null of one that was stopped. */
export type OnEnded = (trial: {
  readonly number: number;
  readonly course: MetricByStep;
  readonly end: number | null;
}) => void;

/** What the trials of a study that have ended say of one that runs. */
export class EndedCurves {
  readonly #metric: Metric;
  readonly #sign: 1 | -1;
  readonly #top: number;
  readonly #given: number | null;
  readonly #least: number;
  readonly #fitter: CurveFitter;
  readonly #reader = new RowReader();
  #complete: CompleteTrial[] = [];
  /** Finite ends of complete trials, and values of stopped ones, best first. */
  #ends: number[] = [];
  #stopped: number[] = [];
  #furthest = Number.NEGATIVE_INFINITY;
  #standing: StandingEnds | null | undefined;
  #weights = keptWeights();
  #fits = new Map<number, Map<number, CurveFit | null>>();

  /** `top`: the share of the trials among which one has to end; `largest`: the last step where it is known; `least`: points that a fit needs. */
  constructor(
    metric: Metric,
    { top, largest, least }: { readonly top: number; readonly largest: number | null; readonly least: number },
    fitter: CurveFitter,
  ) {
    this.#fitter = fitter;
    this.#metric = metric;
    this.#sign = metric.direction === "minimize" ? 1 : -1;
    this.#top = top;
    this.#given = largest;
    this.#least = least;
  }

  /** Reads what is new in a view; `onBegin` where all is new. */
  follow(view: HistoryView, onEnded: OnEnded, onBegin: () => void): void {
    const { trial: numbers, state } = view.columns;
    const begin = (): void => {
      this.#begin();
      onBegin();
    };
    for (const row of this.#reader.follow(view, begin)) {
      const value = this.#sign * (view.columns.values[this.#metric.name]?.[row] ?? Number.NaN);
      const number = numbers[row]!;
      const complete = state[row] === COMPLETE;
      const reports = complete || state[row] === PRUNED ? view.reports(number) : undefined;
      const course = reports && MetricByStep.of(reports, reports.length, this.#metric.name);
      if (course !== undefined) onEnded({ number, course, end: complete ? value : null });
      if (!complete) {
        if (state[row] === PRUNED) this.#add(this.#stopped, value);
        continue;
      }
      if (course === undefined) continue;
      this.#complete.push({ number, course, end: value });
      this.#add(this.#ends, value);
      const last = course.length === 0 ? Number.NEGATIVE_INFINITY : course.step(course.length - 1);
      if (last > this.#furthest) this.#lengthen(last);
    }
  }

  /** The last step of a full run. */
  get end(): number {
    return Math.max(this.#given ?? Number.NEGATIVE_INFINITY, this.#furthest);
  }

  /** Null while no complete trial has a finite value. */
  get standing(): StandingEnds | null {
    if (this.#standing === undefined) this.#standing = this.#stand();
    return this.#standing;
  }

  /** How much each model counts for a trial at `step`, by the newest complete trials but `own`. */
  weightsAt(step: number, own: number): Float64Array {
    const newest = this.#complete.slice(-LEARNT_FROM);
    if (newest.some(({ number }) => number === own)) return modelWeights(this.#endedAt(step, newest, own));
    const known = this.#weights.get(step);
    if (known !== undefined && known.of === this.#complete.length) return known.weights;
    const weights = modelWeights(this.#endedAt(step, newest, own));
    this.#weights.keep(step, { of: this.#complete.length, weights });
    return weights;
  }

  *#endedAt(step: number, trials: readonly CompleteTrial[], own: number): Generator<EndedCurve> {
    const before = this.#fits.get(step);
    const fits = new Map<number, CurveFit | null>();
    for (const { number, course, end } of trials) {
      if (number === own || !Number.isFinite(end)) continue;
      const fit = before?.get(number) ?? this.#fitAt(step, course);
      fits.set(number, fit);
      if (fit !== null) yield { fit, end };
    }
    this.#fits.set(step, fits);
    if (this.#fits.size > STEPS) this.#fits.delete(this.#fits.keys().next().value!);
  }

  /** Of what a trial told up to the step; null where it had told too little, or all. */
  #fitAt(step: number, course: MetricByStep): CurveFit | null {
    const place = course.placeOf(step);
    if (place < 0 || place === course.length - 1) return null;
    const points = coursePoints(course, place, this.end, this.#sign, this.#least);
    return points === null ? null : this.#fitter.fit(points);
  }

  #stand(): StandingEnds | null {
    const ends = this.#ends;
    if (ends.length === 0) return null;
    const trials = ends.length + this.#stopped.length;
    const place = Math.min(ends.length, Math.max(1, Math.floor(this.#top * trials)));
    const bar = ends[place - 1]!;
    const asGood = lastUpTo((k) => ends[k]!, ends.length, bar) + 1;
    const worse = merged([bar, ...ends.slice(asGood)], this.#stopped, bar);
    const spread = ends[(ends.length - 1) >> 1]! - ends[0]!;
    return {
      bar,
      place,
      complete: ends.length,
      trials,
      better: ends.slice(0, asGood - 1),
      worse: byQuantiles(worse),
      spread,
    };
  }

  #add(sorted: number[], value: number): void {
    if (!Number.isFinite(value)) return;
    sorted.splice(lastUpTo((k) => sorted[k]!, sorted.length, value) + 1, 0, value);
    this.#standing = undefined;
  }

  /** What was said of shares of the way is another share now. */
  #lengthen(end: number): void {
    this.#furthest = end;
    this.#weights = keptWeights();
    this.#fits = new Map();
  }

  #begin(): void {
    this.#complete = [];
    this.#ends = [];
    this.#stopped = [];
    this.#standing = undefined;
    this.#lengthen(Number.NEGATIVE_INFINITY);
  }
}

function keptWeights(): Recent<{ readonly of: number; readonly weights: Float64Array }> {
  return new Recent(STEPS, () => 1);
}

/** Two ascending lists as one; of the second, what is below `least` counts as that. */
function merged(first: readonly number[], second: readonly number[], least: number): readonly number[] {
  const all: number[] = [];
  let [a, b] = [0, 0];
  while (a < first.length || b < second.length) {
    const own = Math.max(least, second[b] ?? Number.POSITIVE_INFINITY);
    if (b >= second.length || (a < first.length && first[a]! <= own)) all.push(first[a++]!);
    else {
      all.push(own);
      b += 1;
    }
  }
  return all;
}

/** Many values by some of them, each in the middle of those that it stands for. */
function byQuantiles(sorted: readonly number[]): StandingEnds["worse"] {
  const parts = Math.min(ENDS, sorted.length);
  return Array.from({ length: parts }, (_none, part) => {
    const [from, to] = [part, part + 1].map((k) => Math.floor((k * sorted.length) / parts)) as [number, number];
    return { end: sorted[(from + to - 1) >> 1]!, count: to - from };
  });
}
