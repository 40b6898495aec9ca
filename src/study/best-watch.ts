import { bestTrial, Configurations, compareValues, metricValue, rankConfigurations } from "../objective/index.ts";
import type { Metric } from "../trial/metric.ts";
import type { Trial } from "../trial/trial.ts";
import type { StudyLog } from "./study-log.ts";

/**
 * Tells of each finished trial whether it is the best so far, without looking at all of them again. Where a configuration was confirmed
 * on fresh seeds and results vary, no single run is, nor is a fresh run by itself.
 */
export class BestWatch {
  readonly #log: StudyLog;
  #best: number | null = null;
  /** Revision of the newest trial hidden or shown again that is taken into account; null before the beginning. */
  #overlaidAt: number | null = null;
  #settled = false;

  constructor(log: StudyLog) {
    this.#log = log;
  }

  add(trial: Trial): boolean {
    const [metric] = this.#log.state.definition.metrics;
    if (metric === undefined) return false;
    if (this.#overlaidAt !== this.#log.overlaidAt) this.#begin(trial, metric);
    const value = metricValue(trial, metric.name);
    if (this.#settled || trial.replicate !== null) return false;
    if (trial.state !== "complete" || !Number.isFinite(value)) return false;
    if (this.#best !== null && compareValues(value, this.#best, metric.direction) >= 0) return false;
    this.#best = value;
    return true;
  }

  #begin(trial: Trial, metric: Metric): void {
    this.#overlaidAt = this.#log.overlaidAt;
    const others = this.#log.state.list().without(trial.number);
    const best = bestTrial(others, metric);
    this.#best = best === null ? null : metricValue(best, metric.name);
    this.#settled = false;
    if (others.replicates.every((replicate) => replicate === 0)) return;
    const configurations = Configurations.of(others, [metric]);
    const ranking = rankConfigurations(configurations, metric);
    const first = ranking.first();
    this.#settled = ranking.noise > 0 && first !== null && configurations.isConfirmed(first);
  }
}
