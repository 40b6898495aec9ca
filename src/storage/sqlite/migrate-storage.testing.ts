import { MIGRATIONS } from "./migrations/index.ts";
import { openDatabase } from "./open-database.ts";
import { Retry } from "./retry.ts";
import { VERSION_TWO } from "./version-two.testing.ts";

// Run as a process of its own: brings the named file to the version that only tests have.
const file = process.argv[2] ?? "";
const database = await openDatabase(
  file,
  { synchronous: "full", migrations: [...MIGRATIONS, VERSION_TWO] },
  new Retry(file),
);
database.close();
