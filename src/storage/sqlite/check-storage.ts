import type { DatabaseSync } from "node:sqlite";
import { stateToParts } from "../../trial/evolve/snapshot.ts";
import { StudyState } from "../../trial/study-state.ts";
import { CachedStudy } from "./cached-study.ts";
import { EventTable } from "./event-table.ts";
import { Prepared } from "./prepared.ts";
import { SnapshotTable, type StoredSnapshot } from "./snapshot-table.ts";

/** What a look at a whole storage found. */
export interface StorageCheck {
  /** Living studies that could be read from their first event to their last. */
  readonly studies: readonly { readonly name: string; readonly trials: number; readonly events: number }[];
  /** A sentence each; empty for a whole storage. */
  readonly problems: readonly string[];
}

/** Problems of pages that SQLite lists at most. */
const MOST_PROBLEMS = 20;

/**
 * Reads everything: SQLite's own check of all pages, then every living study's log from its first event, and whether its snapshot
 * says what the log says. All of one moment; others may go on writing.
 */
export function checkStorage(database: DatabaseSync): StorageCheck {
  database.exec("BEGIN");
  try {
    const pages = database.prepare(`PRAGMA integrity_check(${MOST_PROBLEMS})`).all();
    const problems = pages.map((row) => String(row.integrity_check)).filter((text) => text !== "ok");
    const sql = new Prepared(database);
    const found = sql.all<{ readonly id: number; readonly name: string }>("living");
    const looked = found.map(({ id, name }) => checkStudy(sql, id, name));
    return {
      studies: looked.flatMap((study) => (typeof study === "string" ? [] : [study])),
      problems: [...problems, ...looked.filter((study) => typeof study === "string")],
    };
  } finally {
    database.exec("ROLLBACK");
  }
}

/** The study's counts, or a sentence about what is wrong with it. */
function checkStudy(sql: Prepared, id: number, name: string): StorageCheck["studies"][number] | string {
  const study = new CachedStudy(new StudyState());
  try {
    const snapshot = new SnapshotTable(sql).load(id);
    for (const row of new EventTable(sql).all(id)) {
      study.apply([row]);
      if (study.state.revision === snapshot?.revision && !sameState(study.state, snapshot)) {
        return `study ${name}: its snapshot is not what the log says up to revision ${snapshot.revision}`;
      }
    }
  } catch (error) {
    const what = error instanceof Error ? error.message : String(error);
    return `study ${name}: event ${study.state.revision} of its log cannot be read (${what})`;
  }
  return { name, trials: study.state.nextNumber, events: study.state.revision };
}

function sameState(state: StudyState, snapshot: StoredSnapshot): boolean {
  const { head, blocks } = stateToParts(state, 0);
  const same = (body: Uint8Array | undefined, other: Uint8Array): boolean =>
    body !== undefined && Buffer.compare(body, other) === 0;
  return JSON.stringify(head) === snapshot.head && blocks.every(({ body }, k) => same(snapshot.blocks[k], body));
}
