import { StorageConflict } from "../errors.ts";
import type { CheckpointDisk } from "../executor/executor.ts";
import { formatBytes } from "../executor/format-bytes.ts";
import { checkpointToGoOnFrom, resumableAttempt } from "../trial/resumable-attempt.ts";
import type { Trial } from "../trial/trial.ts";
import { leastPromising } from "./least-promising.ts";
import type { StudyLog } from "./study-log.ts";

/** Of what is free and what the checkpoints take themselves: so much they may take unless it is said otherwise. */
const SHARE = 0.5;

/** A checkpoint that counts. */
interface Held {
  readonly path: string;
  readonly bytes: number;
  /** Of the attempt that saved it. */
  readonly token: string;
  /** Whether its trial goes on from it. */
  readonly isUseful: boolean;
}

export interface CheckpointSpaceSetup {
  readonly log: StudyLog;
  /** Where the checkpoints are. */
  readonly disk: CheckpointDisk;
  /** Bytes that they may take; null for half of what is free and they take themselves. */
  readonly limit: number | null;
  /** Told what a user should know. */
  readonly notice: (text: string) => void;
}

/**
 * Keeps what the checkpoints of one study take within an allowance: what nobody goes on from goes first (of pruned and failed trials, and older
 * ones of the others), then those of paused trials, the least promising first, which the log is told. What complete trials saved last stays, and does not count.
 */
export class CheckpointSpace {
  readonly #setup: CheckpointSpaceSetup;
  readonly #held = new Map<number, readonly Held[]>();
  readonly #sizes = new Map<string, number>();
  #used: ReadonlySet<string> = new Set();
  /** Trials of which something was written since they were looked at; null for all. */
  #changed: Set<number> | null = null;
  #fitting: Promise<void> = Promise.resolve();

  constructor(setup: CheckpointSpaceSetup) {
    this.#setup = setup;
    setup.log.follow((news) => {
      for (const { event } of news) if ("trial" in event && event.trial !== null) this.#changed?.add(event.trial);
    });
  }

  /** Makes it so, by what the log says now. */
  async fit(): Promise<void> {
    const fitting = this.#fitting.then(() => this.#fit(this.#setup.disk));
    this.#fitting = fitting.catch(() => undefined);
    await fitting;
  }

  async #fit(disk: CheckpointDisk): Promise<void> {
    this.#look(disk);
    this.#used = this.#inUse();
    const all = [...this.#held.values()].flat();
    if (all.length === 0) return;
    const total = all.reduce((sum, { bytes }) => sum + bytes, 0);
    const { limit } = this.#setup;
    const allowed = limit ?? ((await disk.free(all[0]!.path)) + total) * SHARE;
    const left = await this.#removeUseless(disk, total, allowed);
    await this.#giveUp(disk, left, allowed);
  }

  /** Answers the bytes that are left. */
  async #removeUseless(disk: CheckpointDisk, total: number, allowed: number): Promise<number> {
    let left = total;
    for (const [trial, held] of this.#held) {
      for (const one of held) {
        if (left <= allowed) return left;
        if (one.isUseful || this.#used.has(one.path)) continue;
        await this.#remove(disk, trial, one);
        left -= one.bytes;
      }
    }
    return left;
  }

  async #giveUp(disk: CheckpointDisk, total: number, allowed: number): Promise<void> {
    const { log, notice } = this.#setup;
    const refused = new Set<number>();
    for (let left = total; left > allowed; ) {
      const { history, revision, state } = log;
      const mayLose = (number: number): boolean =>
        !refused.has(number) &&
        this.#held.get(number)?.some(({ isUseful, path }) => isUseful && !this.#used.has(path)) === true;
      const paused = state.paused().filter(mayLose);
      const trial = leastPromising(history.view(revision), paused, state.metrics);
      if (trial === null) return;
      const held = this.#held.get(trial)!.find(({ isUseful }) => isUseful)!;
      refused.add(trial);
      const why = `checkpoints took ${formatBytes(left)} of the ${formatBytes(allowed)} that they may, and it was the least promising of the paused trials`;
      try {
        await log.execute({ type: "give-up", trial, token: held.token, checkpoint: why });
      } catch (error) {
        // It is being run on meanwhile, or somebody else gave it up.
        if (!(error instanceof StorageConflict)) throw error;
        continue;
      }
      await this.#remove(disk, trial, held);
      left -= held.bytes;
      notice(`the checkpoint of trial ${trial} is given up: ${why}; if it is promoted it begins anew.`);
    }
  }

  /** What trials go on from that were made of others and have no checkpoint of their own yet. */
  #inUse(): ReadonlySet<string> {
    const { state } = this.#setup.log;
    const open = [...state.running(), ...state.paused(), ...[state.nextWaiting()].filter((one) => one !== null)];
    const used = open.flatMap((number) => {
      const trial = state.trial(number)!;
      if (trial.branch === undefined) return [];
      return checkpointToGoOnFrom(trial, (other) => state.trial(other)) ?? [];
    });
    return new Set(used);
  }

  async #remove(disk: CheckpointDisk, trial: number, held: Held): Promise<void> {
    await disk.remove(held.path);
    this.#sizes.set(held.path, 0);
    this.#held.set(
      trial,
      this.#held.get(trial)!.filter((one) => one !== held),
    );
  }

  #look(disk: CheckpointDisk): void {
    const { log } = this.#setup;
    const trials = this.#changed === null ? log.state.scan() : [...this.#changed].map((number) => log.trial(number));
    this.#changed = new Set();
    for (const trial of trials) {
      const held = this.#heldBy(trial, disk);
      if (held.length === 0) this.#held.delete(trial.number);
      else this.#held.set(trial.number, held);
    }
  }

  #heldBy(trial: Trial, disk: CheckpointDisk): readonly Held[] {
    const newest = resumableAttempt(trial);
    const goesOn = trial.state === "waiting" || trial.state === "running" || trial.state === "paused";
    return trial.segments.flatMap(({ attempts }) =>
      attempts.flatMap((attempt) => {
        const { checkpoint: path, owner } = attempt;
        const isNewest = newest !== null && attempt.checkpoint === newest.checkpoint;
        if (path === null || (isNewest && trial.state === "complete")) return [];
        const bytes = this.#sizes.get(path) ?? disk.bytes(path);
        this.#sizes.set(path, bytes);
        return bytes === 0 ? [] : [{ path, bytes, token: owner.token, isUseful: isNewest && goesOn }];
      }),
    );
  }
}
