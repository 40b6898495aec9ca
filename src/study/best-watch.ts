import {
  bestTrial,
  Configurations,
  compareValues,
  compileLimits,
  dominates,
  isVisible,
  keepsLimits,
  type Limit,
  metricValue,
  rankConfigurations,
} from "../objective/index.ts";
import type { TrialList } from "../trial/list/trial-list.ts";
import type { Metric } from "../trial/metric.ts";
import type { Trial } from "../trial/trial.ts";
import type { StudyLog } from "./study-log.ts";

/**
 * Tells of each finished trial whether it is the best so far, or, with several objectives, whether no trial so far dominates it, without
 * looking at all of them again. What breaks a limit is neither. Where a configuration was confirmed on fresh seeds and results vary, no
 * single run is, nor is a fresh run by itself.
 */
export class BestWatch {
  readonly #log: StudyLog;
  /** Values of the trials that none dominates, in the order of the objectives: of one objective the best. */
  #front: (readonly number[])[] = [];
  /** Revision of the newest trial hidden or shown again, and version of the settings, that are taken into account; null before the beginning. */
  #known: { readonly overlaidAt: number; readonly settings: number } | null = null;
  #settled = false;

  constructor(log: StudyLog) {
    this.#log = log;
  }

  add(trial: Trial): boolean {
    const { overlaidAt, state } = this.#log;
    if (this.#known?.overlaidAt !== overlaidAt || this.#known.settings !== state.settingsVersion) this.#begin(trial);
    return !this.#settled && trial.replicate === null && this.#admit(trial);
  }

  /** Whether a trial is better than all so far; it then counts among them. */
  #admit(trial: Trial): boolean {
    const { metrics, settings } = this.#log.state;
    if (trial.state !== "complete" || !isVisible(trial)) return false;
    const point = metrics.map(({ name }) => metricValue(trial, name));
    if (!point.every(Number.isFinite) || !keepsLimits(trial, compileLimits(settings.limits))) return false;
    if (metrics.length === 1) {
      const [before] = this.#front;
      if (before !== undefined && compareValues(point[0]!, before[0]!, metrics[0]!.direction) >= 0) return false;
      this.#front = [point];
      return true;
    }
    const isBeaten = (other: readonly number[]): boolean =>
      dominates(other, point, metrics) || other.every((value, place) => value === point[place]);
    if (this.#front.some(isBeaten)) return false;
    this.#front = [...this.#front.filter((other) => !dominates(point, other, metrics)), point];
    return true;
  }

  #begin(trial: Trial): void {
    const { overlaidAt, state } = this.#log;
    this.#known = { overlaidAt, settings: state.settingsVersion };
    this.#front = [];
    this.#settled = false;
    const others = state.list().without(trial.number);
    const { metrics } = state;
    const limits = compileLimits(state.settings.limits);
    if (metrics.length > 1 || limits.length > 0) for (const other of others.inState("complete")) this.#admit(other);
    else {
      const best = bestTrial(others, metrics[0]!);
      if (best !== null) this.#front = [[metricValue(best, metrics[0]!.name)]];
    }
    if (metrics.length === 1) this.#settled = isSettled(others, metrics[0]!, limits);
  }
}

/** True where results vary and the best was confirmed. */
function isSettled(trials: TrialList, metric: Metric, limits: readonly Limit[]): boolean {
  if (trials.replicates.every((replicate) => replicate === 0)) return false;
  const configurations = Configurations.of(trials, [metric]);
  const ranking = rankConfigurations(configurations, metric, limits);
  const first = ranking.first();
  return ranking.noise > 0 && first !== null && configurations.isConfirmed(first);
}
