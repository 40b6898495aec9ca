import { exp } from "../../numeric/special/exp.ts";
import { type CurveFit, CurveFitter } from "../../surrogate/curve/curve-fit.ts";
import { endDensity } from "../../surrogate/curve/end-density.ts";
import type { HistoryView } from "../../trial/history-view.ts";
import type { Metric } from "../../trial/metric.ts";
import type { Report, Trial } from "../../trial/trial.ts";
import { Followers } from "../reports/followers.ts";
import { MetricByStep } from "../reports/metric-by-step.ts";
import { ChanceCalibration } from "./chance-calibration.ts";
import { coursePoints } from "./course-points.ts";
import { EndedCurves, type OnEnded, type StandingEnds } from "./ended-curves.ts";
import { isJudged } from "./is-judged.ts";

export interface ChanceOptions {
  /** Share of the trials among which a trial has to end. */
  readonly top: number;
  /** Complete trials before anything is said. */
  readonly startup: number;
  /** Steps with a finite value before anything is said of a trial. */
  readonly points: number;
  readonly warmup: number;
  /** Last step of a full run, null: the largest that a complete trial came to. */
  readonly largest: number | null;
}

/** How likely a trial is to end among the best. */
export interface Chance {
  readonly probability: number;
  /** What it told last. */
  readonly value: number;
  /** What it has to come to, and which place that has among the trials that have ended. */
  readonly bar: number;
  readonly place: number;
  readonly trials: number;
  /** Last step of a full run. */
  readonly end: number;
}

/** Values beyond the best that nobody has come to yet: shares of the distance from the best to the middle, and their weights. */
const BEYOND = Array.from({ length: 8 }, (_none, k) => ((k + 0.5) / 8) * 3).map((distance) => ({
  distance: 0.5 * distance,
  weight: exp(-distance),
}));
const BEYOND_SUM = BEYOND.reduce((sum, { weight }) => sum + weight, 0);
/** No forecast counts as closer than this share of the distance from the best to the middle. */
const CLOSEST = 1e-3;

/** Says of running trials how likely they are to end among the best of their study, by their curves and those that have ended. */
export class CurveChances {
  readonly #metric: Metric;
  readonly #sign: 1 | -1;
  readonly #options: ChanceOptions;
  readonly #fitter = new CurveFitter();
  readonly #own: Followers<MetricByStep>;
  readonly #ended: EndedCurves;
  readonly #calibration = new ChanceCalibration();

  constructor(metric: Metric, options: ChanceOptions) {
    this.#metric = metric;
    this.#sign = metric.direction === "minimize" ? 1 : -1;
    this.#options = options;
    this.#own = new Followers(() => new MetricByStep(metric.name));
    this.#ended = new EndedCurves(
      metric,
      { top: options.top, largest: options.largest, least: options.points },
      this.#fitter,
    );
  }

  /** Null where nothing is said at the report: too little is known, it is at the trial's end, or between the steps that are judged. */
  of(view: HistoryView, { number }: Trial, { seq, step, values }: Report): Chance | null {
    if (values[this.#metric.name] === undefined || step < this.#options.warmup) return null;
    const course = this.#own.of(view, number, seq + 1);
    const place = course.placeOf(step);
    if (!isJudged(place + 1, this.#options.points)) return null;
    this.#ended.follow(
      view,
      (trial) => this.#learn(trial),
      () => this.#calibration.forget(),
    );
    const { standing, end } = this.#ended;
    if (standing === null || standing.complete < this.#options.startup || step >= end) return null;
    const { bar, place: rank, trials } = standing;
    const told = { value: course.value(place), bar: this.#sign * bar, place: rank, trials, end };
    if (!Number.isFinite(told.value))
      return isLost(course, place, this.#options.points) ? { ...told, probability: 0 } : null;
    const chance = this.#uncorrected(course, place, number, standing);
    return chance === null ? null : { ...told, probability: this.#calibration.of(chance) };
  }

  #uncorrected(course: MetricByStep, place: number, number: number, standing: StandingEnds): number | null {
    const points = coursePoints(course, place, this.#ended.end, this.#sign, this.#options.points);
    if (points === null) return null;
    return chanceOf(this.#fitter.fit(points), this.#ended.weightsAt(course.step(place), number), standing);
  }

  /** What was to be said of a trial on its way, each time it had twice as many points, by those that had ended before it. A stopped one did not come. */
  #learn({ number, course, end }: Parameters<OnEnded>[0]): void {
    const { standing } = this.#ended;
    if (this.#calibration.full || standing === null || standing.complete < this.#options.startup) return;
    const chances: number[] = [];
    for (let count = this.#options.points; count <= course.length; count *= 2) {
      const step = course.step(count - 1);
      if (step < this.#options.warmup || step >= this.#ended.end) continue;
      const chance = this.#uncorrected(course, count - 1, number, standing);
      if (chance !== null) chances.push(chance);
    }
    this.#calibration.add(chances, end !== null && end <= standing.bar);
  }
}

/** Whether none of the newest values is a finite number. */
function isLost(course: MetricByStep, place: number, points: number): boolean {
  for (let k = place; k > place - points; k--) if (Number.isFinite(course.value(k))) return false;
  return true;
}

/**
 * By Bayes' rule: where trials of the study ended says where one may end, each end as likely as another and one more beyond the best or at it; the curve
 * says which of these it is like.
 */
function chanceOf(fit: CurveFit, weights: Float64Array, { bar, better, worse, spread }: StandingEnds): number {
  const least = CLOSEST * spread + Number.EPSILON * Math.abs(bar) + Number.MIN_VALUE;
  const density = (end: number): number => endDensity(fit, weights, end, least);
  let good = 0;
  for (const { distance, weight } of BEYOND)
    good += (weight / BEYOND_SUM) * density(bar - distance * Math.max(spread, least));
  for (const end of better) good += density(end);
  // Its own level is one more place to end at: nothing changes any more.
  let bad = fit.level > bar ? density(fit.level) : 0;
  for (const { end, count } of worse) bad += count * density(end);
  const sum = good + bad;
  return sum > 0 && sum < Number.POSITIVE_INFINITY ? good / sum : 1;
}
