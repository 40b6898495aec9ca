import { DatabaseSync } from "node:sqlite";

// Run as a process of its own: takes the write lock of the named file, says so, and holds it until its input ends.
const database = new DatabaseSync(process.argv[2] ?? "");
database.exec("BEGIN IMMEDIATE");
process.stdout.write("locked\n");
process.stdin.resume();
process.stdin.on("end", () => {
  database.exec("ROLLBACK");
  database.close();
});
