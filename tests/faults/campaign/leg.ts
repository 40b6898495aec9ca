import { setTimeout as sleep } from "node:timers/promises";
import { isAlive } from "../support/processes.ts";
import type { Deeds } from "./check-attempt.ts";
import { attemptKey, type Entry, readJournal, uptime } from "./journal.ts";
import type { Stage, TunerOptions } from "./stage.ts";
import type { StandstillWatch } from "./standstill.ts";
import type { Tuner } from "./tuner.ts";

/** A part of a round: some tuners work on one study until it has `wanted` trials, while faults come over them. */
export class Leg {
  readonly stage: Stage;
  readonly watch: StandstillWatch;
  readonly draw: () => number;
  readonly deeds: Deeds;
  /** Trials that the study is to have in the end; more when `attune ask` took one on top of them. */
  wanted: number;

  #alone: Promise<unknown> = Promise.resolve();

  constructor(stage: Stage, watch: StandstillWatch, draw: () => number, deeds: Deeds, wanted: number) {
    this.stage = stage;
    this.watch = watch;
    this.draw = draw;
    this.deeds = deeds;
    this.wanted = wanted;
  }

  tune(options?: TunerOptions): Tuner {
    return this.stage.tune(this.wanted, 2 + Math.floor(this.draw() * 2), options);
  }

  /** A whole number from 0 to below `count`. */
  pick(count: number): number {
    return Math.floor(this.draw() * count);
  }

  one<T>(list: readonly T[]): T | undefined {
    return list[this.pick(list.length)];
  }

  /** Lets up to so many ms pass. */
  async moment(most: number): Promise<void> {
    await sleep(this.draw() * most);
  }

  living(): readonly Tuner[] {
    return this.stage.tuners.filter(({ alive, stopped, opening }) => alive && !stopped && !opening);
  }

  /** Attempts whose programs run now, by their own word; none of those by hand, whose process is the campaign's own. */
  programs(): readonly Entry[] {
    const journal = readJournal(this.stage.journal);
    const over = new Set(journal.filter(({ what }) => what === "end").map(attemptKey));
    return journal.filter((entry) => isBegun(entry) && !over.has(attemptKey(entry)) && isAlive(entry.pid));
  }

  /** Waits until programs of a living tuner run; false when all have ended. */
  async busy(): Promise<boolean> {
    while (this.living().length > 0) {
      if (this.programs().length > 0) return true;
      await sleep(10);
    }
    return false;
  }

  /** Kills a process of a tuner; false when it was gone. */
  kill(pid: number, signal: NodeJS.Signals = "SIGKILL"): boolean {
    try {
      process.kill(pid, signal);
      return true;
    } catch (error) {
      if (error instanceof Error && "code" in error && error.code === "ESRCH") return false;
      throw error;
    }
  }

  /** Lets processes of a tuner, itself among them, stand still for so long. */
  async stop(tuner: Tuner, pids: readonly number[], ms: number): Promise<void> {
    const own = pids.includes(tuner.pid);
    tuner.stopped = own;
    for (const pid of pids) this.kill(pid, "SIGSTOP");
    await sleep(ms);
    for (const pid of pids) this.kill(pid, "SIGCONT");
    tuner.stopped = false;
    this.watch.lifted();
  }

  /** One of these at a time: what is done by hand must not meet a disk that is full on purpose. */
  async alone<T>(act: () => Promise<T>): Promise<T> {
    const turn = this.#alone.then(act);
    this.#alone = turn.catch(() => undefined);
    return await turn;
  }

  now(): number {
    return uptime();
  }
}

function isBegun({ what, tuner }: Entry): boolean {
  return what === "begin" && tuner >= 0;
}
