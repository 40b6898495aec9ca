import type { DatabaseSync } from "node:sqlite";
import { AttuneError } from "../../errors.ts";
import type { StudyCommand } from "../../trial/command.ts";
import { faultPoint } from "../fault-point.ts";
import type { StudyId } from "../storage.ts";
import { ChangeWatch } from "./change-watch.ts";
import { checkStorage, type StorageCheck } from "./check-storage.ts";
import { Checkpoints } from "./checkpoints.ts";
import { copyStorage } from "./copy-storage.ts";
import { LeaseKeeper } from "./lease-keeper.ts";
import { LogFlush } from "./log-flush.ts";
import { openDatabase, type Synchronous } from "./open-database.ts";
import { Retry } from "./retry.ts";
import { sameFiles } from "./same-files.ts";
import { SqliteEngine } from "./sqlite-engine.ts";
import { storageError, waitingForRoom } from "./sqlite-error.ts";
import { type Done, packError, type ThreadHandlers, type ThreadReply, type ThreadRequest } from "./thread-messages.ts";
import { WriteQueue } from "./write-queue.ts";

/** Ms after upkeep of the file failed in which it is not tried again. */
const REST_MS = 60_000;

interface Opened {
  readonly file: string;
  readonly retry: Retry;
  readonly database: DatabaseSync;
  readonly engine: SqliteEngine;
  readonly queue: WriteQueue;
  readonly checkpoints: Checkpoints;
  readonly leases: LeaseKeeper;
  readonly changes: ChangeWatch;
  readonly flush: LogFlush | null;
}

/** The database side of a SqliteStorage: opened by the first message, one connection, one queue of writes. */
class SqliteServer {
  readonly #say: (notice: string) => void;
  readonly #onlyLooks: boolean;
  readonly #kept: (commit: number, error: unknown) => void;
  /** The newest revision of each study that went out with an answer, or will once its transaction is committed. */
  readonly #sent = new Map<StudyId, number>();
  #opened: Opened | null = null;
  #upkeep: Promise<void> | null = null;
  #restsUntil = 0;

  readonly handlers: ThreadHandlers = {
    open: (file, synchronous, renewMs) => this.#open(file, synchronous, renewMs),
    createStudy: (definition, enqueued) => this.#write((engine, now) => engine.createStudy(definition, enqueued, now)),
    execute: async (study, command, known, soon) => {
      const { engine, queue } = this.#parts();
      const work = (now: number): Done => this.#execute(engine, study, command, known, now);
      if (soon !== true) {
        const done = await queue.write(work);
        this.#opened?.leases.took(study, command);
        return done;
      }
      const { value, commit } = await queue.writeSoon(work);
      this.#opened?.leases.took(study, command);
      return { ...value, commit };
    },
    renew: (study, tokens, ttl) => this.#write((engine, now) => engine.renew(study, tokens, ttl, now)),
    addTuningTime: (study, elapsed) => this.#write((engine, now) => engine.addTuningTime(study, elapsed, now)),
    findStudy: (name) => this.#read((engine) => engine.findStudy(name)),
    listStudies: () => this.#read((engine) => engine.listStudies()),
    overview: () => this.#read((engine) => engine.overview()),
    read: (study, after, upTo) => this.#read((engine) => engine.read(study, after, upTo)),
    outline: (study) => this.#read((engine) => engine.outline(study)),
    trials: (study, query) => this.#read((engine) => engine.trials(study, query)),
    load: (study) => this.#read((engine) => engine.load(study)),
    look: (study) => this.#read((engine) => engine.look(study)),
    changed: async (key, study, after) => {
      await this.#parts().changes.wait(key, study, after);
      return null;
    },
    stopWaiting: async (key) => {
      this.#opened?.changes.forget(key);
      return null;
    },
    revision: (study) => this.#read((engine) => engine.revision(study)),
    expired: (study, tokens) => this.#read((engine) => engine.expired(study, tokens, Date.now())),
    copy: (to) => this.#copy(to),
    check: () => this.#check(),
    close: () => this.#close(),
  };

  /** `say` gets a sentence about something that needs a person, while work goes on or waits; `kept` what was answered soon and is flushed. */
  constructor(say: (notice: string) => void, kept: (commit: number, error: unknown) => void, onlyLooks: boolean) {
    this.#onlyLooks = onlyLooks;
    this.#say = say;
    this.#kept = kept;
  }

  async #open(file: string, synchronous: Synchronous, renewMs: number): Promise<null> {
    const retry = new Retry(file, this.#say);
    const database = await openDatabase(file, { synchronous }, retry);
    const flush = synchronous === "full" ? LogFlush.open(file) : null;
    // The queue flushes what waits for it, and so many transactions at once.
    if (flush !== null) database.exec("PRAGMA synchronous = NORMAL");
    const engine = new SqliteEngine(database, file, this.#onlyLooks);
    const checkpoints = new Checkpoints(database, file);
    const changes = new ChangeWatch(database, (study) => engine.revision(study));
    const queue = new WriteQueue(database, file, retry, {
      check: await retry.run(() => sameFiles(file)),
      forget: () => {
        engine.forget();
        this.#sent.clear();
      },
      committed: () => {
        checkpoints.committed();
        changes.committed();
        this.#upkeepIfDue();
      },
      waitsForRoom: () => this.#say(waitingForRoom(file)),
      ...(flush !== null && { flush: () => flush.now() }),
      kept: this.#kept,
    });
    const leases = new LeaseKeeper(
      {
        holds: (study, token) => engine.holdsTrial(study, token),
        renew: (study, tokens, ttl) => this.handlers.renew(study, tokens, ttl),
        failed: (error) => this.#say(packError(error).message),
      },
      renewMs,
    );
    this.#opened = { file, retry, database, engine, queue, checkpoints, leases, changes, flush };
    return null;
  }

  #parts(): Opened {
    if (this.#opened === null) throw new AttuneError("internal", "The storage was used before it was opened.");
    return this.#opened;
  }

  #write<T>(work: (engine: SqliteEngine, now: number) => T): Promise<T> {
    const { engine, queue } = this.#parts();
    return queue.write((now) => work(engine, now));
  }

  /** Of many commands under way each learns of all the others' events: they go to the caller once. */
  #execute(engine: SqliteEngine, study: StudyId, command: StudyCommand, known: number, now: number): Done {
    const after = Math.max(known, this.#sent.get(study) ?? 0);
    const { result, rows } = engine.execute(study, command, after, now);
    const revision = rows.at(-1)?.revision ?? after;
    this.#sent.set(study, revision);
    return { result, rows, revision };
  }

  async #read<T>(work: (engine: SqliteEngine) => T): Promise<T> {
    const { file, retry, engine } = this.#parts();
    try {
      return await retry.run(() => work(engine));
    } catch (error) {
      throw storageError(file, error);
    }
  }

  async #copy(to: string): Promise<null> {
    const { database } = this.#parts();
    try {
      await copyStorage(database, to);
    } catch (error) {
      throw storageError(to, error);
    }
    return null;
  }

  async #check(): Promise<StorageCheck> {
    const { file, retry, database, queue } = this.#parts();
    await queue.idle();
    try {
      return await retry.run(() => checkStorage(database));
    } catch (error) {
      throw storageError(file, error);
    }
  }

  #upkeepIfDue(): void {
    const { engine } = this.#parts();
    if (this.#upkeep !== null || performance.now() < this.#restsUntil) return;
    if (engine.worthSnapshot(false).length + engine.worthPacking().length === 0) return;
    this.#upkeep = this.#keepUp(false).finally(() => {
      this.#upkeep = null;
    });
  }

  /** Snapshots and packed events are only shortcuts: when they cannot be written somebody is told, and nothing is lost by it. */
  async #keepUp(closing: boolean): Promise<void> {
    for (const work of [() => this.#writeSnapshots(closing), () => this.#packEvents()]) {
      try {
        await work();
      } catch (error) {
        this.#restsUntil = performance.now() + REST_MS;
        this.#say(`${packError(error).message} (It was upkeep of the file: nothing is lost, it is tried again later.)`);
      }
    }
  }

  async #writeSnapshots(closing: boolean): Promise<void> {
    const { engine, queue } = this.#parts();
    for (const id of engine.worthSnapshot(closing)) {
      while (!(await queue.writeAlone(() => engine.snapshotStep(id)))) faultPoint("snapshot.step-committed");
      engine.spareReports(id);
      faultPoint("snapshot.committed");
    }
  }

  async #packEvents(): Promise<void> {
    const { engine, queue } = this.#parts();
    for (let ids = engine.worthPacking(); ids.length > 0; ids = engine.worthPacking()) {
      for (const id of ids) await queue.writeAlone(() => engine.packStep(id));
      faultPoint("pack.committed");
    }
  }

  async #close(): Promise<null> {
    if (this.#opened === null) return null;
    const { database, queue, checkpoints, leases, changes, flush } = this.#opened;
    // What upkeep commits from now on makes no more of it.
    this.#restsUntil = Number.POSITIVE_INFINITY;
    changes.end();
    leases.end();
    try {
      await this.#upkeep;
      await queue.idle();
      await this.#keepUp(true);
    } finally {
      checkpoints.end();
      database.close();
      flush?.close();
      this.#opened = null;
    }
    faultPoint("close.closed");
    return null;
  }
}

/**
 * Answers requests as they come, in their order; answers what takes them.
 *
 * @param send - takes the replies and what is to be told to a person.
 * @param onlyLooks - see SqliteEngine.
 */
export function serveRequests(
  send: (reply: ThreadReply) => void,
  onlyLooks = false,
): (request: ThreadRequest) => Promise<void> {
  const kept = (commit: number, error: unknown): void =>
    send({ kept: commit, broken: error === null ? null : packError(error) });
  const server = new SqliteServer((notice) => send({ notice }), kept, onlyLooks);
  return async (request) => {
    const handler = server.handlers[request.method] as (...args: readonly unknown[]) => Promise<unknown>;
    const refuse = (error: unknown): void => send({ id: request.id, error: packError(error) });
    await Promise.resolve()
      .then(() => handler(...request.args))
      .then((value) => send({ id: request.id, value }), refuse);
  };
}
