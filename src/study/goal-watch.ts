import { AttuneError } from "../errors.ts";
import { compareValues } from "../objective/index.ts";
import { STATE_CODES } from "../trial/history-view.ts";
import type { Trial } from "../trial/trial.ts";
import type { StudyLog } from "./study-log.ts";

/** When a study is good enough, or going on is no use; null: never. */
export interface Goals {
  /** Value of the first metric with which the study ends. */
  readonly target: number | null;
  /** Finished trials without a better value after which the study ends. */
  readonly patience: number | null;
}

export interface GoalReached {
  readonly reason: "target" | "patience";
  readonly message: string;
}

const COMPLETE = STATE_CODES.indexOf("complete");
/** The states before it are no ends of a trial. */
const FIRST_FINISHED = COMPLETE;

/** Looks at the finished trials of all processes, in the order they finished; each once. Imported trials can be the best, but try no patience. */
export class GoalWatch {
  readonly #log: StudyLog;
  readonly #goals: Goals;
  #revision = 0;
  #best: { readonly trial: number; readonly value: number } | null = null;
  #since = 0;

  /** @throws AttuneError `invalid-argument` for goals that cannot be. */
  constructor(log: StudyLog, goals: Goals) {
    const { target, patience } = goals;
    if (target !== null && !Number.isFinite(target))
      throw new AttuneError("invalid-argument", `target is ${target}; give a finite number.`);
    if (patience !== null && !(Number.isInteger(patience) && patience >= 1))
      throw new AttuneError("invalid-argument", `patience is ${patience}; give a whole number of trials from 1 up.`);
    this.#log = log;
    this.#goals = goals;
  }

  /** What has been reached by now, or null. */
  check(): GoalReached | null {
    const { target, patience } = this.#goals;
    const [metric] = this.#log.state.metrics;
    if (metric === undefined || (target === null && patience === null)) return null;
    this.#readOn(metric.name);
    const best = this.#best;
    if (target !== null && best !== null && compareValues(best.value, target, metric.direction) <= 0) {
      const message = `The target is reached: trial ${best.trial} has ${metric.name} ${best.value} (target ${target}).`;
      return { reason: "target", message };
    }
    if (patience === null || this.#since < patience) return null;
    const than = best === null ? "none has a value" : `none was better than trial ${best.trial}`;
    return { reason: "patience", message: `The last ${this.#since} trials brought nothing: ${than}.` };
  }

  /** A trial was hidden or shown again: what is best, and since when, is read anew. */
  #forget(): void {
    this.#revision = 0;
    this.#best = null;
    this.#since = 0;
  }

  #readOn(name: string): void {
    const [metric] = this.#log.state.metrics;
    if (this.#log.overlaidAt > this.#revision) this.#forget();
    const { history, revision } = this.#log;
    const { columns } = history.view(revision);
    const values = columns.values[name]!;
    for (const row of history.delta(this.#revision, revision).added) {
      const [trial, state] = [columns.trial[row]!, columns.state[row]!];
      if (state < FIRST_FINISHED) continue;
      const value = values[row]!;
      const better =
        state === COMPLETE &&
        Number.isFinite(value) &&
        (this.#best === null || compareValues(value, this.#best.value, metric!.direction) < 0);
      if (better) this.#best = { trial, value };
      if (better) this.#since = 0;
      else if (ranHere(this.#log.trial(trial))) this.#since++;
    }
    this.#revision = revision;
  }
}

function ranHere({ origin, segments }: Trial): boolean {
  return origin !== "imported" || segments.length > 0;
}
