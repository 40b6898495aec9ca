import { frozenMemory } from "../../executor/command/frozen-memory.ts";
import type { Executor, Job, JobControl, JobEvents, JobResult, MemoryState } from "../../executor/executor.ts";
import { preempted } from "../../executor/function/function-result.ts";
import { JobRelay } from "../../executor/job-relay.ts";
import { CallerJob } from "./caller-job.ts";

/** What a caller is told about its jobs. */
export type JobEvent =
  | { readonly type: "job"; readonly job: number; readonly of: Job }
  | { readonly type: "stop" | "freeze" | "kill" | "wake"; readonly job: number };

export interface CallerExecutorSetup {
  readonly say: (event: JobEvent) => void;
  /** Whether jobs can stand still. */
  readonly freezes: boolean;
  /** The caller's functions run on this machine, and take of its memory. */
  readonly here: boolean;
}

/** Attempts are run by whoever started the run, and are told about: functions of another language, in processes of their own. */
export class CallerExecutor implements Executor {
  readonly name = "caller";
  readonly memory?: () => Promise<MemoryState>;
  readonly #say: (event: JobEvent) => void;
  readonly #jobs = new Map<number, CallerJob>();
  readonly #closing = new AbortController();
  #last = 0;

  constructor({ say, freezes, here }: CallerExecutorSetup) {
    this.#say = say;
    if (freezes) this.memory = async () => await this.#memory(here);
  }

  async run(job: Job, events: JobEvents, control: JobControl): Promise<JobResult> {
    const relay = new JobRelay(events, control);
    return await relay.run(async () => await this.#run(job, relay));
  }

  /** A job under way, also one that stands still; undefined once it is over. */
  job(number: number): CallerJob | undefined {
    return this.#jobs.get(number);
  }

  async close(): Promise<void> {
    this.#closing.abort();
    await Promise.all([...this.#jobs.values()].map((job) => job.result));
  }

  async #run(job: Job, relay: JobRelay): Promise<JobResult> {
    const kill = AbortSignal.any([relay.control.kill, this.#closing.signal]);
    const { stop } = relay.control;
    if (stop.aborted || kill.aborted) return preempted({});
    this.#last += 1;
    const number = this.#last;
    const running = new CallerJob(job, relay, (type) => this.#say({ type, job: number }));
    this.#jobs.set(number, running);
    const onStop = (): void => running.stop();
    const onKill = (): void => running.kill();
    stop.addEventListener("abort", onStop, { once: true });
    kill.addEventListener("abort", onKill, { once: true });
    this.#say({ type: "job", job: number, of: job });
    relay.begun(running);
    try {
      return await running.result;
    } finally {
      this.#jobs.delete(number);
      stop.removeEventListener("abort", onStop);
      kill.removeEventListener("abort", onKill);
    }
  }

  async #memory(here: boolean): Promise<MemoryState> {
    const held = [...this.#jobs.values()].reduce((sum, job) => sum + job.held, 0);
    if (!here) return { total: Number.POSITIVE_INFINITY, available: Number.POSITIVE_INFINITY, frozen: held };
    const { total, available, frozen } = await frozenMemory();
    return { total, available, frozen: frozen + held };
  }
}
