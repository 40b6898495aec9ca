import { AttuneError } from "../errors.ts";
import { compileLimits, goalText, type Limit } from "../objective/index.ts";
import { STATE_CODES } from "../trial/history-view.ts";
import type { Metric } from "../trial/metric.ts";
import type { Trial } from "../trial/trial.ts";
import { BestLeader, FrontLeader, type Leader } from "./leader.ts";
import { RowCosts } from "./row-costs.ts";
import type { Scheduling } from "./scheduling.ts";
import type { StudyLog } from "./study-log.ts";

/** When a study is good enough, or going on is no use; null: never. */
export interface Goals {
  /** Value of the one objective with which the study ends, or `goals`: that all goals are met. */
  readonly target: number | "goals" | null;
  /** Finished trials without a better one after which the study ends; full runs' worth of steps where its scheduler pauses trials. */
  readonly patience: number | null;
}

export interface GoalReached {
  readonly reason: "target" | "patience";
  readonly message: string;
}

/** The states before it are no ends of a trial. */
const FIRST_FINISHED = STATE_CODES.indexOf("complete");

/** Looks at the finished trials of all processes, in the order they finished; each once. Imported trials can be the best, but try no patience. */
export class GoalWatch {
  readonly #log: StudyLog;
  readonly #goals: Goals;
  readonly #scheduling: Pick<Scheduling, "promotes">;
  #revision = 0;
  #limits: readonly Limit[] = [];
  /** The objectives and goals in force. */
  #texts: string;
  #leader: Leader;
  #since = 0;
  /** Steps since then. */
  #steps = 0;
  #costs = new RowCosts();

  /** @throws AttuneError `invalid-argument` for goals that cannot be. */
  constructor(log: StudyLog, goals: Goals, scheduling: Pick<Scheduling, "promotes">) {
    const { target, patience } = goals;
    if (target !== null && target !== "goals" && !Number.isFinite(target))
      throw new AttuneError("invalid-argument", `target is ${target}; give a finite number, or goals.`);
    if (patience !== null && !(Number.isInteger(patience) && patience >= 1))
      throw new AttuneError("invalid-argument", `patience is ${patience}; give a whole number of trials from 1 up.`);
    refuseTarget(log.state.metrics, target);
    this.#log = log;
    this.#goals = goals;
    this.#texts = goalWords(log.state.metrics);
    this.#leader = this.#newLeader();
    this.#scheduling = scheduling;
  }

  /** What has been reached by now, or null. */
  check(): GoalReached | null {
    const { target, patience } = this.#goals;
    if (target === null && patience === null) return null;
    this.#readOn();
    const reached = target === null ? null : this.#leader.reached(target);
    if (reached !== null) return { reason: "target", message: reached };
    const passed = patience === null ? null : this.#passed(patience);
    if (passed === null) return null;
    const than = this.#leader.words ?? "none has a value";
    return { reason: "patience", message: `The last ${passed} brought nothing: ${than}.` };
  }

  /** What brought nothing better, in words, once it is as much as patience allows. */
  #passed(patience: number): string | null {
    const { fullRun, budget } = this.#log.state;
    if (!this.#scheduling.promotes || fullRun === null) return this.#since < patience ? null : `${this.#since} trials`;
    // Before a first full run there is nothing to be better than, as long as there may be one.
    if (this.#leader.words === null && budget.paused + budget.running > 0) return null;
    const runs = this.#steps / fullRun;
    return runs < patience ? null : `${Math.floor(runs * 10) / 10} full runs' worth of steps`;
  }

  #newLeader(): Leader {
    const { metrics } = this.#log.state;
    return metrics.length === 1 ? new BestLeader(metrics[0]!, this.#limits) : new FrontLeader(metrics, this.#limits);
  }

  /** A trial was hidden or shown again, or limits changed: what is best, and since when, is read anew. */
  #forget(limits: readonly Limit[]): void {
    this.#revision = 0;
    this.#limits = limits;
    this.#leader = this.#newLeader();
    this.#since = 0;
    this.#steps = 0;
    this.#costs = new RowCosts();
  }

  #readOn(): void {
    const { history, revision, state } = this.#log;
    const limits = compileLimits(state.settings.limits);
    const goals = goalWords(state.metrics);
    if (this.#log.overlaidAt > this.#revision || limits !== this.#limits || goals !== this.#texts) this.#forget(limits);
    this.#texts = goals;
    const { columns } = history.view(revision);
    for (const row of history.delta(this.#revision, revision).added) {
      const trial = this.#log.trial(columns.trial[row]!);
      if (this.#scheduling.promotes) this.#steps += this.#costs.add(columns, row, trial);
      if (columns.state[row]! < FIRST_FINISHED) continue;
      if (this.#leader.take(trial)) [this.#since, this.#steps] = [0, 0];
      else if (ranHere(trial)) this.#since++;
    }
    this.#revision = revision;
  }
}

function goalWords(metrics: readonly Metric[]): string {
  return JSON.stringify(metrics.map(({ name, direction, goal }) => [name, direction, goal ?? null]));
}

function refuseTarget(metrics: readonly Metric[], target: Goals["target"]): void {
  if (target === null) return;
  const names = metrics.map(({ name }) => name).join(", ");
  if (target === "goals") {
    if (metrics.some((metric) => goalText(metric) !== null)) return;
    const message = `target is goals, and no objective has one (${names}); give goals, such as "${names.split(",")[0]} <= 0.01".`;
    throw new AttuneError("invalid-argument", message);
  }
  if (metrics.length < 2) return;
  const message = `target is one value, and the study has ${metrics.length} objectives: ${names}. Give goals and "target: goals", or end the run by trials or timeout.`;
  throw new AttuneError("invalid-argument", message);
}

function ranHere({ origin, segments }: Trial): boolean {
  return origin !== "imported" || segments.length > 0;
}
