import { MIGRATIONS } from "./migrations/index.ts";
import { NEXT_VERSION } from "./next-version.testing.ts";
import { openDatabase } from "./open-database.ts";
import { Retry } from "./retry.ts";

// Run as a process of its own: brings the named file to the version that only tests have.
const file = process.argv[2] ?? "";
const database = await openDatabase(
  file,
  { synchronous: "full", migrations: [...MIGRATIONS, NEXT_VERSION] },
  new Retry(file),
);
database.close();
