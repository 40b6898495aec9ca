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

/** What was read of the trials, under the limits, objectives and goals that were in force. */
interface Reading {
  readonly limits: readonly Limit[];
  readonly texts: string;
  readonly leader: Leader;
  readonly costs: RowCosts;
  /** Up to here. */
  revision: number;
  /** Trials, and steps, since the leader was better than all before it. */
  since: number;
  steps: number;
}

/** Looks at the finished trials of all processes, in the order they finished; each once. Imported trials can be the best, but try no patience. */
export class GoalWatch {
  readonly #log: StudyLog;
  readonly #goals: Goals;
  readonly #scheduling: Pick<Scheduling, "promotes">;
  #reading: Reading;

  /** @throws AttuneError `invalid-argument` for a target that the study cannot have. */
  constructor(log: StudyLog, goals: Goals, scheduling: Pick<Scheduling, "promotes">) {
    refuseTarget(log.state.metrics, goals.target);
    this.#log = log;
    this.#goals = goals;
    this.#scheduling = scheduling;
    this.#reading = this.#begun();
  }

  /** What has been reached by now, or null. */
  check(): GoalReached | null {
    const { target, patience } = this.#goals;
    if (target === null && patience === null) return null;
    this.#readOn();
    const { leader } = this.#reading;
    const reached = target === null ? null : leader.reached(target);
    if (reached !== null) return { reason: "target", message: reached };
    const passed = patience === null ? null : this.#passed(patience);
    if (passed === null) return null;
    return {
      reason: "patience",
      message: `The last ${passed} brought nothing: ${leader.words ?? "none has a value"}.`,
    };
  }

  /** What brought nothing better, in words, once it is as much as patience allows. */
  #passed(patience: number): string | null {
    const { fullRun, budget } = this.#log.state;
    const { leader, since, steps } = this.#reading;
    if (!this.#scheduling.promotes || fullRun === null) return since < patience ? null : `${since} trials`;
    // Before a first full run there is nothing to be better than, as long as there may be one.
    if (leader.words === null && budget.paused + budget.running > 0) return null;
    const runs = steps / fullRun;
    return runs < patience ? null : `${Math.floor(runs * 10) / 10} full runs' worth of steps`;
  }

  #begun(): Reading {
    const { metrics, settings } = this.#log.state;
    const limits = compileLimits(settings.limits);
    const leader = metrics.length === 1 ? new BestLeader(metrics[0]!, limits) : new FrontLeader(metrics, limits);
    return { limits, texts: goalWords(metrics), leader, costs: new RowCosts(), revision: 0, since: 0, steps: 0 };
  }

  /** A trial was hidden or shown again, or limits or goals changed: what is best, and since when, is read anew. */
  get #isOutdated(): boolean {
    const { overlaidAt, state } = this.#log;
    const { limits, texts, revision } = this.#reading;
    return (
      overlaidAt > revision || compileLimits(state.settings.limits) !== limits || goalWords(state.metrics) !== texts
    );
  }

  #readOn(): void {
    if (this.#isOutdated) this.#reading = this.#begun();
    const { history, revision } = this.#log;
    const reading = this.#reading;
    const { columns } = history.view(revision);
    for (const row of history.delta(reading.revision, revision).added) {
      const trial = this.#log.trial(columns.trial[row]!);
      if (this.#scheduling.promotes) reading.steps += reading.costs.add(columns, row, trial);
      if (columns.state[row]! < FIRST_FINISHED) continue;
      if (reading.leader.take(trial)) [reading.since, reading.steps] = [0, 0];
      else if (ranHere(trial)) reading.since++;
    }
    reading.revision = revision;
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
