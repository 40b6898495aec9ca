import { StorageConflict } from "../errors.ts";
import type { Executor, FrozenJob } from "../executor/executor.ts";
import { giveUpFrozen } from "./frozen-elsewhere.ts";
import { leastPromising } from "./least-promising.ts";
import type { StudyLog } from "./study-log.ts";

/** Of the memory there is: what frozen programs of all tuners may hold unless it is said otherwise, and what is to be left free. */
const SHARE = 0.25;
const LEAST_FREE = 0.05;

/** How often it is looked whether somebody else gave up what is kept here, in ms. */
const LOOK_MS = 2_000;

export interface FreezeLimits {
  /** Bytes that frozen programs may hold together; null for a quarter of what there is. */
  readonly memory: number | null;
  /** What a program gets to end that is given up, in ms. */
  readonly graceMs: number;
}

interface Kept {
  readonly token: string;
  readonly job: FrozenJob;
  /** `pausing`: the log does not have it yet; `waking`: it is being run on. */
  state: "pausing" | "paused" | "waking";
  /** Its program is no more. */
  isGone: boolean;
}

/**
 * The trials of one run whose programs stand still in the memory of this machine. The log says which: what it gave up, or let another go
 * on with, is ended here.
 */
export class FrozenTrials {
  readonly #log: StudyLog;
  readonly #executor: Executor;
  readonly #limits: FreezeLimits;
  readonly #fail: (error: unknown) => void;
  readonly #kept = new Map<number, Kept>();
  readonly #ending = new Set<FrozenJob>();
  readonly #ends = new Set<Promise<unknown>>();
  #timer: ReturnType<typeof setInterval> | undefined;
  #closing = false;
  #fitting: Promise<void> = Promise.resolve();

  /** `executor` has a `memory`, where any program ever stands still; `fail` is told of errors of the storage. */
  constructor(log: StudyLog, executor: Executor, limits: FreezeLimits, fail: (error: unknown) => void) {
    this.#log = log;
    this.#executor = executor;
    this.#limits = limits;
    this.#fail = fail;
    log.follow(() => this.#look());
  }

  /** Takes a program that stands still, before the log has it; false where too little memory is free, or all ends, which leaves it to the caller. */
  async admit(trial: number, token: string, job: FrozenJob): Promise<boolean> {
    const { available, total } = await this.#executor.memory!();
    if (this.#closing || available < Math.max(job.bytes, total * LEAST_FREE)) return false;
    const kept: Kept = { token, job, state: "pausing", isGone: false };
    this.#kept.set(trial, kept);
    void job.over.then(() => this.#isGone(trial, kept));
    return true;
  }

  /** The log has it now, by that token; or has not (`paused` false), and it is let go. */
  settle(trial: number, token: string, paused: boolean): void {
    const kept = this.#kept.get(trial);
    if (!paused) {
      if (kept !== undefined) this.#letGo(trial, kept);
      return;
    }
    if (kept === undefined) {
      // It was let go, or died, before the log had it.
      this.#track(giveUpFrozen(this.#log, trial, token));
      return;
    }
    kept.state = "paused";
    this.#timer ??= setInterval(() => void this.#refresh(), LOOK_MS);
    this.#fitting = this.#fitting.then(() => this.#fit()).catch(this.#fail);
  }

  /** Runs a trial on by `resume`, which takes the token of what is kept here. */
  async wake<T>(trial: number, resume: (token: string) => Promise<T>): Promise<T> {
    const kept = this.#kept.get(trial);
    if (kept === undefined) throw new StorageConflict(`The program of trial ${trial} is not in memory here any more.`);
    kept.state = "waking";
    try {
      return await resume(kept.token);
    } finally {
      // Whether it is run on now says the log.
      if (this.#log.state.frozenBy(trial)?.token === kept.token) {
        kept.state = "paused";
        if (kept.isGone) this.#isGone(trial, kept);
      }
    }
  }

  has(trial: number): boolean {
    return this.#kept.get(trial)?.state === "paused";
  }

  /** The program of a trial that is run on by `wake`; null for any other. */
  take(trial: number): FrozenJob | null {
    const kept = this.#kept.get(trial);
    if (kept?.state !== "waking") return null;
    this.#kept.delete(trial);
    return kept.job;
  }

  /** Ends all, the log first, and takes no more; `now` without any grace. */
  async close(now: boolean): Promise<void> {
    this.#closing = true;
    clearInterval(this.#timer);
    const giving = [...this.#kept].map(async ([trial, kept]) => {
      try {
        if (kept.state === "paused") await giveUpFrozen(this.#log, trial, kept.token);
      } finally {
        this.#letGo(trial, kept);
      }
    });
    const given = await Promise.allSettled(giving);
    if (now) this.kill();
    while (this.#ends.size > 0) await Promise.allSettled(this.#ends);
    for (const one of given) if (one.status === "rejected") throw one.reason;
  }

  /** Ends at once what is ending. */
  kill(): void {
    for (const job of this.#ending) this.#track(job.end(0));
  }

  /** Gives up the least promising ones until the rest may stay. */
  async #fit(): Promise<void> {
    const { total, frozen } = await this.#executor.memory!();
    const allowed = this.#limits.memory ?? total * SHARE;
    const own = [...this.#kept.values()].reduce((sum, { job }) => sum + job.bytes, 0);
    for (let over = Math.max(frozen, own) - allowed; over > 0; ) {
      const paused = [...this.#kept].filter(([, { state }]) => state === "paused").map(([trial]) => trial);
      const { history, revision, state } = this.#log;
      const trial = leastPromising(history.view(revision), paused, state.metrics);
      if (trial === null) return;
      const kept = this.#kept.get(trial)!;
      over -= Math.max(1, kept.job.bytes);
      await giveUpFrozen(this.#log, trial, kept.token);
      this.#letGo(trial, kept);
    }
  }

  /** Its program died where it stood, or did not stand still for good. */
  #isGone(trial: number, kept: Kept): void {
    kept.isGone = true;
    if (this.#kept.get(trial) !== kept || kept.state === "waking") return;
    this.#kept.delete(trial);
    this.#track(giveUpFrozen(this.#log, trial, kept.token));
  }

  async #refresh(): Promise<void> {
    try {
      if (this.#kept.size > 0 && !this.#log.isClosed) await this.#log.refresh();
    } catch (error) {
      this.#fail(error);
    }
  }

  /** What the log does not say to be kept here is let go, and what it hides given up. */
  #look(): void {
    for (const [trial, kept] of this.#kept) {
      if (kept.state !== "paused") continue;
      const { state } = this.#log;
      const isKept = state.frozenBy(trial)?.token === kept.token;
      if (isKept && !state.isInvalid(trial)) continue;
      this.#letGo(trial, kept);
      if (isKept) this.#track(giveUpFrozen(this.#log, trial, kept.token));
    }
  }

  #letGo(trial: number, { job }: Kept): void {
    if (this.#kept.get(trial)?.job !== job) return;
    this.#kept.delete(trial);
    this.#ending.add(job);
    this.#track(job.end(this.#limits.graceMs));
  }

  #track(end: Promise<unknown>): void {
    const tracked = end.then(() => undefined, this.#fail);
    this.#ends.add(tracked);
    void tracked.then(() => this.#ends.delete(tracked));
  }
}
