import type { Executor, Job, JobControl, JobEvents, JobResult } from "../../../src/executor/executor.ts";
import { keyedStreams } from "../../../src/numeric/random/keyed-streams.ts";
import type { OpenFidelityTask } from "../fidelity-task.ts";
import type { RunLog } from "../run-log.ts";
import { TaskExecutor } from "../task-executor.ts";
import type { VirtualClock } from "./virtual-clock.ts";

/** How a cluster behaves. */
export interface Weather {
  readonly seed: number;
  /** Of the logarithm of how long a full run takes, which has a mean of 1 and is a matter of the configuration. */
  readonly spread: number;
  /** Share of attempts that take `slowness` times as long, which is a matter of the machine. */
  readonly stragglers: number;
  readonly slowness: number;
  /** Share of attempts that come to nothing, at any moment of theirs. */
  readonly lost: number;
}

/** Runs trials on a task as they would be run on workers of a cluster; the clock's time is in full runs of mean length. */
export class ClusterExecutor implements Executor {
  readonly name = "cluster";
  readonly #task: OpenFidelityTask;
  readonly #log: RunLog;
  readonly #clock: VirtualClock;
  readonly #weather: Weather;
  readonly #inner: TaskExecutor;
  /** When attempts began and ended. */
  readonly attempts: { readonly begin: number; readonly end: number }[] = [];
  /** [time, value] of each best value at full fidelity. */
  readonly best: [number, number][] = [];
  lost = 0;
  /** Full runs that were lost. */
  wasted = 0;

  constructor(task: OpenFidelityTask, log: RunLog, clock: VirtualClock, weather: Weather) {
    this.#task = task;
    this.#log = log;
    this.#clock = clock;
    this.#weather = weather;
    this.#inner = new TaskExecutor(task, log, false);
  }

  /** Spent on evaluations. */
  get seconds(): number {
    return this.#inner.seconds;
  }

  async run(job: Job, events: JobEvents, control: JobControl): Promise<JobResult> {
    const from = job.resumeFrom === null ? 0 : Number(job.resumeFrom);
    const cost = this.#log.costOf(Number(job.params[this.#task.space.fidelity.name]), from);
    const { slowness, lostAt } = this.#fate(job);
    const begin = this.#clock.now;
    await this.#clock.sleep(cost * slowness * (lostAt ?? 1));
    this.attempts.push({ begin, end: this.#clock.now });
    if (lostAt !== null) return this.#lose(cost * lostAt);
    const result = await this.#inner.run(job, events, control);
    const value = this.#log.incumbent.at(-1)?.[1];
    if (value !== undefined && value !== this.best.at(-1)?.[1]) this.best.push([this.#clock.now, value]);
    return result;
  }

  async close(): Promise<void> {}

  #lose(cost: number): JobResult {
    this.lost += 1;
    this.wasted += cost;
    this.#log.lose(cost);
    const end = { outcome: "lost", message: "The worker is gone.", exitCode: null, signal: null, checkpoint: null };
    return { state: null, values: {}, end: { ...end, outcome: "lost" } };
  }

  /** How much slower than the mean an attempt is, and with which share of it it is lost. The same whoever decides. */
  #fate({ trial, attempt }: Job): { readonly slowness: number; readonly lostAt: number | null } {
    const { seed, spread, stragglers, slowness, lost } = this.#weather;
    const own = Math.exp(spread * keyedStreams(seed, "cluster", trial).stream("speed").normal() - spread ** 2 / 2);
    const stream = keyedStreams(seed, "cluster", trial, attempt).stream("machine");
    const machine = stream.float() < stragglers ? slowness : 1;
    return { slowness: own * machine, lostAt: stream.float() < lost ? stream.float() : null };
  }
}
