import { compileLimits, goalText, keepsLimits, type Limit, meetsGoal, metricValue } from "../objective/index.ts";
import { STATE_CODES } from "../trial/history-view.ts";
import type { Metric } from "../trial/metric.ts";
import type { Trial } from "../trial/trial.ts";
import type { StudyLog } from "./study-log.ts";

/** Complete trials of which none keeps the limits before that is told. */
const ENOUGH = 5;
const COMPLETE = STATE_CODES.indexOf("complete");

/** What was found among the trials, under the objectives and limits that were in force. */
interface Found {
  readonly metrics: readonly Metric[];
  readonly limits: readonly Limit[];
  /** Up to here. */
  revision: number;
  /** Trials that broke the limits, the first that kept them, and the first that met all goals. */
  infeasible: number;
  feasible: number | null;
  met: number | null;
}

/** Tells, each once, when a search turns to something else: to keeping limits, from there to the objectives, and on from goals that are met. */
export class SearchNews {
  readonly #log: StudyLog;
  #found: Found;
  /** Other limits and goals have news of their own. */
  #told = new Set<"seeking" | "found" | "met">();

  constructor(log: StudyLog) {
    this.#log = log;
    this.#found = this.#begun();
  }

  /** Sentences that were not told yet. */
  check(): readonly string[] {
    const { metrics, settings } = this.#log.state;
    const limits = compileLimits(settings.limits);
    if (limits.length === 0 && metrics.every(({ goal }) => goal === undefined)) return [];
    if (metrics !== this.#found.metrics || limits !== this.#found.limits) {
      this.#found = this.#begun();
      this.#told = new Set();
    } else if (this.#log.overlaidAt > this.#found.revision) this.#found = this.#begun();
    this.#readOn();
    return [...this.#limitNews(), ...this.#goalNews()];
  }

  #begun(): Found {
    const { metrics, settings } = this.#log.state;
    const limits = compileLimits(settings.limits);
    return { metrics, limits, revision: 0, infeasible: 0, feasible: null, met: null };
  }

  #readOn(): void {
    const { history, revision } = this.#log;
    const { columns } = history.view(revision);
    for (const row of history.delta(this.#found.revision, revision).added)
      if (columns.state[row] === COMPLETE) this.#take(this.#log.trial(columns.trial[row]!));
    this.#found.revision = revision;
  }

  #take(trial: Trial): void {
    const { metrics, limits } = this.#found;
    if (!metrics.every(({ name }) => Number.isFinite(metricValue(trial, name)))) return;
    if (!keepsLimits(trial, limits)) {
      this.#found.infeasible += 1;
      return;
    }
    this.#found.feasible ??= trial.number;
    const goals = metrics.filter(({ goal }) => goal !== undefined);
    if (goals.length > 0 && goals.every((metric) => meetsGoal(metric, metricValue(trial, metric.name))))
      this.#found.met ??= trial.number;
  }

  #limitNews(): readonly string[] {
    const { metrics, limits, infeasible, feasible } = this.#found;
    const texts = limits.map(({ text }) => text).join(", ");
    if (feasible !== null) {
      if (!this.#told.has("seeking") || this.#told.has("found")) return [];
      this.#told.add("found");
      const names = metrics.map(({ name }) => name).join(", ");
      return [`Trial ${feasible} is the first to keep the limits (${texts}); the search goes on by ${names}.`];
    }
    if (this.#told.has("seeking") || infeasible < ENOUGH) return [];
    this.#told.add("seeking");
    return [`None of the ${infeasible} trials so far keeps the limits (${texts}): the search looks for one that does.`];
  }

  #goalNews(): readonly string[] {
    const { metrics, met } = this.#found;
    if (met === null || this.#told.has("met")) return [];
    this.#told.add("met");
    const goals = metrics.map(goalText).filter((text) => text !== null);
    return [`All goals are met by trial ${met} (${goals.join(", ")}); ${goesOnWords(metrics)}.`];
  }
}

/** How a search goes on once all goals are met. */
export function goesOnWords(metrics: readonly Metric[]): string {
  const others = metrics.filter(({ goal }) => goal === undefined).map(({ name }) => name);
  return `the search goes on by ${others.length === 0 ? "raw values" : others.join(", ")}`;
}
