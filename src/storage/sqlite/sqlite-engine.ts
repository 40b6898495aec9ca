import type { DatabaseSync } from "node:sqlite";
import { AttuneError } from "../../errors.ts";
import type { JsonValue, Params } from "../../space/json.ts";
import type { StudyCommand } from "../../trial/command.ts";
import type { StudyEvent } from "../../trial/event.ts";
import {
  type BlockReader,
  headOverview,
  REPORT_BLOCKS,
  stateFromParts,
  stateToParts,
} from "../../trial/evolve/snapshot.ts";
import type { StudyDefinition } from "../../trial/study-definition.ts";
import { StudyState } from "../../trial/study-state.ts";
import type { PieceReader } from "../../trial/table/report-shelf.ts";
import { decideCommand, readLeases } from "../decide-command.ts";
import { faultPoint } from "../fault-point.ts";
import { inapplicable, keepable } from "../keepable.ts";
import { KnownOrder } from "../known-order.ts";
import { type Lease, leaseExpired } from "../lease.ts";
import type { StudyId, StudyOverview, StudyParts, StudySummary } from "../storage.ts";
import { outlineOfHead, outlineOfState, type StudyOutline } from "../study-outline.ts";
import { partsOfHead, partsOfState } from "../study-parts.ts";
import { type TrialPage, type TrialQuery, trialPage, trialPageOf } from "../trial-page.ts";
import { addTuningTime, type TuningTime } from "../tuning-time.ts";
import { unknownStudy } from "../unknown-study.ts";
import { CachedStudy, type EventRow } from "./cached-study.ts";
import { EventTable } from "./event-table.ts";
import { parseEvent } from "./parse-event.ts";
import { Prepared } from "./prepared.ts";
import { SnapshotTable, type StoredSnapshot } from "./snapshot-table.ts";
import { corruptLog } from "./sqlite-error.ts";
import { StoredTrials } from "./stored-trials.ts";

/** Renewed leases that ran out this long ago (ms) are swept away with the next renewal. */
const SWEEP_AFTER = 3_600_000;
/** Events since the last snapshot that make a new one worth its writing, while others wait and when nobody does. */
const SNAPSHOT_AFTER = 4_096;
const SNAPSHOT_AT_CLOSE = 1_024;
/** With more of them a client gets a snapshot instead: it would have them all in memory at once. */
const MANY_EVENTS = 16_384;
/** Bytes of reports that are in memory until they are in a snapshot: so many make one worth its writing, however few events brought them. */
const REPORT_BYTES = 4_194_304;
/** And for each block that has changed, so that writing them stays a small share of the work. */
const EVENTS_A_BLOCK = 256;

interface SummaryRow {
  readonly id: number;
  readonly name: string;
  readonly created_at: number;
  readonly revision: number;
}

/** A study as it is looked at. */
export interface StoredLook {
  readonly head: JsonValue;
  readonly blocks: BlockReader;
  readonly rows: readonly EventRow[];
}

/**
 * The storage's work on one database connection, synchronous. Methods marked "write" run inside a transaction that the
 * caller begins and commits, each undone by it when it throws; when the transaction fails, the caller calls `forget`, since the cached
 * states ran ahead of the file.
 */
export class SqliteEngine {
  readonly #location: string;
  readonly #sql: Prepared;
  readonly #events: EventTable;
  readonly #snapshots: SnapshotTable;
  readonly #database: DatabaseSync;
  readonly #studies = new Map<number, CachedStudy>();
  readonly #order = new KnownOrder();
  readonly #onlyLooks: boolean;

  /** @param onlyLooks true for who asks a few things and ends: studies are not kept in memory for it where that can be helped. */
  constructor(database: DatabaseSync, location: string, onlyLooks = false) {
    this.#onlyLooks = onlyLooks;
    this.#location = location;
    this.#sql = new Prepared(database);
    this.#database = database;
    this.#events = new EventTable(this.#sql);
    this.#snapshots = new SnapshotTable(this.#sql);
  }

  /** Write. */
  createStudy(
    definition: StudyDefinition,
    enqueued: readonly Params[],
    now: number,
  ): { readonly id: StudyId; readonly created: boolean } {
    const living = this.#sql.get<SummaryRow>("livingByName", definition.name);
    if (living !== undefined) return { id: String(living.id), created: false };
    const { id } = this.#sql.get<{ readonly id: number }>("insertStudy", definition.name, now)!;
    faultPoint("create.study-inserted");
    const study = new CachedStudy(new StudyState());
    this.#studies.set(id, study);
    this.#append(id, study, "create", [{ type: "study-created", definition }], now);
    try {
      for (const params of enqueued)
        this.execute(String(id), { type: "enqueue", params, origin: "enqueued", replicate: null }, 0, now);
    } catch (error) {
      this.#studies.delete(id);
      throw error;
    }
    return { id: String(id), created: true };
  }

  /** Write. Answers the result and the rows newer than `known`. */
  execute(
    study: StudyId,
    command: StudyCommand,
    known: number,
    now: number,
  ): { readonly result: unknown; readonly rows: readonly EventRow[] } {
    const id = this.#id(study);
    const cached = this.#upToDate(id);
    checkKnown(known, cached.state.revision);
    const leases = readLeases(cached.state, command, (token) => this.#lease(id, token));
    const { events, result } = decideCommand(cached.state, command, now, leases);
    faultPoint(`${command.type}.decided`);
    this.#append(id, cached, command.type, events, now);
    faultPoint(`${command.type}.done`);
    return { result, rows: cached.rowsAfter(known) ?? this.#events.between(id, known) };
  }

  /** Write. */
  renew(study: StudyId, tokens: readonly string[], ttl: number, now: number): null {
    const id = this.#id(study);
    this.#sql.run("dropOldLeases", id, now - SWEEP_AFTER);
    for (const token of tokens) this.#sql.run("renewLease", id, token, now, now + ttl);
    faultPoint("renew.written");
    return null;
  }

  /** Write. */
  addTuningTime(study: StudyId, elapsed: number, now: number): number {
    const id = this.#id(study);
    const { total, last } = addTuningTime(this.#sql.get<TuningTime>("tuningTime", id) ?? null, elapsed, now);
    this.#sql.run("setTuningTime", id, total, last);
    faultPoint("tuning-time.written");
    return total;
  }

  findStudy(name: string): StudySummary | null {
    const row = this.#sql.get<SummaryRow>("livingByName", name);
    return row === undefined ? null : summary(row);
  }

  listStudies(): readonly StudySummary[] {
    return this.#sql.all<SummaryRow>("living").map(summary);
  }

  overview(): readonly StudyOverview[] {
    return this.#ofOneMoment(() => this.listStudies().map((study) => this.#overviewOf(study)));
  }

  #overviewOf(study: StudySummary): StudyOverview {
    const id = Number(study.id);
    try {
      return { ...study, parts: this.#partsOf(id, study.revision), damage: null };
    } catch (error) {
      const told = error instanceof SyntaxError ? corruptLog(this.#location, error) : error;
      if (told instanceof AttuneError && told.code === "storage-corrupt")
        return { ...study, parts: null, damage: told.message };
      throw error;
    }
  }

  #partsOf(id: number, revision: number): StudyParts {
    if (this.#studies.has(id)) return partsOfState(this.#upToDate(id).state);
    const head = this.#snapshots.head(id);
    if (head === null) return partsOfState(this.#onward(id, new StudyState()).state);
    const parts = head.revision === revision ? partsOfHead(JSON.parse(head.body) as JsonValue) : null;
    return parts ?? partsOfState(this.#read(id).state);
  }

  read(study: StudyId, after: number, upTo: number | undefined): readonly EventRow[] {
    const id = this.#id(study);
    return this.#events.between(id, after, upTo);
  }

  /** The snapshot, or null, and the rows after it; a snapshot made for it where these are very many. */
  load(study: StudyId): { readonly snapshot: StoredSnapshot | null; readonly rows: readonly EventRow[] } {
    const id = this.#id(study);
    return this.#ofOneMoment(() => {
      const snapshot = this.#snapshots.load(id);
      const from = snapshot?.revision ?? 0;
      if (this.#events.newest(id) - from <= MANY_EVENTS) return { snapshot, rows: this.#events.between(id, from) };
      const { state } = this.#upToDate(id);
      const { head, blocks } = stateToParts(state, 0);
      const bodies = blocks.map(({ body }) => body);
      return { snapshot: { revision: state.revision, head: JSON.stringify(head), blocks: bodies }, rows: [] };
    });
  }

  /**
   * The snapshot, whose blocks are read when somebody looks at them, and the rows after it, in a transaction that lasts as long as the
   * connection. Null, and nothing begun, where there is no snapshot that is whole, or too much came after it.
   */
  look(study: StudyId): StoredLook | null {
    const id = this.#id(study);
    if (this.#studies.has(id)) return null;
    if (!this.#database.isTransaction) this.#database.exec("BEGIN");
    let found: StoredLook | null = null;
    try {
      found = this.#look(id);
      return found;
    } finally {
      if (found === null) this.#database.exec("COMMIT");
    }
  }

  #look(id: number): StoredLook | null {
    const snapshot = this.#snapshots.head(id);
    if (snapshot === null || this.#events.newest(id) - snapshot.revision > MANY_EVENTS) return null;
    const head = JSON.parse(snapshot.body) as JsonValue;
    const { trials = 0, shelfRevisions = [] } = headOverview(head) ?? {};
    const blocks = this.#snapshots.reader(id, trials, shelfRevisions.length, snapshot.revision);
    return blocks === null ? null : { head, blocks, rows: this.#events.between(id, snapshot.revision) };
  }

  /** From the snapshot's head, unless what it tells changed since. */
  outline(study: StudyId): StudyOutline {
    const id = this.#id(study);
    const outline = this.#ofOneMoment(() => (this.#studies.has(id) ? null : (this.#stored(id)?.outline() ?? null)));
    return outline ?? outlineOfState(this.#upToDate(id).state);
  }

  /** From the blocks that hold the page, unless one of its trials changed since the snapshot. */
  trials(study: StudyId, query: TrialQuery): TrialPage {
    const id = this.#id(study);
    const page = this.#ofOneMoment(() => (this.#studies.has(id) ? null : this.#storedPage(id, query)));
    if (page !== null) return page;
    const looked = this.#onlyLooks ? this.#ofOneMoment(() => this.#lookedPage(id, query)) : null;
    return looked ?? trialPageOf(this.#upToDate(id).state, query, { order: this.#order, of: study });
  }

  /** From a state whose blocks are read when somebody looks at them; null where there is none. */
  #lookedPage(id: number, query: TrialQuery): TrialPage | null {
    const looked = this.#studies.has(id) ? null : this.#look(id);
    const state = looked === null ? null : stateFromParts(looked.head, looked.blocks);
    if (looked === null || state === null) return null;
    new CachedStudy(state).apply(looked.rows);
    return trialPageOf(state, query, { order: this.#order, of: String(id) });
  }

  #storedPage(id: number, query: TrialQuery): TrialPage | null {
    const stored = this.#stored(id);
    const outline = stored?.outline() ?? null;
    if (stored === null || outline === null) return null;
    return trialPage(query, {
      count: outline.trials,
      revision: outline.revision,
      outline: () => outline,
      view: (number) => stored.trials.view(number),
      trial: (number) => stored.trials.trial(number),
      known: { order: this.#order, of: String(id) },
    });
  }

  /** What the snapshot and the events after it tell without the study's state; in a transaction. Null where there is no snapshot. */
  #stored(id: number): { readonly trials: StoredTrials; outline(): StudyOutline | null } | null {
    const head = this.#snapshots.head(id);
    if (head === null) return null;
    const rows = this.#events.between(id, head.revision);
    const events = rows.map(({ body }) => parseEvent(body));
    const revision = rows.at(-1)?.revision ?? head.revision;
    return {
      trials: new StoredTrials(this.#snapshots, id, head.revision, events),
      outline: () => outlineOfHead(JSON.parse(head.body) as JsonValue, revision, events),
    };
  }

  revision(study: StudyId): number {
    return this.#events.newest(this.#id(study));
  }

  expired(study: StudyId, tokens: readonly string[], now: number): readonly string[] {
    const id = this.#id(study);
    const cached = this.#upToDate(id);
    return tokens.filter((token) => this.#expired(id, cached, token, now));
  }

  /** Studies that have gone so far beyond their last snapshot that another is worth its writing. */
  worthSnapshot(closing: boolean): readonly number[] {
    const least = closing ? SNAPSHOT_AT_CLOSE : SNAPSHOT_AFTER;
    // Blocks are counted last: that takes the longer the more trials there are, and this is asked at each commit.
    const worth = (cached: CachedStudy): boolean =>
      (cached.sinceSnapshot > least && cached.sinceSnapshot > cached.changedBlocks * EVENTS_A_BLOCK) ||
      (cached.sinceSnapshot > 0 && cached.state.tables.trials.shelf.spareable > REPORT_BYTES);
    return [...this.#studies].filter(([, cached]) => worth(cached)).map(([id]) => id);
  }

  /** Write, in a transaction of its own: a bounded part of a snapshot; answers whether it is whole. */
  snapshotStep(id: number): boolean {
    if (!this.#studies.has(id)) return true;
    const cached = this.#upToDate(id);
    if (!this.#snapshots.step(id, cached.state)) return false;
    cached.snapshotRevision = this.#snapshots.revision(id);
    return true;
  }

  /** What the snapshot has of a study's reports by now need not be in memory too. When no transaction is under way. */
  spareReports(id: number): void {
    const shelf = this.#studies.get(id)?.state.tables.trials.shelf;
    if (shelf !== undefined && shelf.spareable > 0) shelf.giveUp(this.#snapshots.revision(id), this.#wholeReports(id));
  }

  /** Studies with a run's worth of old events that are not packed yet. */
  worthPacking(): readonly number[] {
    const worth = ([id, { state }]: readonly [number, CachedStudy]): boolean =>
      this.#events.worthPacking(id, state.revision);
    return [...this.#studies].filter(worth).map(([id]) => id);
  }

  /** Write, in a transaction of its own: packs one run of a study's old events. */
  packStep(id: number): void {
    this.#events.pack(id);
  }

  /** Drops all cached states; they are read again when needed. */
  forget(): void {
    this.#studies.clear();
  }

  #id(study: StudyId): number {
    const id = Number(study);
    if (Number.isSafeInteger(id) && (this.#studies.has(id) || this.#sql.get("studyById", id) !== undefined)) return id;
    throw unknownStudy(study, this.#location);
  }

  #upToDate(id: number): CachedStudy {
    try {
      const known = this.#studies.get(id);
      if (known !== undefined) {
        known.apply(this.#events.between(id, known.state.revision));
        return known;
      }
      const cached = this.#read(id);
      this.#studies.set(id, cached);
      return cached;
    } catch (error) {
      this.#studies.delete(id);
      if (error instanceof SyntaxError) throw corruptLog(this.#location, error);
      throw error;
    }
  }

  /** From the file, and not kept. */
  #read(id: number): CachedStudy {
    return this.#ofOneMoment(() => {
      const snapshot = this.#snapshots.take(id);
      const known = snapshot === null ? null : this.#stateOf(id, snapshot);
      return this.#onward(id, known ?? new StudyState());
    });
  }

  /** The state with all events that came after it. */
  #onward(id: number, state: StudyState): CachedStudy {
    const cached = new CachedStudy(state);
    for (const row of this.#events.all(id, state.revision)) cached.apply([row]);
    return cached;
  }

  /** Reports of trials that have ended stay in the file; in the transaction in which the snapshot was read. */
  #stateOf(id: number, { revision, head, blocks }: StoredSnapshot): StudyState | null {
    const state = stateFromParts(JSON.parse(head) as JsonValue, blocks, this.#snapshots.readerOf(id, revision));
    state?.tables.trials.shelf.giveUp(revision, this.#wholeReports(id));
    return state;
  }

  /** The blocks of reports that are whole, whoever wrote them and when. */
  #wholeReports(id: number): PieceReader {
    const read = this.#snapshots.readerOf(id);
    return (piece) => {
      try {
        return read(REPORT_BLOCKS + piece);
      } catch (error) {
        throw error instanceof SyntaxError ? corruptLog(this.#location, error) : error;
      }
    };
  }

  #ofOneMoment<T>(read: () => T): T {
    if (this.#database.isTransaction) return read();
    this.#database.exec("BEGIN");
    try {
      return read();
    } finally {
      this.#database.exec("COMMIT");
    }
  }

  /** Writes the events of a command, all of which can be written, and then brings the state forward. */
  #append(id: number, cached: CachedStudy, command: string, events: readonly StudyEvent[], at: number): void {
    const first = cached.state.revision + 1;
    const rows = events.map((event, k): EventRow => {
      return { revision: first + k, at, body: keepable(command, () => JSON.stringify(event)) };
    });
    try {
      for (const row of rows) {
        this.#events.append(id, row);
        faultPoint(`${command}.event-inserted`);
      }
      try {
        cached.apply(rows);
      } catch (error) {
        throw inapplicable(command, error);
      }
      if (cached.state.deleted && rows.length > 0) this.#sql.run("deleteStudy", id, at);
      if (cached.state.deleted) faultPoint("delete.marked");
    } catch (error) {
      // The command is undone in the file; the state may be halfway.
      this.#studies.delete(id);
      throw error;
    }
  }

  /** Whether a token has a trial, as far as is known here. */
  holdsTrial(study: StudyId, token: string): boolean {
    return (this.#studies.get(Number(study))?.state.holding(token)?.trials.length ?? 0) > 0;
  }

  #expired(id: number, cached: CachedStudy, token: string, now: number): boolean {
    return leaseExpired(cached.state, token, this.#lease(id, token), now);
  }

  #lease(id: number, token: string): Lease | null {
    return this.#sql.get<Lease>("lease", id, token) ?? null;
  }
}

function checkKnown(known: number, revision: number): void {
  if (known <= revision) return;
  throw new AttuneError("internal", `Events after revision ${known} are asked for, the study is at ${revision}.`);
}

function summary(row: SummaryRow): StudySummary {
  return { id: String(row.id), name: row.name, revision: row.revision, createdAt: row.created_at };
}
