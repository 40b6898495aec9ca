import type { DatabaseSync, SQLInputValue, StatementSync } from "node:sqlite";
import { AttuneError } from "../../errors.ts";
import type { JsonValue, Params } from "../../space/json.ts";
import type { CommandResult, StudyCommand } from "../../trial/command.ts";
import type { DecideContext, Decision } from "../../trial/decide/decision.ts";
import { checkParams } from "../../trial/decide/guards.ts";
import { decide } from "../../trial/decide.ts";
import type { StudyEvent } from "../../trial/event.ts";
import { SNAPSHOT_FORMAT, stateToJson } from "../../trial/evolve/snapshot.ts";
import type { StudyDefinition } from "../../trial/study-definition.ts";
import type { StudyState } from "../../trial/study-state.ts";
import { faultPoint } from "../fault-point.ts";
import { type Lease, leaseExpired } from "../lease.ts";
import { type SqlStatements, sqlStatements } from "../sql/statements.ts";
import type { StudyId, StudySummary } from "../storage.ts";
import { addTuningTime, type TuningTime } from "../tuning-time.ts";
import { unknownStudy } from "../unknown-study.ts";
import { CachedStudy, type EventRow } from "./cached-study.ts";
import { corruptLog } from "./sqlite-error.ts";

/** Renewed leases that ran out this long ago (ms) are swept away with the next renewal. */
const SWEEP_AFTER = 3_600_000;
/** Events since the last snapshot that make a new one worth its writing. */
const SNAPSHOT_AFTER = 5_000;

interface SummaryRow {
  readonly id: number;
  readonly name: string;
  readonly created_at: number;
  readonly revision: number;
}

/**
 * The storage's work on one database connection, synchronous. Methods marked "write" run inside a transaction that the
 * caller begins and commits; when that fails, the caller calls `forget`, since the cached states ran ahead of the file.
 */
export class SqliteEngine {
  readonly #database: DatabaseSync;
  readonly #location: string;
  readonly #prepared = new Map<keyof SqlStatements, StatementSync>();
  readonly #sql = sqlStatements((n) => `?${n}`);
  readonly #studies = new Map<number, CachedStudy>();

  constructor(database: DatabaseSync, location: string) {
    this.#database = database;
    this.#location = location;
  }

  /** Write. */
  createStudy(
    definition: StudyDefinition,
    enqueued: readonly Params[],
    now: number,
  ): { readonly id: StudyId; readonly created: boolean } {
    const living = this.#get<SummaryRow>("livingByName", definition.name);
    if (living !== undefined) return { id: String(living.id), created: false };
    // Before anything is written: a refusal leaves what its transaction holds.
    for (const params of enqueued) checkParams(params);
    const inserted = this.#get<{ readonly id: number }>("insertStudy", definition.name, now);
    const id = inserted?.id ?? 0;
    faultPoint("create.study-inserted");
    const study = new CachedStudy(null, []);
    this.#studies.set(id, study);
    this.#append(id, study, { type: "study-created", definition }, now);
    faultPoint("create.event-inserted");
    for (const params of enqueued)
      this.execute(String(id), { type: "enqueue", params, origin: "enqueued", replicate: null }, 0, now);
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
    const { events, result } = decideSafely(cached.state, command, {
      now,
      leaseExpired: (token) => this.#expired(id, cached, token, now),
    });
    faultPoint(`${command.type}.decided`);
    for (const event of events) {
      this.#append(id, cached, event, now);
      faultPoint(`${command.type}.event-inserted`);
      if (event.type === "study-deleted") this.#run("deleteStudy", id, now);
      if (event.type === "study-deleted") faultPoint("delete.marked");
    }
    faultPoint(`${command.type}.done`);
    return { result, rows: cached.rowsAfter(known) ?? this.#rowsAfter(id, known) };
  }

  /** Write. */
  renew(study: StudyId, tokens: readonly string[], ttl: number, now: number): null {
    const id = this.#id(study);
    this.#run("dropOldLeases", id, now - SWEEP_AFTER);
    for (const token of tokens) this.#run("renewLease", id, token, now, now + ttl);
    faultPoint("renew.written");
    return null;
  }

  /** Write. */
  addTuningTime(study: StudyId, elapsed: number, now: number): number {
    const id = this.#id(study);
    const { total, last } = addTuningTime(this.#get<TuningTime>("tuningTime", id) ?? null, elapsed, now);
    this.#run("setTuningTime", id, total, last);
    faultPoint("tuning-time.written");
    return total;
  }

  findStudy(name: string): StudySummary | null {
    const row = this.#get<SummaryRow>("livingByName", name);
    return row === undefined ? null : summary(row);
  }

  listStudies(): readonly StudySummary[] {
    return (this.#statement("living").all() as unknown as SummaryRow[]).map(summary);
  }

  read(study: StudyId, after: number, upTo: number | undefined): readonly EventRow[] {
    const id = this.#id(study);
    if (upTo === undefined) return this.#rowsAfter(id, after);
    return this.#statement("eventsBetween").all(id, after, upTo) as unknown as EventRow[];
  }

  /** The snapshot's text, or null, and the rows after it. */
  load(study: StudyId): { readonly snapshot: string | null; readonly rows: readonly EventRow[] } {
    const id = this.#id(study);
    const snapshot = this.#get<{ readonly revision: number; readonly body: string }>("snapshot", id, SNAPSHOT_FORMAT);
    return { snapshot: snapshot?.body ?? null, rows: this.#rowsAfter(id, snapshot?.revision ?? 0) };
  }

  revision(study: StudyId): number {
    return this.#get<{ readonly revision: number }>("newestRevision", this.#id(study))?.revision ?? 0;
  }

  expired(study: StudyId, tokens: readonly string[], now: number): readonly string[] {
    const id = this.#id(study);
    const cached = this.#upToDate(id);
    return tokens.filter((token) => this.#expired(id, cached, token, now));
  }

  /**
   * Studies that have gone far beyond their last snapshot; while work goes on, farther the longer they are, so that
   * snapshots cost a fixed share of the work.
   */
  worthSnapshot(closing: boolean): readonly number[] {
    const worth = ({ sinceSnapshot, state }: CachedStudy): boolean =>
      sinceSnapshot > (closing ? SNAPSHOT_AFTER : Math.max(SNAPSHOT_AFTER, state.revision / 4));
    return [...this.#studies].filter(([, cached]) => worth(cached)).map(([id]) => id);
  }

  /** Write. */
  writeSnapshot(id: number): void {
    const cached = this.#studies.get(id);
    if (cached === undefined) return;
    const { revision } = cached.state;
    const stored = this.#get<{ readonly revision: number }>("snapshotRevision", id, SNAPSHOT_FORMAT)?.revision ?? 0;
    if (stored < revision) {
      this.#run("setSnapshot", id, SNAPSHOT_FORMAT, revision, JSON.stringify(stateToJson(cached.state)));
    }
    faultPoint("snapshot.written");
    cached.snapshotRevision = Math.max(stored, revision);
  }

  /** Drops all cached states; they are read again when needed. */
  forget(): void {
    this.#studies.clear();
  }

  #id(study: StudyId): number {
    const id = Number(study);
    if (Number.isSafeInteger(id) && (this.#studies.has(id) || this.#get("studyById", id) !== undefined)) return id;
    throw unknownStudy(study, this.#location);
  }

  #upToDate(id: number): CachedStudy {
    try {
      const known = this.#studies.get(id);
      if (known !== undefined) {
        known.apply(this.#rowsAfter(id, known.state.revision));
        return known;
      }
      const { snapshot, rows } = this.load(String(id));
      const cached = new CachedStudy(snapshot === null ? null : (JSON.parse(snapshot) as JsonValue), rows);
      this.#studies.set(id, cached);
      return cached;
    } catch (error) {
      this.#studies.delete(id);
      if (error instanceof SyntaxError) throw corruptLog(this.#location, error);
      throw error;
    }
  }

  #append(id: number, cached: CachedStudy, event: StudyEvent, at: number): void {
    const row: EventRow = { revision: cached.state.revision + 1, at, body: JSON.stringify(event) };
    this.#run("insertEvent", id, row.revision, row.at, row.body);
    cached.apply([row]);
  }

  /** Whether a token has a trial, as far as is known here. */
  holdsTrial(study: StudyId, token: string): boolean {
    return (this.#studies.get(Number(study))?.state.holding(token)?.trials.length ?? 0) > 0;
  }

  #expired(id: number, cached: CachedStudy, token: string, now: number): boolean {
    return leaseExpired(cached.state, token, this.#get<Lease>("lease", id, token) ?? null, now);
  }

  #rowsAfter(id: number, revision: number): readonly EventRow[] {
    return this.#statement("eventsAfter").all(id, revision) as unknown as EventRow[];
  }

  #statement(name: keyof SqlStatements): StatementSync {
    const known = this.#prepared.get(name);
    if (known !== undefined) return known;
    const statement = this.#database.prepare(this.#sql[name]);
    this.#prepared.set(name, statement);
    return statement;
  }

  #get<T>(name: keyof SqlStatements, ...values: readonly SQLInputValue[]): T | undefined {
    return this.#statement(name).get(...values) as T | undefined;
  }

  #run(name: keyof SqlStatements, ...values: readonly SQLInputValue[]): void {
    this.#statement(name).run(...values);
  }
}

function checkKnown(known: number, revision: number): void {
  if (known <= revision) return;
  throw new AttuneError("internal", `Events after revision ${known} are asked for, the study is at ${revision}.`);
}

/** A bug met while deciding changes nothing: it is the one command's error, not that of the others in its transaction. */
function decideSafely<C extends StudyCommand>(
  state: StudyState,
  command: C,
  context: DecideContext,
): Decision<CommandResult<C>> {
  try {
    return decide(state, command, context);
  } catch (error) {
    if (error instanceof AttuneError) throw error;
    throw new AttuneError("internal", `The command "${command.type}" could not be decided.`, { cause: error });
  }
}

function summary(row: SummaryRow): StudySummary {
  return { id: String(row.id), name: row.name, revision: row.revision, createdAt: row.created_at };
}
