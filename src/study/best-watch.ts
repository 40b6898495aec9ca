import { bestTrial, compareValues, metricValue } from "../objective/index.ts";
import type { StudyState } from "../trial/study-state.ts";
import type { Trial } from "../trial/trial.ts";

/** Tells of each finished trial whether it is the best so far, without looking at all of them again. */
export class BestWatch {
  readonly #state: StudyState;
  #best: number | null = null;
  #begun = false;

  constructor(state: StudyState) {
    this.#state = state;
  }

  add(trial: Trial): boolean {
    const [metric] = this.#state.definition.metrics;
    if (metric === undefined) return false;
    if (!this.#begun) {
      this.#begun = true;
      const others = this.#state.trials().filter((other) => other.number !== trial.number);
      const best = bestTrial(others, metric);
      this.#best = best === null ? null : metricValue(best, metric.name);
    }
    const value = metricValue(trial, metric.name);
    if (trial.state !== "complete" || !Number.isFinite(value)) return false;
    if (this.#best !== null && compareValues(value, this.#best, metric.direction) >= 0) return false;
    this.#best = value;
    return true;
  }
}
