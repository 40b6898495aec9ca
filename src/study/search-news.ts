import { compileLimits, goalText, keepsLimits, type Limit, meetsGoal, metricValue } from "../objective/index.ts";
import { STATE_CODES } from "../trial/history-view.ts";
import type { Metric } from "../trial/metric.ts";
import type { Trial } from "../trial/trial.ts";
import type { StudyLog } from "./study-log.ts";

/** Complete trials of which none keeps the limits before that is told. */
const ENOUGH = 5;
const COMPLETE = STATE_CODES.indexOf("complete");

/** Tells, each once, when a search turns to something else: to keeping limits, from there to the objectives, and on from goals that are met. */
export class SearchNews {
  readonly #log: StudyLog;
  #revision = 0;
  #limits: readonly Limit[] = [];
  #metrics: readonly Metric[] = [];
  #infeasible = 0;
  #feasible: number | null = null;
  #met: number | null = null;
  readonly #told = { seeking: false, found: false, met: false };

  constructor(log: StudyLog) {
    this.#log = log;
  }

  /** Sentences that were not told yet. */
  check(): readonly string[] {
    const { metrics, settings } = this.#log.state;
    const limits = compileLimits(settings.limits);
    if (limits.length === 0 && metrics.every(({ goal }) => goal === undefined)) return [];
    this.#readOn(metrics, limits);
    return [...this.#limitNews(), ...this.#goalNews()];
  }

  #readOn(metrics: readonly Metric[], limits: readonly Limit[]): void {
    const { history, revision, overlaidAt } = this.#log;
    if (metrics !== this.#metrics || limits !== this.#limits) this.#forget(metrics, limits);
    else if (overlaidAt > this.#revision) this.#forget(metrics, limits, true);
    const { columns } = history.view(revision);
    for (const row of history.delta(this.#revision, revision).added)
      if (columns.state[row] === COMPLETE) this.#take(this.#log.trial(columns.trial[row]!));
    this.#revision = revision;
  }

  /** Other limits and goals have news of their own. */
  #forget(metrics: readonly Metric[], limits: readonly Limit[], again = false): void {
    this.#revision = 0;
    this.#metrics = metrics;
    this.#limits = limits;
    this.#infeasible = 0;
    this.#feasible = null;
    this.#met = null;
    if (!again) Object.assign(this.#told, { seeking: false, found: false, met: false });
  }

  #take(trial: Trial): void {
    if (!this.#metrics.every(({ name }) => Number.isFinite(metricValue(trial, name)))) return;
    if (!keepsLimits(trial, this.#limits)) {
      this.#infeasible += 1;
      return;
    }
    this.#feasible ??= trial.number;
    const goals = this.#metrics.filter(({ goal }) => goal !== undefined);
    if (goals.length > 0 && goals.every((metric) => meetsGoal(metric, metricValue(trial, metric.name))))
      this.#met ??= trial.number;
  }

  #limitNews(): readonly string[] {
    const texts = this.#limits.map(({ text }) => text).join(", ");
    if (this.#feasible !== null) {
      if (!this.#told.seeking || this.#told.found) return [];
      this.#told.found = true;
      const names = this.#metrics.map(({ name }) => name).join(", ");
      return [`Trial ${this.#feasible} is the first to keep the limits (${texts}); the search goes on by ${names}.`];
    }
    if (this.#told.seeking || this.#limits.length === 0 || this.#infeasible < ENOUGH) return [];
    this.#told.seeking = true;
    return [
      `None of the ${this.#infeasible} trials so far keeps the limits (${texts}): the search looks for one that does.`,
    ];
  }

  #goalNews(): readonly string[] {
    if (this.#met === null || this.#told.met) return [];
    this.#told.met = true;
    const goals = this.#metrics.map(goalText).filter((text) => text !== null);
    return [`All goals are met by trial ${this.#met} (${goals.join(", ")}); ${goesOnWords(this.#metrics)}.`];
  }
}

/** How a search goes on once all goals are met. */
export function goesOnWords(metrics: readonly Metric[]): string {
  const others = metrics.filter(({ goal }) => goal === undefined).map(({ name }) => name);
  return `the search goes on by ${others.length === 0 ? "raw values" : others.join(", ")}`;
}
