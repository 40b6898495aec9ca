import { AttuneError } from "../errors.ts";
import type { Parameter } from "../space/index.ts";
import type { Storage, StudyId } from "../storage/storage.ts";
import type { CommandResult, StudyCommand } from "../trial/command.ts";
import type { LoggedEvent, StudyEvent } from "../trial/event.ts";
import type { StudyState } from "../trial/study-state.ts";
import { loadStudy } from "./known-study.ts";
import { ParameterSuggester } from "./parameter-suggester.ts";
import { StudyProjection } from "./study-projection.ts";

/** Events after which a sampler has no more to suggest than before. */
const IDLE: ReadonlySet<StudyEvent["type"]> = new Set([
  "reserved",
  "reservation-moved",
  "reservation-released",
  "started",
  "given-up",
  "reported",
  "attribute-set",
  "held-out",
]);

/** This process's projection of one study's log, kept up to date by every answer of the storage. */
export class StudyLog extends StudyProjection {
  readonly storage: Storage;
  readonly id: StudyId;
  readonly #followers = new Set<(news: readonly LoggedEvent[]) => void>();
  #suggester: ParameterSuggester | null = null;
  #movedAt = 0;
  /** Trials that were hidden or shown again, and at which revision, in the order of the log. */
  readonly #overlaid: { readonly revision: number; readonly trial: number }[] = [];
  #closed = false;
  /** Made when somebody waits. */
  #changed: PromiseWithResolvers<void> | null = null;

  /** Use `StudyLog.open`. */
  private constructor(storage: Storage, id: StudyId, state: StudyState, shared = false) {
    super(state, shared);
    this.storage = storage;
    this.id = id;
  }

  /** Reads the study from its newest snapshot and the events after it. */
  static async open(storage: Storage, id: StudyId): Promise<StudyLog> {
    const { state, events, shared } = await loadStudy(storage, id);
    const log = new StudyLog(storage, id, state, shared);
    if (shared) log.#note(events);
    else log.apply(events);
    return log;
  }

  /** The parameters that programs asked for so far, beside the declared ones. */
  get asked(): readonly Parameter[] {
    return this.state.everDefined ? this.history.askedAt(this.revision, this.space) : [];
  }

  /** A parameter that programs asked for so far, or null. */
  parameterAt(name: string): Parameter | null {
    return this.state.everDefined ? this.history.parameterAt(name, this.revision) : null;
  }

  /** Values of the parameters that programs ask for. */
  get suggester(): ParameterSuggester {
    this.#suggester ??= new ParameterSuggester(this.state, () => this.history);
    return this.#suggester;
  }

  /** Revision of the newest event after which a sampler that had no more to suggest may have some. */
  get movedAt(): number {
    return this.#movedAt;
  }

  /** Revision of the newest event that hid a trial or showed one again: what was said of all before may be wrong now. */
  get overlaidAt(): number {
    return this.#overlaid.at(-1)?.revision ?? 0;
  }

  /** The trials that were hidden or shown again after that revision, each once. */
  overlaidSince(revision: number): readonly number[] {
    const first = this.#overlaid.findLastIndex((one) => one.revision <= revision) + 1;
    return [...new Set(this.#overlaid.slice(first).map(({ trial }) => trial))];
  }

  /** Waits until the study is beyond revision `after`, whoever brings it there, until `wake`, or for `ms`; what is new is read then. */
  async news(after: number, ms: number, wake?: Promise<void>): Promise<void> {
    if (this.revision <= after) await this.#wait(after, ms, wake);
    await this.refresh();
  }

  async #wait(after: number, ms: number, wake: Promise<void> | undefined): Promise<void> {
    const over = new AbortController();
    const timer = setTimeout(() => over.abort(), ms);
    this.#changed ??= Promise.withResolvers<void>();
    const waits = [this.#changed.promise, this.storage.changed(this.id, after, over.signal)];
    try {
      await Promise.race(wake === undefined ? waits : [...waits, wake]);
    } finally {
      clearTimeout(timer);
      over.abort();
    }
  }

  execute<C extends StudyCommand>(command: C): Promise<CommandResult<C>> {
    if (this.#closed) return Promise.reject(this.#closedError());
    // No closure and no frame holds the command while it is under way: it may have a thousand reports.
    return this.storage.execute(this.id, command, this.revision).then(({ result, events }) => {
      this.apply(events);
      return result;
    });
  }

  /** Whether the storage knows a moment before `kept`. */
  get answersSoon(): boolean {
    return this.storage.executeSoon !== undefined;
  }

  /** The same for steps of which nobody is told before `kept`; null where that has come already. */
  async executeSoon<C extends StudyCommand>(
    command: C,
  ): Promise<{ readonly result: CommandResult<C>; readonly kept: Promise<void> | null }> {
    if (this.storage.executeSoon === undefined) return { result: await this.execute(command), kept: null };
    this.#requireOpen();
    const { result, events, kept } = await this.storage.executeSoon(this.id, command, this.revision);
    // Who goes on without waiting for it is told by the next command.
    kept.catch(() => undefined);
    this.apply(events);
    return { result, kept };
  }

  /** The same for who does not ask when it is kept. */
  resultSoon<C extends StudyCommand>(command: C): Promise<CommandResult<C>> {
    if (this.storage.executeSoon === undefined) return this.execute(command);
    return this.executeSoon(command).then(({ result }) => result);
  }

  async refresh(): Promise<void> {
    this.#requireOpen();
    this.apply(await this.storage.read(this.id, this.revision));
  }

  get isClosed(): boolean {
    return this.#closed;
  }

  /** From now on commands are refused; what was read stays. */
  close(): void {
    this.#closed = true;
  }

  #requireOpen(): void {
    if (this.#closed) throw this.#closedError();
  }

  #closedError(): AttuneError {
    const { name } = this.state.definition;
    return new AttuneError(
      "invalid-argument",
      `Study "${name}" was closed; open it again with openStudy or createStudy.`,
    );
  }

  /** Calls back with the events that are new, each once and in order, until the answer is called. */
  follow(follower: (news: readonly LoggedEvent[]) => void): () => void {
    this.#followers.add(follower);
    return () => this.#followers.delete(follower);
  }

  #note(news: readonly LoggedEvent[]): void {
    for (const { revision, event } of news) {
      if (!IDLE.has(event.type)) this.#movedAt = revision;
      if (event.type === "invalidated" || event.type === "restored")
        this.#overlaid.push({ revision, trial: event.trial });
    }
  }

  /** Answers of concurrent commands overlap; each event counts once, in order. */
  override apply(events: readonly LoggedEvent[]): readonly LoggedEvent[] {
    const news = super.apply(events);
    if (news.length === 0) return news;
    this.#note(news);
    for (const follower of this.#followers) follower(news);
    this.#changed?.resolve();
    this.#changed = null;
    return news;
  }
}
