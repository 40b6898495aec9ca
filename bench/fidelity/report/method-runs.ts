import type { RandomStream } from "../../../src/numeric/random/stream-source.ts";
import { resample } from "../../quality/report/bootstrap.ts";
import { taskName } from "../../quality/runner/bench-task.ts";
import type { FidelityTask } from "../fidelity-task.ts";
import type { FidelityRecord } from "../run-record.ts";
import { incumbentRegret } from "./incumbent-regret.ts";

const mean = (values: readonly number[]) => values.reduce((a, b) => a + b, 0) / values.length;

/** The runs of one method on tasks that it has all run. */
export class MethodRuns {
  readonly method: string;
  /** The runs of each task, in the tasks' order. */
  readonly byTask: readonly (readonly FidelityRecord[])[];
  readonly #tasks: readonly FidelityTask[];

  constructor(method: string, tasks: readonly FidelityTask[], byTask: readonly (readonly FidelityRecord[])[]) {
    this.method = method;
    this.#tasks = tasks;
    this.byTask = byTask;
  }

  /** The methods among the runs that have one of every task. */
  static of(tasks: readonly FidelityTask[], records: readonly FidelityRecord[]): readonly MethodRuns[] {
    const methods = Map.groupBy(records, ({ method }) => method);
    return [...methods].flatMap(([method, runs]) => {
      const byTask = tasks.map((task) => runs.filter((run) => taskName(run) === taskName(task)));
      return byTask.some((own) => own.length === 0) ? [] : [new MethodRuns(method, tasks, byTask)];
    });
  }

  /** Least over tasks. */
  get seeds(): number {
    return Math.min(...this.byTask.map((runs) => runs.length));
  }

  /** Mean over seeds of each task's regret with that share of the budget. */
  regrets(share: number): readonly number[] {
    return this.#tasks.map((task, t) => mean(this.byTask[t]!.map((run) => incumbentRegret(task, run, share))));
  }

  /** The same runs drawn with replacement, task by task. */
  resampled(stream: RandomStream): MethodRuns {
    return new MethodRuns(
      this.method,
      this.#tasks,
      this.byTask.map((runs) => resample(stream, runs)),
    );
  }

  /** Those of the tasks at these places. */
  at(places: readonly number[]): MethodRuns {
    return new MethodRuns(
      this.method,
      places.map((t) => this.#tasks[t]!),
      places.map((t) => this.byTask[t]!),
    );
  }

  /** The runs of both that have the same task and seed, as pairs by task. */
  paired(other: MethodRuns): readonly (readonly (readonly [FidelityRecord, FidelityRecord])[])[] {
    return this.byTask.map((runs, t) => {
      const theirs = new Map(other.byTask[t]!.map((run) => [run.seed, run]));
      return runs.flatMap((run) => (theirs.has(run.seed) ? [[run, theirs.get(run.seed)!] as const] : []));
    });
  }
}
