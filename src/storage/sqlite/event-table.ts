import { faultPoint } from "../fault-point.ts";
import type { EventRow } from "./cached-study.ts";
import { packEvents, unpackEvents } from "./packed-events.ts";
import type { Prepared } from "./prepared.ts";

/** Events of a packed run, and their characters at most; one event alone may have more. */
const RUN = 2_048;
const RUN_CHARACTERS = 2_097_152;
/** The newest events, which are never packed: they are asked for most, and the last of them says where the log stands. */
const TAIL = 1_024;

/** Greater than any revision. */
const NEWEST = Number.MAX_SAFE_INTEGER;

interface Run {
  readonly first: number;
  readonly last: number;
  readonly body: Uint8Array;
}

/** The logs in the file: the newest events in rows of their own, older ones in compressed runs. */
export class EventTable {
  readonly #sql: Prepared;
  /** Where the packed part ended when it was last looked at: others may have packed more since. */
  readonly #packed = new Map<number, number>();

  constructor(sql: Prepared) {
    this.#sql = sql;
  }

  /** Write. */
  append(study: number, { revision, at, body }: EventRow): void {
    this.#sql.run("insertEvent", study, revision, at, body);
  }

  /** Revision of the newest event, 0 without one. */
  newest(study: number): number {
    return this.#sql.get<{ readonly revision: number | null }>("newestRevision", study)?.revision ?? 0;
  }

  /** Rows with a revision in (after, upTo], oldest first. */
  between(study: number, after: number, upTo: number = NEWEST): readonly EventRow[] {
    // Rows before runs: what another process packs between the two looks is then in both, and never in none.
    const rows = this.#sql.all<EventRow>("eventsBetween", study, after, upTo);
    const first = rows[0]?.revision;
    if (first === after + 1 || (first === undefined && upTo === NEWEST)) return rows;
    const runs = this.#sql.all<Run>("runsBetween", study, after, Math.min(upTo, (first ?? NEWEST) - 1));
    const packed = runs.flatMap((run) => unpackEvents(run.body, run.first));
    const older = packed.filter(({ revision }) => revision > after && revision <= upTo && revision < (first ?? NEWEST));
    return older.length === 0 ? rows : [...older, ...rows];
  }

  /** All rows after a revision, oldest first, no more than a run of them in memory. In a transaction, so that nobody packs meanwhile. */
  *all(study: number, after = 0): Generator<EventRow> {
    for (const { first, body } of this.#sql.iterate<Run>("runsBetween", study, after, NEWEST)) {
      for (const row of unpackEvents(body, first)) if (row.revision > after) yield row;
    }
    yield* this.#sql.iterate<EventRow>("eventsBetween", study, after, NEWEST);
  }

  /** Whether there is a run's worth of old events in rows, at that newest revision. */
  worthPacking(study: number, newest: number): boolean {
    const packed = this.#packed.get(study) ?? this.#look(study);
    return newest - packed >= RUN + TAIL;
  }

  /** Write, in a transaction of its own: packs one run of old events if there are enough. */
  pack(study: number): void {
    if (this.newest(study) - this.#look(study) < RUN + TAIL) return;
    const run = this.#oldest(study);
    const [first, last] = [run[0]!.revision, run.at(-1)!.revision];
    this.#sql.run("insertRun", study, first, last, packEvents(run));
    faultPoint("pack.run-inserted");
    this.#sql.run("dropEvents", study, last);
    faultPoint("pack.rows-dropped");
    this.#packed.set(study, last);
  }

  #oldest(study: number): readonly EventRow[] {
    const run: EventRow[] = [];
    let characters = 0;
    for (const row of this.#sql.iterate<EventRow>("oldestEvents", study, RUN)) {
      characters += row.body.length;
      if (run.length > 0 && characters > RUN_CHARACTERS) break;
      run.push(row);
    }
    return run;
  }

  #look(study: number): number {
    const oldest = this.#sql.get<{ readonly revision: number | null }>("oldestRevision", study)?.revision ?? 1;
    this.#packed.set(study, oldest - 1);
    return oldest - 1;
  }
}
