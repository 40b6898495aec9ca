import {
  bestTrial,
  Configurations,
  compileLimits,
  GrowingFront,
  type Limit,
  rankConfigurations,
} from "../objective/index.ts";
import type { TrialList } from "../trial/list/trial-list.ts";
import type { Metric } from "../trial/metric.ts";
import type { Trial } from "../trial/trial.ts";
import type { StudyLog } from "./study-log.ts";

/**
 * Tells of each finished trial whether it is the best so far, or, with several objectives, whether no trial so far is as good in
 * everything, without looking at all of them again. What breaks a limit is neither. Where a configuration was confirmed on fresh seeds and
 * results vary, no single run is, nor is a fresh run by itself.
 */
export class BestWatch {
  readonly #log: StudyLog;
  #front: GrowingFront;
  /** Revision of the newest trial hidden or shown again, and version of the settings, that are taken into account; null before the beginning. */
  #known: { readonly overlaidAt: number; readonly settings: number } | null = null;
  #settled = false;

  constructor(log: StudyLog) {
    this.#log = log;
    this.#front = new GrowingFront(log.state.metrics, []);
  }

  add(trial: Trial): boolean {
    const { overlaidAt, state } = this.#log;
    if (this.#known?.overlaidAt !== overlaidAt || this.#known.settings !== state.settingsVersion) this.#begin(trial);
    return !this.#settled && trial.replicate === null && this.#front.admit(trial);
  }

  #begin(trial: Trial): void {
    const { overlaidAt, state } = this.#log;
    const { metrics, settings } = state;
    const limits = compileLimits(settings.limits);
    const others = state.list().without(trial.number);
    this.#known = { overlaidAt, settings: state.settingsVersion };
    this.#front = new GrowingFront(metrics, limits);
    if (metrics.length > 1 || limits.length > 0)
      for (const other of others.inState("complete")) this.#front.admit(other);
    else {
      const best = bestTrial(others, metrics[0]!);
      if (best !== null) this.#front.admit(best);
    }
    this.#settled = metrics.length === 1 && isSettled(others, metrics[0]!, limits);
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
