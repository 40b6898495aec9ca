import { initial } from "./0001-initial.ts";
import { packed } from "./0002-packed.ts";
import type { Migration } from "./migration.ts";

/** All migrations, oldest first; the last one's `to` is the schema version this release writes. */
export const MIGRATIONS: readonly Migration[] = [initial, packed];
