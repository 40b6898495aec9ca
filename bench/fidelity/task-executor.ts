import type { Executor, Job, JobControl, JobEvents, JobResult } from "../../src/executor/executor.ts";
import { preempted } from "../../src/executor/function/function-result.ts";
import type { Params } from "../../src/space/json.ts";
import type { OpenFidelityTask } from "./fidelity-task.ts";
import type { RunLog } from "./run-log.ts";

/** The metric's name. */
export const VALUE = "value";

/**
 * Runs the trials of a study on a task, as a program would that keeps a checkpoint where the task resumes and none where it does not.
 * With `reports` a task that resumes tells its value after each unit of the fidelity.
 */
export class TaskExecutor implements Executor {
  readonly name = "task";
  readonly #task: OpenFidelityTask;
  readonly #log: RunLog;
  readonly #reports: boolean;
  /** Spent on evaluations. */
  seconds = 0;

  constructor(task: OpenFidelityTask, log: RunLog, reports: boolean) {
    this.#task = task;
    this.#log = log;
    this.#reports = reports && task.resumes;
  }

  async run(job: Job, events: JobEvents, control: JobControl): Promise<JobResult> {
    if (control.stop.aborted || control.kill.aborted) return preempted({});
    const { [this.#task.space.fidelity.name]: given, ...params } = job.params;
    const until = Number(given);
    const from = job.resumeFrom === null ? 0 : Number(job.resumeFrom);
    if (!(until > from)) throw new Error(`trial ${job.trial} was at ${from} and is to be run to ${until}`);
    let [step, value] = [this.#reports ? from + 1 : until, Number.NaN];
    for (; ; step++) {
      value = await this.#evaluate(params, step);
      if (this.#reports) await report(events, step, value);
      if (control.stop.aborted || step >= until) break;
    }
    this.#log.add(step, from, value);
    const checkpoint = this.#task.resumes ? String(step) : null;
    if (step >= until && !control.stop.aborted) {
      const end = { outcome: "ok", message: null, exitCode: null, signal: null, checkpoint } as const;
      return { state: "complete", values: { [VALUE]: value }, end };
    }
    const { end, ...result } = preempted({ [VALUE]: value });
    return { ...result, end: { ...end, checkpoint } };
  }

  async #evaluate(params: Params, fidelity: number): Promise<number> {
    const begin = performance.now();
    const value = await this.#task.evaluate(params, fidelity);
    this.seconds += (performance.now() - begin) / 1000;
    return value;
  }

  async close(): Promise<void> {}
}

/** Goes on once it was judged. */
async function report(events: JobEvents, step: number, value: number): Promise<void> {
  events.report(step, { [VALUE]: value });
  await events.room();
  await events.settled?.();
}
