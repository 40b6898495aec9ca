import type { DatabaseSync } from "node:sqlite";
import { SQLITE_TYPES, schemaTwo } from "../../sql/schema.ts";
import { EventTable } from "../event-table.ts";
import { Prepared } from "../prepared.ts";
import type { Migration } from "./migration.ts";

export const packed: Migration = {
  to: 2,
  up(database) {
    for (const statement of schemaTwo(SQLITE_TYPES)) database.exec(statement);
    database.exec("DELETE FROM snapshot");
    packAll(database);
  },
};

function packAll(database: DatabaseSync): void {
  const events = new EventTable(new Prepared(database));
  for (const { id } of database.prepare("SELECT id FROM study").all()) {
    const study = Number(id);
    while (events.worthPacking(study, events.newest(study))) events.pack(study);
  }
}
