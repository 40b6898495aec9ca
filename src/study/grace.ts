import { AwakeTimer } from "../executor/awake-timer.ts";
import type { RunningJob } from "./run-job.ts";

/** Share of the grace in which trials may simply finish; after it they are asked to end, at its end they are ended. */
const QUIET_SHARE = 0.8;

/** The time running trials get once a run is asked to stop. */
export class Grace {
  readonly #ms: number;
  readonly #jobs: ReadonlySet<RunningJob>;
  #timers: readonly AwakeTimer[] = [];
  #started = false;
  #killing = false;

  constructor(ms: number, jobs: ReadonlySet<RunningJob>) {
    this.#ms = ms;
    this.#jobs = jobs;
  }

  start(): void {
    if (this.#started) return;
    this.#started = true;
    const ask = (): void => this.#each((job) => job.control.stop.abort());
    this.#timers = [new AwakeTimer(this.#ms * QUIET_SHARE, ask), new AwakeTimer(this.#ms, () => this.now())];
  }

  /** Ends every running trial at once. */
  now(): void {
    this.#killing = true;
    this.clear();
    this.#each((job) => {
      job.control.stop.abort();
      job.control.kill.abort();
    });
  }

  /** True once trials are being ended: one that begins now must not. */
  get killing(): boolean {
    return this.#killing;
  }

  clear(): void {
    for (const timer of this.#timers) timer.clear();
    this.#timers = [];
  }

  #each(act: (job: RunningJob) => void): void {
    for (const job of this.#jobs) act(job);
  }
}
