import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterEach, beforeEach, expect, it } from "vitest";
import { ChangeWatch } from "./change-watch.ts";

let folder = "";
const open: DatabaseSync[] = [];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "attune-watch-"));
});
afterEach(() => {
  for (const database of open.splice(0)) database.close();
  rmSync(folder, { recursive: true, force: true });
});

function connect(): DatabaseSync {
  const database = new DatabaseSync(join(folder, "a.db"), { timeout: 0 });
  open.push(database);
  database.exec("CREATE TABLE IF NOT EXISTS log (study TEXT)");
  return database;
}

/** A watch over a log whose rows are a study's revisions; `refused` when it found the file locked. */
function watched() {
  const database = connect();
  const count = database.prepare("SELECT COUNT(*) AS n FROM log WHERE study = ?");
  const refused = Promise.withResolvers<void>();
  const prepare = database.prepare.bind(database);
  database.prepare = (sql) => {
    const statement = prepare(sql);
    const get = statement.get.bind(statement);
    statement.get = () => {
      try {
        return get();
      } catch (error) {
        refused.resolve();
        throw error;
      }
    };
    return statement;
  };
  const watch = new ChangeWatch(database, (study) => Number(count.get(study)?.n));
  return { database, watch, refused: refused.promise };
}

const add = (database: DatabaseSync, study: string): void => database.exec(`INSERT INTO log VALUES ('${study}')`);

it("tells of what is there already, of this connection's commits, and of nothing else than the study asked for", async () => {
  const { database, watch } = watched();
  add(database, "1");
  await watch.wait(1, "1", 0);
  const told: string[] = [];
  const waits = [
    watch.wait(2, "1", 1).then(() => told.push("1 after 1")),
    watch.wait(3, "1", 2).then(() => told.push("1 after 2")),
    watch.wait(4, "2", 0).then(() => told.push("2 after 0")),
  ];
  add(database, "1");
  watch.committed();
  await waits[0];
  expect(told).toEqual(["1 after 1"]);
  watch.forget(4);
  await waits[2];
  watch.end();
  await waits[1];
  expect(told).toEqual(["1 after 1", "2 after 0", "1 after 2"]);
  watch.committed();
});

it("tells of another connection's commits, also after one that nobody waited for", async () => {
  const { watch } = watched();
  const other = connect();
  const first = watch.wait(1, "1", 0);
  add(other, "2");
  add(other, "1");
  await first;
  add(other, "1");
  await watch.wait(2, "1", 1);
  const later = watch.wait(3, "1", 2);
  add(other, "1");
  await later;
});

it("waits on while another connection has the file for itself", async () => {
  const { watch, refused } = watched();
  const other = connect();
  const news = watch.wait(1, "1", 0);
  other.exec("BEGIN EXCLUSIVE");
  add(other, "1");
  await refused;
  other.exec("COMMIT");
  await news;
});
