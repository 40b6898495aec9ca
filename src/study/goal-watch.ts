import { AttuneError } from "../errors.ts";
import { compareValues, compileLimits, type Limit, LimitScale, trialResult } from "../objective/index.ts";
import { STATE_CODES } from "../trial/history-view.ts";
import type { Metric } from "../trial/metric.ts";
import type { Trial } from "../trial/trial.ts";
import { RowCosts } from "./row-costs.ts";
import type { Scheduling } from "./scheduling.ts";
import type { StudyLog } from "./study-log.ts";

/** When a study is good enough, or going on is no use; null: never. Both go by its one objective. */
export interface Goals {
  /** Value with which the study ends. */
  readonly target: number | null;
  /** Finished trials without a better one after which the study ends; full runs' worth of steps where its scheduler pauses trials. */
  readonly patience: number | null;
}

export interface GoalReached {
  readonly reason: "target" | "patience";
  readonly message: string;
}

/** A trial that was better than all before it. */
interface Best {
  readonly trial: number;
  readonly value: number;
  /** By how much it breaks each comparison of the limits. */
  readonly excesses: readonly (readonly number[])[];
}

const COMPLETE = STATE_CODES.indexOf("complete");
/** The states before it are no ends of a trial. */
const FIRST_FINISHED = COMPLETE;

/** Looks at the finished trials of all processes, in the order they finished; each once. Imported trials can be the best, but try no patience. */
export class GoalWatch {
  readonly #log: StudyLog;
  readonly #goals: Goals;
  readonly #scheduling: Pick<Scheduling, "promotes">;
  #revision = 0;
  #limits: readonly Limit[] = [];
  #scale: LimitScale | null = null;
  #best: Best | null = null;
  #since = 0;
  /** Steps since then. */
  #steps = 0;
  #costs = new RowCosts();

  /** @throws AttuneError `invalid-argument` for goals that cannot be. */
  constructor(log: StudyLog, goals: Goals, scheduling: Pick<Scheduling, "promotes">) {
    const { target, patience } = goals;
    if (target !== null && !Number.isFinite(target))
      throw new AttuneError("invalid-argument", `target is ${target}; give a finite number.`);
    if (patience !== null && !(Number.isInteger(patience) && patience >= 1))
      throw new AttuneError("invalid-argument", `patience is ${patience}; give a whole number of trials from 1 up.`);
    refuseMany(log.state.metrics, goals);
    this.#log = log;
    this.#goals = goals;
    this.#scheduling = scheduling;
  }

  /** What has been reached by now, or null. */
  check(): GoalReached | null {
    const { target, patience } = this.#goals;
    const [metric] = this.#log.state.metrics;
    if (metric === undefined || (target === null && patience === null)) return null;
    this.#readOn(metric);
    const best = this.#best;
    const reached = best !== null && target !== null && compareValues(best.value, target, metric.direction) <= 0;
    if (reached && this.#keepsLimits(best)) {
      const message = `The target is reached: trial ${best.trial} has ${metric.name} ${best.value} (target ${target}).`;
      return { reason: "target", message };
    }
    const passed = patience === null ? null : this.#passed(patience);
    if (passed === null) return null;
    const than = best === null ? "none has a value" : `none was better than trial ${best.trial}`;
    return { reason: "patience", message: `The last ${passed} brought nothing: ${than}.` };
  }

  /** What brought nothing better, in words, once it is as much as patience allows. */
  #passed(patience: number): string | null {
    const { fullRun, budget } = this.#log.state;
    if (!this.#scheduling.promotes || fullRun === null) return this.#since < patience ? null : `${this.#since} trials`;
    // Before a first full run there is nothing to be better than, as long as there may be one.
    if (this.#best === null && budget.paused + budget.running > 0) return null;
    const runs = this.#steps / fullRun;
    return runs < patience ? null : `${Math.floor(runs * 10) / 10} full runs' worth of steps`;
  }

  #keepsLimits({ excesses }: Best): boolean {
    return this.#scale?.keeps(excesses) ?? true;
  }

  /** A trial was hidden or shown again, or limits changed: what is best, and since when, is read anew. */
  #forget(limits: readonly Limit[]): void {
    this.#revision = 0;
    this.#limits = limits;
    this.#scale = limits.length === 0 ? null : new LimitScale(limits);
    this.#best = null;
    this.#since = 0;
    this.#steps = 0;
    this.#costs = new RowCosts();
  }

  #readOn(metric: Metric): void {
    const { history, revision, state } = this.#log;
    const limits = compileLimits(state.settings.limits);
    if (this.#log.overlaidAt > this.#revision || limits !== this.#limits) this.#forget(limits);
    const { columns } = history.view(revision);
    const values = columns.values[metric.name]!;
    for (const row of history.delta(this.#revision, revision).added) {
      const [trial, state] = [columns.trial[row]!, columns.state[row]!];
      if (this.#scheduling.promotes) this.#steps += this.#costs.add(columns, row, this.#log.trial(trial));
      if (state < FIRST_FINISHED) continue;
      const value = values[row]!;
      const counts = state === COMPLETE && Number.isFinite(value);
      const excesses = counts && this.#scale !== null ? this.#scale.add(trialResult(this.#log.trial(trial))) : [];
      const better = counts && this.#isBetter({ trial, value, excesses }, metric);
      if (better) this.#best = { trial, value, excesses };
      if (better) [this.#since, this.#steps] = [0, 0];
      else if (ranHere(this.#log.trial(trial))) this.#since++;
    }
    this.#revision = revision;
  }

  #isBetter(one: Best, { direction }: Metric): boolean {
    const best = this.#best;
    if (best === null) return true;
    const order = this.#scale?.compare(one.excesses, best.excesses) ?? 0;
    return (order || compareValues(one.value, best.value, direction)) < 0;
  }
}

function refuseMany(metrics: readonly Metric[], { target, patience }: Goals): void {
  if (metrics.length < 2 || (target === null && patience === null)) return;
  const names = metrics.map(({ name }) => name).join(", ");
  const option = target === null ? "patience" : "target";
  throw new AttuneError(
    "invalid-argument",
    `${option} goes by one objective, and the study has ${metrics.length}: ${names}. Leave it out, and end the run by trials or timeout.`,
  );
}

function ranHere({ origin, segments }: Trial): boolean {
  return origin !== "imported" || segments.length > 0;
}
