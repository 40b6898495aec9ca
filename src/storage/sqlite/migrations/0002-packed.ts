import { SQLITE_TYPES, schemaTwo } from "../../sql/schema.ts";
import type { Migration } from "./migration.ts";

export const packed: Migration = {
  to: 2,
  up(database) {
    for (const statement of schemaTwo(SQLITE_TYPES)) database.exec(statement);
    database.exec("DELETE FROM snapshot");
  },
};
