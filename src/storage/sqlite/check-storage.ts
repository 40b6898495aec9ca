import type { DatabaseSync } from "node:sqlite";
import type { JsonValue } from "../../space/json.ts";
import { SNAPSHOT_FORMAT, stateToJson } from "../../trial/evolve/snapshot.ts";
import { type SqlStatements, sqlStatements } from "../sql/statements.ts";
import { CachedStudy, type EventRow } from "./cached-study.ts";

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
    const sql = sqlStatements((n) => `?${n}`);
    const found = database.prepare(sql.living).all() as unknown as { readonly id: number; readonly name: string }[];
    const looked = found.map(({ id, name }) => checkStudy(database, sql, id, name));
    return {
      studies: looked.flatMap((study) => (typeof study === "string" ? [] : [study])),
      problems: [...problems, ...looked.filter((study) => typeof study === "string")],
    };
  } finally {
    database.exec("ROLLBACK");
  }
}

/** The study's counts, or a sentence about what is wrong with it. */
function checkStudy(
  database: DatabaseSync,
  sql: SqlStatements,
  id: number,
  name: string,
): StorageCheck["studies"][number] | string {
  const snapshot = database.prepare(sql.snapshot).get(id, SNAPSHOT_FORMAT) as
    | { readonly revision: number; readonly body: string }
    | undefined;
  const study = new CachedStudy(null, []);
  try {
    for (const row of database.prepare(sql.eventsAfter).iterate(id, 0)) {
      study.apply([row as unknown as EventRow]);
      if (study.state.revision === snapshot?.revision && !sameState(study, snapshot.body)) {
        return `study ${name}: its snapshot is not what the log says up to revision ${snapshot.revision}`;
      }
    }
  } catch (error) {
    const what = error instanceof Error ? error.message : String(error);
    return `study ${name}: event ${study.state.revision} of its log cannot be read (${what})`;
  }
  return { name, trials: study.state.nextNumber, events: study.state.revision };
}

function sameState({ state }: CachedStudy, body: string): boolean {
  return JSON.stringify(stateToJson(state)) === JSON.stringify(JSON.parse(body) as JsonValue);
}
