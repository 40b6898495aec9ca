import { MIGRATIONS } from "./migrations/index.ts";
import { NEXT_VERSION } from "./next-version.testing.ts";
import { openDatabase } from "./open-database.ts";
import { Retry } from "./retry.ts";

// Run as a process of its own: brings the named file to the newest version, or with `next` to the one that only tests have.
const file = process.argv[2] ?? "";
const database = await openDatabase(
  file,
  { synchronous: "full", migrations: process.argv[3] === "next" ? [...MIGRATIONS, NEXT_VERSION] : MIGRATIONS },
  new Retry(file),
);
database.close();
