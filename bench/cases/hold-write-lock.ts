/** Holds SQLite's write lock on FILE for MS milliseconds; prints "held" when it has it. */
import { DatabaseSync } from "node:sqlite";

const [file, ms] = process.argv.slice(2);
const database = new DatabaseSync(file!, { timeout: 5000 });
database.exec("BEGIN IMMEDIATE");
process.stdout.write("held\n");
setTimeout(() => {
  database.exec("ROLLBACK");
  database.close();
}, Number(ms));
