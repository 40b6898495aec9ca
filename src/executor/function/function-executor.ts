import { AttuneError } from "../../errors.ts";
import { defineByRun } from "../../space/define-by-run.ts";
import type { JsonValue } from "../../space/json.ts";
import type { Parameter } from "../../space/parameter.ts";
import type { Executor, Job, JobControl, JobEvents, JobResult, MemoryState } from "../executor.ts";
import { JobRelay } from "../job-relay.ts";
import { asValues, badReport, preempted, resultOfError, resultOfValue } from "./function-result.ts";
import { ReportPause } from "./report-pause.ts";
import { roomFor } from "./room-for.ts";
import type { TrialHandle } from "./trial-handle.ts";

export type { TrialHandle } from "./trial-handle.ts";

type Returned = number | Readonly<Record<string, number>>;

export interface FunctionExecutorOptions {
  /** Trains and answers the value of the one objective, or values by metric. */
  readonly run: (trial: TrialHandle) => Returned | Promise<Returned>;
}

/**
 * Runs attempts as calls of one function in this process. A function cannot be ended from outside: `kill` only stops
 * waiting for it. For functions that keep the processor busy see the module executor.
 */
export class FunctionExecutor implements Executor {
  readonly name = "function";
  readonly #run: FunctionExecutorOptions["run"];
  readonly #closing = new AbortController();

  constructor(options: FunctionExecutorOptions) {
    this.#run = options.run;
  }

  async run(job: Job, events: JobEvents, control: JobControl): Promise<JobResult> {
    if (control.stop.aborted || control.kill.aborted || this.#closing.signal.aborted) return preempted({});
    const relay = new JobRelay(events, control);
    return await relay.run(async () => await this.#call(job, relay));
  }

  /** What waits in a paused function takes nothing that could be measured. */
  async memory(): Promise<MemoryState> {
    return { total: Number.POSITIVE_INFINITY, available: Number.POSITIVE_INFINITY, frozen: 0 };
  }

  async #call(job: Job, relay: JobRelay): Promise<JobResult> {
    const { stop } = relay.control;
    const kill = AbortSignal.any([relay.control.kill, this.#closing.signal]);
    const call = new FunctionCall(job, relay, AbortSignal.any([stop, kill]));
    const killed = Promise.withResolvers<JobResult>();
    const onKill = (): void => killed.resolve(preempted(call.last));
    kill.addEventListener("abort", onKill, { once: true });
    try {
      return await Promise.race([call.result(this.#run), killed.promise]);
    } finally {
      kill.removeEventListener("abort", onKill);
      call.end();
    }
  }

  async close(): Promise<void> {
    this.#closing.abort();
  }
}

/** One call of the function, and the handle it gets. */
class FunctionCall {
  readonly #job: Job;
  readonly #relay: JobRelay;
  readonly #pause = new ReportPause();
  readonly #signal: AbortSignal;
  /** The function has seen (or could have seen) that it should end. */
  #told = false;
  #over = false;
  /** Of each metric the newest value. */
  readonly last: Record<string, number> = {};

  constructor(job: Job, relay: JobRelay, signal: AbortSignal) {
    this.#job = job;
    this.#relay = relay;
    this.#signal = signal;
    relay.begun(this.#pause);
    signal.addEventListener("abort", () => this.#pause.thaw(), { once: true });
  }

  async result(run: FunctionExecutorOptions["run"]): Promise<JobResult> {
    try {
      const returned: unknown = await run(this.#handle());
      return this.#told && this.#signal.aborted ? preempted(this.last) : resultOfValue(this.#job, returned);
    } catch (error) {
      return this.#signal.aborted ? preempted(this.last) : resultOfError(error);
    }
  }

  /** Reports from a function that runs on after it was given up are dropped. */
  end(): void {
    this.#over = true;
  }

  #handle(): TrialHandle {
    const call = this;
    return {
      ...defineByRun((parameter) => this.#ask(parameter)),
      params: this.#job.params,
      number: this.#job.trial,
      seed: this.#job.seed,
      until: this.#job.until,
      get signal(): AbortSignal {
        call.#told = true;
        return call.#signal;
      },
      report: (step, value) => {
        this.#report(step, value);
        if (!this.#pause.reported()) this.#relay.end(0);
        const room = roomFor(this.#relay.events);
        return this.#pause.over === null ? room : Promise.all([room, this.#pause.over]).then(() => undefined);
      },
      shouldStop: () => {
        if (this.#signal.aborted) this.#told = true;
        return this.#signal.aborted;
      },
    };
  }

  #ask(parameter: Parameter): JsonValue {
    if (!this.#over) return this.#relay.events.ask(parameter);
    throw new AttuneError(
      "invalid-argument",
      `Trial ${this.#job.trial} is over; its function asks for ${parameter.name} too late.`,
    );
  }

  #report(step: number, value: unknown): void {
    const values = asValues(this.#job, value);
    if (values === null) throw new AttuneError("invalid-argument", badReport(this.#job, value));
    if (!Number.isSafeInteger(step) || step < 0) {
      throw new AttuneError(
        "invalid-argument",
        `trial.report got step ${String(step)}; give a whole number from 0 up.`,
      );
    }
    if (this.#over) return;
    Object.assign(this.last, values);
    this.#relay.events.report(step, values);
  }
}
