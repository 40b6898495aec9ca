import { SQLITE_TYPES, schemaOne } from "../../sql/schema.ts";
import type { Migration } from "./migration.ts";

export const initial: Migration = {
  to: 1,
  up(database) {
    for (const statement of schemaOne(SQLITE_TYPES)) database.exec(statement);
  },
};
