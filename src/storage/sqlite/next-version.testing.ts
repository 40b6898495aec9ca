import { MIGRATIONS } from "./migrations/index.ts";
import type { Migration } from "./migrations/migration.ts";

/** A schema version that no release has: proves the machinery of migrations. */
export const NEXT_VERSION: Migration = {
  to: (MIGRATIONS.at(-1)?.to ?? 0) + 1,
  up(database) {
    database.exec("ALTER TABLE study ADD COLUMN note TEXT");
    database.exec("CREATE TABLE remark (study INTEGER NOT NULL, text TEXT NOT NULL)");
    database.exec("INSERT INTO remark SELECT id, name FROM study");
  },
};
