import { AttuneError } from "../../../errors.ts";
import { StudyState } from "../../../trial/study-state.ts";
import { SQLITE_TYPES, schemaTwo } from "../../sql/schema.ts";
import { CachedStudy } from "../cached-study.ts";
import { EventTable } from "../event-table.ts";
import { Prepared } from "../prepared.ts";
import { SnapshotTable } from "../snapshot-table.ts";
import type { Migration } from "./migration.ts";

export const packed: Migration = {
  to: 2,
  up(database) {
    for (const statement of schemaTwo(SQLITE_TYPES)) database.exec(statement);
    // In another form from now on.
    const hadSnapshot = database.prepare("DELETE FROM snapshot RETURNING study").all();
    const sql = new Prepared(database);
    for (const { study } of hadSnapshot) writeSnapshot(sql, Number(study));
    for (const { id } of database.prepare("SELECT id FROM study").all()) packEvents(sql, Number(id));
  },
};

/** Of a study large enough to have had one. */
function writeSnapshot(sql: Prepared, study: number): void {
  const cached = new CachedStudy(new StudyState());
  try {
    for (const row of new EventTable(sql).all(study)) cached.apply([row]);
  } catch (error) {
    // Who opens the study is told what is wrong with its log; the others of the file are not held up by it.
    if (error instanceof AttuneError || error instanceof SyntaxError) return;
    throw error;
  }
  const snapshots = new SnapshotTable(sql);
  while (!snapshots.step(study, cached.state));
}

function packEvents(sql: Prepared, study: number): void {
  const events = new EventTable(sql);
  while (events.worthPacking(study, events.newest(study))) events.pack(study);
}
