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
  /** Up to which revision hidden trials and those shown again are taken into account, and the version of the settings; null before the beginning. */
  #known: { readonly revision: number; readonly settings: number } | null = null;
  #settled = false;
  /** True once a configuration was run on a seed of its own: then a trial counts by what others of its configuration gave. */
  #repeated = false;

  constructor(log: StudyLog) {
    this.#log = log;
    this.#front = new GrowingFront(log.state.metrics, []);
  }

  add(trial: Trial): boolean {
    const { revision, state } = this.#log;
    const isOther = this.#known === null || this.#known.settings !== state.settingsVersion;
    if (isOther || !this.#follow(this.#log.overlaidSince(this.#known!.revision), trial)) this.#begin(trial);
    this.#known = { revision, settings: state.settingsVersion };
    this.#repeated ||= trial.replicate !== null;
    return !this.#settled && trial.replicate === null && this.#front.admit(trial);
  }

  /** Takes trials into account that were hidden or shown again; false where that needs a look at all. */
  #follow(trials: readonly number[], added: Trial): boolean {
    if (trials.length === 0) return true;
    const others = trials.filter((number) => number !== added.number);
    const { state } = this.#log;
    if (this.#repeated || others.some((number) => state.isInvalid(number) && this.#front.has(number))) return false;
    for (const number of others) {
      const trial = state.view(number);
      if (trial !== undefined && trial.replicate !== null) return false;
      // Who was beaten by one that is shown again is gone for good: it is hidden no more than the others.
      if (trial !== undefined) this.#front.admit(trial);
    }
    return true;
  }

  #begin(trial: Trial): void {
    const { state } = this.#log;
    const { metrics, settings } = state;
    const limits = compileLimits(settings.limits);
    const others = state.list().without(trial.number);
    this.#front = new GrowingFront(metrics, limits);
    if (metrics.length > 1 || limits.length > 0)
      for (const other of others.inState("complete")) this.#front.admit(other);
    else {
      const best = bestTrial(others, metrics[0]!);
      if (best !== null) this.#front.admit(best);
    }
    this.#repeated = others.replicates.includes(1);
    this.#settled = this.#repeated && metrics.length === 1 && isSettled(others, metrics[0]!, limits);
  }
}

/** True where results vary and the best was confirmed. */
function isSettled(trials: TrialList, metric: Metric, limits: readonly Limit[]): boolean {
  const configurations = Configurations.of(trials, [metric]);
  const ranking = rankConfigurations(configurations, metric, limits);
  const first = ranking.first();
  return ranking.noise > 0 && first !== null && configurations.isConfirmed(first);
}
