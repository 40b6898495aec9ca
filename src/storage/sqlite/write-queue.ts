import type { DatabaseSync, StatementSync } from "node:sqlite";
import { setTimeout as sleep } from "node:timers/promises";
import { faultPoint } from "../fault-point.ts";
import { jitter, type Retry } from "./retry.ts";
import { fillsDisk, storageError } from "./sqlite-error.ts";

interface Item {
  readonly work: (now: number) => unknown;
  /** True for work that gets a transaction of its own. */
  readonly alone: boolean;
  /** True for work whose answer does not wait until the disk has it. */
  readonly soon: boolean;
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: unknown) => void;
}

type Outcome = { readonly value: unknown } | { readonly error: unknown };

/** Writes in one transaction at most, so that other processes get their turn. */
const GROUP = 256;
/** How long writes wait for room on a full disk, in ms, and how often is looked for it: as a rule somebody has to make some. */
const ROOM_PATIENCE_MS = 60_000;
const ROOM_LOOK_MS = 250;
/** So many ms are waited without a word when there was one within the last minute. */
const AGAIN_MS = 4_000;
/** Answers at most that leave before the disk has what they say, and the longest it may take until it is flushed, in ms. */
const UNFLUSHED = 100;
const FLUSH_MS = 5;
/** Ms after the last sign of another writer in which turns are left to others. */
const CONTENDED_FOR = 1_000;

export interface WriteQueueOptions {
  /** Throws when the database must not be written any more. */
  readonly check: () => void;
  /** A transaction failed: what was done in it is undone. */
  readonly forget: () => void;
  /** A transaction is in the file. */
  readonly committed: () => void;
  /** Brings all that was committed to the disk, or throws; left out where a commit does that itself, or nothing is to. */
  readonly flush?: () => void;
  /** All that was answered soon up to the commit of that number is on the disk, unless there is an error. */
  readonly kept?: (commit: number, error: unknown) => void;
  /** The disk is full, and writes wait for room: called once each time, of short ones that follow another at once not at all. */
  readonly waitsForRoom: () => void;
  /** Ms to wait for room; default: a minute. */
  readonly roomPatience?: number;
}

/**
 * Group commit: all writes that wait go into one transaction, each behind a savepoint of its own, so that one that fails
 * is undone alone; an answer goes out only after the commit, and, unless it was to come soon, the flush. While another process holds the lock the thread is free; the queue tries again with random pauses.
 * On a full disk it tries again for a minute: what is to be written may be hours of evaluation.
 */
export class WriteQueue {
  readonly #database: DatabaseSync;
  readonly #savepoint: Record<"begin" | "end" | "undo", StatementSync>;
  readonly #location: string;
  readonly #retry: Retry;
  readonly #options: WriteQueueOptions;
  #items: Item[] = [];
  #running: Promise<void> | null = null;
  #contendedAt = Number.NEGATIVE_INFINITY;
  /** Commits so far, and how many answers have left since the last flush. */
  #commits = 0;
  #unflushed = 0;
  #flushTimer: NodeJS.Timeout | null = null;
  /** Why the disk did not take what was committed: whether it ever will nobody can tell, so nothing more is written. */
  #broken: { readonly cause: unknown } | null = null;
  /** When the disk was first found full since the last commit. */
  #fullSince: number | null = null;
  /** The newest such time of which was told, and when. */
  #told = { of: Number.NaN, at: Number.NEGATIVE_INFINITY };

  constructor(database: DatabaseSync, location: string, retry: Retry, options: WriteQueueOptions) {
    this.#database = database;
    this.#savepoint = {
      begin: database.prepare("SAVEPOINT one"),
      end: database.prepare("RELEASE one"),
      undo: database.prepare("ROLLBACK TO one"),
    };
    this.#location = location;
    this.#retry = retry;
    this.#options = options;
  }

  /** Runs `work` inside a transaction; resolves with its answer once that is committed. */
  write<T>(work: (now: number) => T): Promise<T> {
    return this.#add(work, { alone: false, soon: false });
  }

  /** As `write`, but answered after the commit, whose number comes with it: it is flushed within milliseconds, which `kept` tells. */
  writeSoon<T>(work: (now: number) => T): Promise<{ readonly value: T; readonly commit: number }> {
    const numbered = (now: number) => ({ value: work(now), commit: this.#commits + 1 });
    return this.#add(numbered, { alone: false, soon: true });
  }

  /**
   * As `write`, in a transaction that no other work shares: whatever becomes of it concerns nobody else. It changes no cached state, and
   * is not flushed on purpose.
   */
  writeAlone<T>(work: () => T): Promise<T> {
    return this.#add(work, { alone: true, soon: true });
  }

  #add<T>(work: (now: number) => T, how: Pick<Item, "alone" | "soon">): Promise<T> {
    const { promise, resolve, reject } = Promise.withResolvers<T>();
    this.#items.push({ work, ...how, resolve: (value) => resolve(value as T), reject });
    this.#running ??= this.#drain();
    return promise;
  }

  /** Resolves when nothing waits any more and all of it is flushed. */
  async idle(): Promise<void> {
    while (this.#running !== null) await this.#running;
    if (this.#unflushed > 0) this.#flush();
  }

  async #drain(): Promise<void> {
    // Messages that arrived together are still on their way here: one turn of the loop gathers them.
    await new Promise((resolve) => setImmediate(resolve));
    while (this.#items.length > 0) {
      await this.#leaveTurn();
      await this.#turn();
    }
    this.#running = null;
  }

  /** Processes that just had the lock wake first and would keep it; a short random pause lets another one in. */
  async #leaveTurn(): Promise<void> {
    if (performance.now() - this.#contendedAt < CONTENDED_FOR) await sleep(jitter() / 2);
  }

  async #turn(): Promise<void> {
    let group: readonly Item[] = [];
    try {
      if (this.#broken !== null) throw this.#broken.cause;
      this.#options.check();
      await this.#retry.run(() => this.#database.exec("BEGIN IMMEDIATE"), {
        // What has been evaluated must not be lost because a process stands still.
        patience: Number.POSITIVE_INFINITY,
        onBusy: () => {
          this.#contendedAt = performance.now();
        },
      });
      faultPoint("write.begun");
      group = this.#nextGroup();
      const outcomes = this.#workOn(group);
      faultPoint("write.before-commit");
      this.#database.exec("COMMIT");
      faultPoint("write.committed");
      this.#fullSince = null;
      const answered = this.#answer(group, outcomes);
      this.#options.committed();
      await answered;
    } catch (error) {
      const items = group.length > 0 ? group : this.#items.splice(0);
      const undone = this.#undo(items, error);
      if (!(await this.#waitForRoom(items, error))) for (const item of items) item.reject(undone);
    }
  }

  /** Those that are to come soon first, the others once the disk has what they say; to be waited for where it is not null. */
  #answer(group: readonly Item[], outcomes: readonly Outcome[]): Promise<void> | null {
    this.#commits += 1;
    if (this.#options.flush === undefined) {
      settle(group, outcomes, () => true);
      this.#options.kept?.(this.#commits, null);
      return null;
    }
    settle(group, outcomes, (item) => item.soon);
    const soon = group.filter((item) => item.soon && !item.alone).length;
    this.#unflushed += soon;
    const waits = group.some((item) => !item.soon);
    if (!waits && this.#unflushed < UNFLUSHED) {
      if (soon > 0) this.#flushTimer ??= setTimeout(() => this.#flush(), FLUSH_MS);
      return null;
    }
    const rest = (): void => {
      this.#flush();
      const { cause } = this.#broken ?? {};
      settle(group, this.#broken === null ? outcomes : group.map(() => ({ error: cause })), (item) => !item.soon);
    };
    if (soon === 0) {
      rest();
      return null;
    }
    // A flush stands in the way of answers that have not left yet.
    return new Promise<void>((resolve) => setImmediate(resolve)).then(rest);
  }

  #flush(): void {
    if (this.#flushTimer !== null) clearTimeout(this.#flushTimer);
    this.#flushTimer = null;
    const { flush, kept } = this.#options;
    try {
      if (this.#broken === null) flush?.();
    } catch (error) {
      this.#broken = { cause: storageError(this.#location, error) };
    }
    if (this.#unflushed > 0) kept?.(this.#commits, this.#broken?.cause ?? null);
    this.#unflushed = 0;
  }

  /** Puts them back for another try while the disk is full, as long as the patience lasts; false when they are given up. */
  async #waitForRoom(items: readonly Item[], error: unknown): Promise<boolean> {
    if (items[0]?.alone || !fillsDisk(this.#location, error)) return false;
    const { waitsForRoom, roomPatience = ROOM_PATIENCE_MS } = this.#options;
    const now = performance.now();
    if (now - (this.#fullSince ?? now) >= roomPatience) return false;
    this.#fullSince ??= now;
    const { of, at } = this.#told;
    if (of !== this.#fullSince && (now - at >= roomPatience || now - this.#fullSince >= AGAIN_MS)) {
      this.#told = { of: this.#fullSince, at: now };
      waitsForRoom();
    }
    this.#items.unshift(...items);
    await sleep(ROOM_LOOK_MS);
    return true;
  }

  #nextGroup(): readonly Item[] {
    if (this.#items[0]?.alone) return this.#items.splice(0, 1);
    const alone = this.#items.findIndex((item) => item.alone);
    return this.#items.splice(0, alone < 0 ? GROUP : Math.min(alone, GROUP));
  }

  #workOn(group: readonly Item[]): readonly Outcome[] {
    const now = Date.now();
    return group.map((item) => this.#workOnOne(item, now));
  }

  /** What an item that fails has written is undone, whatever its error; the others of the group go on. */
  #workOnOne(item: Item, now: number): Outcome {
    this.#savepoint.begin.run();
    try {
      const value = item.work(now);
      this.#savepoint.end.run();
      return { value };
    } catch (error) {
      // SQLite gives up a whole transaction by itself when the disk is full or fails; if it did not, all wait for room together.
      if (!this.#database.isTransaction || fillsDisk(this.#location, error)) throw error;
      this.#savepoint.undo.run();
      this.#savepoint.end.run();
      return { error: storageError(this.#location, error) };
    }
  }

  /** Takes back what a failed transaction did; answers what to say of it. */
  #undo(group: readonly Item[], error: unknown): unknown {
    if (!group[0]?.alone) this.#options.forget();
    const shown = storageError(this.#location, error);
    try {
      if (this.#database.isTransaction) this.#database.exec("ROLLBACK");
      return shown;
    } catch (second) {
      return new AggregateError([shown, second], "A failed transaction could not be rolled back.");
    }
  }
}

function settle(group: readonly Item[], outcomes: readonly Outcome[], which: (item: Item) => boolean): void {
  for (const [k, item] of group.entries()) {
    if (!which(item)) continue;
    const outcome = outcomes[k]!;
    if ("error" in outcome) item.reject(outcome.error);
    else item.resolve(outcome.value);
  }
}
