import type { JsonValue, Params } from "../space/json.ts";
import type { CommandResult, StudyCommand } from "../trial/command.ts";
import type { LoggedEvent } from "../trial/event.ts";
import type { BlockReader } from "../trial/evolve/snapshot.ts";
import type { Metric } from "../trial/metric.ts";
import type { StudyDefinition, StudySettings } from "../trial/study-definition.ts";
import type { StudyState } from "../trial/study-state.ts";
import type { StudyOutline } from "./study-outline.ts";
import type { TrialPage, TrialQuery } from "./trial-page.ts";

/** Storage's own id of a study; a name may be used again after deletion, an id never. */
export type StudyId = string;

export interface StudySummary {
  readonly id: StudyId;
  readonly name: string;
  readonly revision: number;
  readonly createdAt: number;
}

/** What a list of studies tells of each. */
export interface StudyOverview extends StudySummary {
  /** Null for a study whose log cannot be read. */
  readonly parts: StudyParts | null;
  /** What is wrong with it, a sentence; null for a whole one. */
  readonly damage: string | null;
}

/** A study but for its trials: what is in force now, and how many trials there are and the budget was spent on. */
export interface StudyParts {
  readonly metrics: readonly Metric[];
  readonly settings: StudySettings;
  readonly space: JsonValue;
  readonly trials: number;
  readonly trialsSpent: number;
  readonly attributes: Readonly<Record<string, string>>;
  readonly systemAttributes: Readonly<Record<string, string>>;
}

/** What a command did: its answer, and every event of the study newer than the caller's `known`, its own included. */
export interface Executed<C extends StudyCommand> {
  readonly result: CommandResult<C>;
  readonly events: readonly LoggedEvent[];
}

/** As {@link Executed}, answered soon; `kept` resolves once the change survives as `execute` promises, and rejects where it may not. */
export interface ExecutedSoon<C extends StudyCommand> extends Executed<C> {
  readonly kept: Promise<void>;
}

/** A study read from cold: a snapshot of its state (for `stateFromParts`), and every event after it. */
export interface LoadedStudy {
  /** Null when there is no snapshot. */
  readonly head: JsonValue | null;
  /** Bodies of its blocks as `stateToParts` numbers them: of trials, then of the reports of those that have ended. */
  readonly blocks: readonly Uint8Array[];
  readonly events: readonly LoggedEvent[];
  /**
   * Of a storage in the caller's thread: its own state, with all these events, to be read and never brought forward by others. It may be
   * ahead of the answers that are under way, and never behind.
   */
  readonly living?: StudyState;
}

/** The same, whose blocks may be read when somebody looks at their trials. */
export interface LookedStudy extends Omit<LoadedStudy, "blocks"> {
  readonly blocks: readonly Uint8Array[] | BlockReader;
}

/**
 * Keeps logs of studies. All methods are asynchronous and never block the event loop of the caller; errors are
 * AttuneError (`storage-*`) or StorageConflict. Once a promise resolves, the change survives the death of this process and,
 * as the storage's page says, of the machine.
 *
 * @experimental
 */
export interface Storage {
  /** How the user names it: a file or a URL. */
  readonly location: string;
  /**
   * Creates the study, with a waiting trial for each of the `enqueued` configurations, in one transaction; or answers the living
   * one of that name with `created: false` (its definition and trials unchanged).
   */
  createStudy(
    definition: StudyDefinition,
    enqueued?: readonly Params[],
  ): Promise<{ readonly id: StudyId; readonly created: boolean }>;
  findStudy(name: string): Promise<StudySummary | null>;
  /** Living studies, oldest first. */
  listStudies(): Promise<readonly StudySummary[]>;
  /** As `listStudies`, with what each is about. A study is not read for it where a snapshot tells. */
  overview(): Promise<readonly StudyOverview[]>;
  /**
   * Decides and appends in one transaction against the newest state. Commands that are sent through one storage without waiting for the
   * answers are carried out in the order of the calls, and answered in that order; what of it is refused, for whatever reason, changes
   * nothing and concerns no other. All times and leases are by the storage's own clock. Reads have no order with commands that are not
   * answered yet.
   */
  execute<C extends StudyCommand>(study: StudyId, command: C, known: number): Promise<Executed<C>>;
  /**
   * As `execute`, answered once everybody sees the change and it survives the death of this process, which may be before it survives that
   * of the machine: for steps of which nobody is told before `kept`. A hundred such answers at most wait for that, milliseconds as a rule.
   * Answers of both kinds come in the order of the calls each for itself. Left out by storages that know no such moment.
   */
  executeSoon?<C extends StudyCommand>(study: StudyId, command: C, known: number): Promise<ExecutedSoon<C>>;
  /** Events with revision in (after, upTo], oldest first; upTo omitted: to the newest. */
  read(study: StudyId, after: number, upTo?: number): Promise<readonly LoggedEvent[]>;
  /** What is needed to read a study's trials, as of now. A study is not read for it where a snapshot tells. */
  outline(study: StudyId): Promise<StudyOutline>;
  /**
   * A page of a study's trials as of now, by number or in an order; `next` of a page asks for the one after it. Between two pages trials may
   * be added and change, and none is left out or comes twice for it but one whose place in the order changes. A study is not read for it where a
   * snapshot tells. AttuneError `invalid-argument` or `invalid-space` for a query that is none.
   */
  trials(study: StudyId, query: TrialQuery): Promise<TrialPage>;
  /** All that is known of a study, the quick way. */
  load(study: StudyId): Promise<LoadedStudy>;
  /**
   * As `load`, for who looks at the study as it is now and soon closes the storage: trials are read when they are looked at, and not kept.
   * Left out by storages that have no better way than `load`.
   */
  look?(study: StudyId): Promise<LookedStudy>;
  /**
   * Resolves once the study is beyond revision `after`, by whomever: at once for a commit through this storage, within a fraction of a second
   * for one of another process. Resolves too when the signal aborts and when the storage is closed: ask for the revision, or read.
   */
  changed(study: StudyId, after: number, signal?: AbortSignal): Promise<void>;
  /** Newest revision. Cheap. */
  revision(study: StudyId): Promise<number>;
  /** Keeps leases alive for `ttl` ms from now by the storage's clock. Not an event. A token's first lease starts here or with its claim (default 60 s). Leases of trials claimed through a storage with a thread of its own are renewed by that thread too, however busy the caller is. */
  renew(study: StudyId, tokens: readonly string[], ttl: number): Promise<void>;
  /** Of these tokens, those whose lease has run out (or was never taken). */
  expired(study: StudyId, tokens: readonly string[]): Promise<readonly string[]>;
  /**
   * The ledger of tuning time. Called about once a second by each process that tunes, with the ms of its own monotonic clock since
   * its previous call (0 at first). Adds min(elapsed, time since anybody's last call) so that parallel processes count once and a
   * suspended machine counts nothing. Answers the total in ms.
   */
  addTuningTime(study: StudyId, elapsed: number): Promise<number>;
  close(): Promise<void>;
}
