import { Worker } from "node:worker_threads";
import { AttuneError } from "../../errors.ts";
import type { JsonValue, Params } from "../../space/json.ts";
import type { CommandResult, StudyCommand } from "../../trial/command.ts";
import type { LoggedEvent } from "../../trial/event.ts";
import type { StudyDefinition } from "../../trial/study-definition.ts";
import { compileCacheVariables } from "../compile-cache-variables.ts";
import { unkeepable } from "../keepable.ts";
import type {
  Executed,
  ExecutedSoon,
  LoadedStudy,
  LookedStudy,
  Storage,
  StudyId,
  StudyOverview,
  StudySummary,
} from "../storage.ts";
import type { StudyOutline } from "../study-outline.ts";
import type { TrialPage, TrialQuery } from "../trial-page.ts";
import type { EventRow } from "./cached-study.ts";
import type { StorageCheck } from "./check-storage.ts";
import { MessageGroup, type Together } from "./message-group.ts";
import type { Synchronous } from "./open-database.ts";
import { parseEvent } from "./parse-event.ts";
import { ReceivedEvents } from "./received-events.ts";
import { corruptLog, storageError } from "./sqlite-error.ts";
import {
  type Done,
  type ThreadCalls,
  type ThreadMethod,
  type ThreadReply,
  type ThreadRequest,
  unpackError,
} from "./thread-messages.ts";

interface Waiting {
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: unknown) => void;
}

export interface SqliteOptions {
  /** Default `full`. */
  readonly synchronous?: Synchronous;
  /** Ms between renewals of the leases of trials that were taken through this storage; default 15000. */
  readonly renewMs?: number;
  /**
   * True for a server, to which what is asked comes one by one, and which never stands still: what comes in one turn of its event loop goes to the
   * thread together. Else at once, for who asks may be busy for hours before that turn is over.
   */
  readonly gathers?: boolean;
}

const RENEW_MS = 15_000;

/** Kind of the process's warnings that say what a storage waits for. */
const NOTICE = "AttuneNotice";

/** Who works the database: a thread, or this one. */
interface Server {
  postMessage(requests: Together<ThreadRequest>): void;
  ref(): void;
  unref(): void;
  terminate(): Promise<unknown>;
}

/** A thread that waits for its storage, or null. */
let spare: Worker | null = null;

/** Studies in one file. The database is worked by a thread of its own, so that the caller's event loop is never held up. */
export class SqliteStorage implements Storage {
  readonly location: string;
  readonly #server: Server;
  readonly #requests: MessageGroup<ThreadRequest>;
  readonly #gathers: boolean;
  readonly #waiting = new Map<number, Waiting>();
  /** Of one in the caller's thread. */
  readonly look?: (study: StudyId) => Promise<LookedStudy>;
  readonly #received = new Map<StudyId, ReceivedEvents>();
  /** Those who wait until a commit is on the disk, by its number. */
  readonly #keeping = new Map<number, PromiseWithResolvers<void>>();
  #keptUpTo = 0;
  #lastId = 0;
  #lastWait = 0;
  #closed: Promise<void> | null = null;
  #ended: AttuneError | null = null;

  private constructor(
    file: string,
    serve: ((send: (reply: ThreadReply) => void) => Server) | null,
    gathers: boolean = false,
  ) {
    this.location = file;
    this.#gathers = gathers;
    this.#server = serve === null ? this.#inThread() : serve((reply) => this.#answer(reply));
    this.#requests = new MessageGroup(
      (requests) => this.#server.postMessage(requests),
      (request, error) => this.#refuse(request, error),
      gathers ? "turn" : "round",
    );
    if (serve !== null) this.look = (study) => this.#look(study);
  }

  #inThread(): Server {
    const worker = spare ?? startThread();
    spare = null;
    worker.on("message", (replies: Together<ThreadReply>) => {
      for (const reply of MessageGroup.apart(replies)) this.#answer(reply);
    });
    worker.on("error", (error) => this.#end(error));
    worker.on("exit", () => this.#end(null));
    return worker;
  }

  /** Starts the thread of the storage that will be opened next: it takes a while to load. */
  static prepare(): void {
    if (spare !== null) return;
    const thread = startThread();
    spare = thread;
    // The next storage starts one of its own then, and tells what is wrong.
    thread.on("error", () => {
      if (spare === thread) spare = null;
    });
  }

  /** Opens the file, creating or migrating it as needed; AttuneError `storage-*` says what is wrong with it. */
  static async open(file: string, options: SqliteOptions = {}): Promise<SqliteStorage> {
    return await SqliteStorage.#open(new SqliteStorage(file, null, options.gathers), options);
  }

  /** The same for who looks once and closes it again: without a thread, which takes longer to start than to answer. The caller's event loop stands still meanwhile. */
  static async openHere(file: string): Promise<SqliteStorage> {
    const { serveRequests } = await import("./sqlite-server.ts");
    const serve = (send: (reply: ThreadReply) => void): Server => {
      const take = serveRequests(send, true);
      const nothing = (): void => undefined;
      return {
        postMessage: (requests) => {
          for (const request of MessageGroup.apart(requests)) void take(request);
        },
        ...{ ref: nothing, unref: nothing, terminate: async () => undefined },
      };
    };
    return await SqliteStorage.#open(new SqliteStorage(file, serve), {});
  }

  static async #open(storage: SqliteStorage, options: SqliteOptions): Promise<SqliteStorage> {
    try {
      await storage.#call("open", storage.location, options.synchronous ?? "full", options.renewMs ?? RENEW_MS);
      return storage;
    } catch (error) {
      await storage.#server.terminate();
      throw error;
    }
  }

  createStudy(
    definition: StudyDefinition,
    enqueued: readonly Params[] = [],
  ): Promise<{ readonly id: StudyId; readonly created: boolean }> {
    return this.#call("createStudy", definition, enqueued);
  }

  findStudy(name: string): Promise<StudySummary | null> {
    return this.#call("findStudy", name);
  }

  listStudies(): Promise<readonly StudySummary[]> {
    return this.#call("listStudies");
  }

  overview(): Promise<readonly StudyOverview[]> {
    return this.#call("overview");
  }

  execute<C extends StudyCommand>(study: StudyId, command: C, known: number): Promise<Executed<C>> {
    return this.#call("execute", study, command, known).then((done) => this.#executed<C>(study, known, done));
  }

  executeSoon<C extends StudyCommand>(study: StudyId, command: C, known: number): Promise<ExecutedSoon<C>> {
    return this.#callTogether("execute", study, command, known, true).then((done) => {
      const kept = this.#untilKept(done.commit!);
      const executed = this.#executed<C>(study, known, done);
      return executed instanceof Promise ? executed.then((told) => ({ ...told, kept })) : { ...executed, kept };
    });
  }

  #untilKept(commit: number): Promise<void> {
    if (commit <= this.#keptUpTo) return Promise.resolve();
    const known = this.#keeping.get(commit);
    if (known !== undefined) return known.promise;
    const keeping = Promise.withResolvers<void>();
    // Who goes on without looking is told by the next command.
    keeping.promise.catch(() => undefined);
    if (this.#ended === null) {
      this.#keeping.set(commit, keeping);
      this.#server.ref();
    } else keeping.reject(this.#ended);
    return keeping.promise;
  }

  /** At once where it can: what comes in one message is answered in its order only if refusals take as many rounds of promises. */
  #executed<C extends StudyCommand>(study: StudyId, known: number, done: Done): Executed<C> | Promise<Executed<C>> {
    const { rows, revision } = done;
    const result = done.result as CommandResult<C>;
    const received = this.#received.get(study) ?? new ReceivedEvents();
    this.#received.set(study, received);
    const fresh = this.#events(rows);
    received.add(fresh, rows);
    const events = rows.length === revision - known ? fresh : received.between(known, revision);
    if (events !== null) return { result, events };
    return this.read(study, known, revision).then((missed) => ({ result, events: missed }));
  }

  async read(study: StudyId, after: number, upTo?: number): Promise<readonly LoggedEvent[]> {
    return this.#events(await this.#call("read", study, after, upTo));
  }

  outline(study: StudyId): Promise<StudyOutline> {
    return this.#call("outline", study);
  }

  trials(study: StudyId, query: TrialQuery): Promise<TrialPage> {
    return this.#call("trials", study, query);
  }

  async load(study: StudyId): Promise<LoadedStudy> {
    const { snapshot, rows } = await this.#call("load", study);
    const head = snapshot === null ? null : this.#readable(() => JSON.parse(snapshot.head) as JsonValue);
    return { head, blocks: snapshot?.blocks ?? [], events: this.#events(rows) };
  }

  async #look(study: StudyId): Promise<LookedStudy> {
    const looked = await this.#call("look", study);
    if (looked === null) return await this.load(study);
    const { head, blocks, rows } = looked;
    return { head, blocks: (block) => this.#told(() => blocks(block)), events: this.#events(rows) };
  }

  async changed(study: StudyId, after: number, signal?: AbortSignal): Promise<void> {
    if (signal?.aborted) return;
    const key = ++this.#lastWait;
    const stop = (): void => {
      // Once the storage is closed nothing waits any more.
      if (this.#closed === null && this.#ended === null) void this.#call("stopWaiting", key);
    };
    signal?.addEventListener("abort", stop, { once: true });
    try {
      await this.#call("changed", key, study, after);
    } catch (error) {
      if (this.#closed === null) throw error;
    } finally {
      signal?.removeEventListener("abort", stop);
    }
  }

  revision(study: StudyId): Promise<number> {
    return this.#call("revision", study);
  }

  async renew(study: StudyId, tokens: readonly string[], ttl: number): Promise<void> {
    if (tokens.length > 0) await this.#call("renew", study, tokens, ttl);
  }

  expired(study: StudyId, tokens: readonly string[]): Promise<readonly string[]> {
    return this.#call("expired", study, tokens);
  }

  addTuningTime(study: StudyId, elapsed: number): Promise<number> {
    return this.#call("addTuningTime", study, elapsed);
  }

  /**
   * Copies all that is committed into a new file, while others go on writing.
   *
   * @throws AttuneError `invalid-argument` when the file is there already.
   */
  async copy(to: string): Promise<void> {
    await this.#call("copy", to);
  }

  /** Reads every page and every living study's whole log. */
  check(): Promise<StorageCheck> {
    return this.#call("check");
  }

  close(): Promise<void> {
    this.#closed ??= this.#close();
    return this.#closed;
  }

  async #close(): Promise<void> {
    try {
      if (this.#ended === null) await this.#call("close");
    } finally {
      this.#ended ??= new AttuneError("storage-failed", `${this.location} is closed; open it again.`);
      await this.#server.terminate();
    }
  }

  #call<M extends ThreadMethod>(method: M, ...args: Parameters<ThreadCalls[M]>): Promise<ReturnType<ThreadCalls[M]>> {
    const answer = this.#callTogether(method, ...args);
    if (!this.#gathers) this.#requests.flush();
    return answer;
  }

  /** The same, sent together with others that are called in the same round of promises, or turn. */
  #callTogether<M extends ThreadMethod>(
    method: M,
    ...args: Parameters<ThreadCalls[M]>
  ): Promise<ReturnType<ThreadCalls[M]>> {
    if (this.#ended !== null) return Promise.reject(this.#ended);
    if (this.#closed !== null && method !== "close") {
      return Promise.reject(new AttuneError("storage-failed", `${this.location} is closed; open it again.`));
    }
    const { promise, resolve, reject } = Promise.withResolvers<ReturnType<ThreadCalls[M]>>();
    const id = ++this.#lastId;
    this.#waiting.set(id, { resolve: (value) => resolve(value as ReturnType<ThreadCalls[M]>), reject });
    this.#server.ref();
    this.#requests.add({ id, method, args });
    return promise;
  }

  /** It cannot be sent. */
  #refuse({ id, method, args }: ThreadRequest, error: unknown): void {
    this.#waiting.get(id)?.reject(unkeepable(nameOf(method, args), error));
    this.#waiting.delete(id);
    this.#restIfDone();
  }

  #answer(reply: ThreadReply): void {
    if ("notice" in reply) {
      process.emitWarning(reply.notice, NOTICE);
      return;
    }
    if ("kept" in reply) {
      this.#keep(reply.kept, reply.broken === null ? null : unpackError(reply.broken));
      return;
    }
    const waiting = this.#waiting.get(reply.id);
    this.#waiting.delete(reply.id);
    this.#restIfDone();
    if ("error" in reply) waiting?.reject(unpackError(reply.error));
    else waiting?.resolve(reply.value);
  }

  /** A thread with nothing to do must not keep the process alive. */
  #restIfDone(): void {
    if (this.#waiting.size === 0 && this.#keeping.size === 0) this.#server.unref();
  }

  #keep(upTo: number, broken: AttuneError | null): void {
    if (broken === null) this.#keptUpTo = upTo;
    for (const [commit, { resolve, reject }] of this.#keeping) {
      if (commit > upTo) continue;
      this.#keeping.delete(commit);
      if (broken === null) resolve();
      else reject(broken);
    }
    this.#restIfDone();
  }

  #end(cause: unknown): void {
    // The thread's last answer and its end may come in one turn.
    if (this.#closed !== null && this.#waiting.size === 0 && this.#keeping.size === 0) return;
    const what = cause instanceof Error ? `: ${cause.message}` : "";
    this.#ended ??= new AttuneError("storage-failed", `The thread of ${this.location} ended${what}.`, { cause });
    for (const waiting of [...this.#waiting.values(), ...this.#keeping.values()]) waiting.reject(this.#ended);
    this.#waiting.clear();
    this.#keeping.clear();
  }

  #events(rows: readonly EventRow[]): readonly LoggedEvent[] {
    return rows.map(({ revision, at, body }) => ({ revision, at, event: this.#readable(() => parseEvent(body)) }));
  }

  /** What a look in this thread reads later. */
  #told<T>(read: () => T): T {
    try {
      return read();
    } catch (error) {
      throw error instanceof SyntaxError ? corruptLog(this.location, error) : storageError(this.location, error);
    }
  }

  #readable<T>(parse: () => T): T {
    try {
      return parse();
    } catch (error) {
      throw corruptLog(this.location, error);
    }
  }
}

/** What the caller knows it by. */
function nameOf(method: ThreadMethod, args: readonly unknown[]): string {
  const command = args[1];
  if (method !== "execute" || typeof command !== "object" || command === null || !("type" in command)) return method;
  return String(command.type);
}

/** Room for what the thread makes and soon drops: without a bound it takes 64 MB where many reports come. */
const YOUNG_MB = 8;

function startThread(): Worker {
  const file = import.meta.url.endsWith(".ts") ? "./sqlite-thread.ts" : "./sqlite-thread.js";
  const execArgv = ["--disable-warning=ExperimentalWarning"];
  const env = { ...process.env, ...compileCacheVariables() };
  const resourceLimits = { maxYoungGenerationSizeMb: YOUNG_MB };
  const thread = new Worker(new URL(file, import.meta.url), { execArgv, env, name: "attune-sqlite", resourceLimits });
  thread.unref();
  return thread;
}
