import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterEach, beforeEach, expect, it } from "vitest";
import { openDatabase } from "./open-database.ts";
import { Retry } from "./retry.ts";

let folder = "";
let file = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "attune-open-"));
  file = join(folder, "a.db");
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function pragmas(database: DatabaseSync, ...names: readonly string[]): readonly unknown[] {
  return names.map((name) => Object.values(database.prepare(`PRAGMA ${name}`).get() ?? {})[0]);
}

it.each([
  ["full", 2],
  ["normal", 1],
] as const)("opens a file with a log of bounded size, as safe as it is asked to (%s)", async (synchronous, level) => {
  const database = await openDatabase(file, { synchronous }, new Retry(file));
  const names = ["journal_mode", "synchronous", "journal_size_limit", "temp_store", "busy_timeout"];
  expect(pragmas(database, ...names)).toEqual(["wal", level, 4_194_304, 2, 5]);
  expect(database.prepare("SELECT COUNT(*) AS n FROM study").get()).toEqual({ n: 0 });
  database.close();
});

it("leaves free pages to be used again in a file of the newest schema", async () => {
  const open = () => openDatabase(file, { synchronous: "normal" }, new Retry(file));
  const before = await open();
  before.exec("CREATE TABLE gone (b)");
  before.exec(
    "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1200) INSERT INTO gone SELECT zeroblob(3000) FROM n",
  );
  before.exec("DROP TABLE gone");
  const [free] = pragmas(before, "freelist_count");
  expect(free).toBeGreaterThanOrEqual(1_024);
  before.close();
  const database = await open();
  expect(pragmas(database, "freelist_count")).toEqual([free]);
  database.close();
});

it("closes what it refuses, and leaves it as it was", async () => {
  const other = new DatabaseSync(file);
  other.exec("CREATE TABLE mine (n); INSERT INTO mine VALUES (1)");
  other.close();
  await expect(openDatabase(file, { synchronous: "full" }, new Retry(file))).rejects.toMatchObject({
    code: "storage-not-a-database",
  });
  const again = new DatabaseSync(file);
  expect(pragmas(again, "journal_mode")).toEqual(["delete"]);
  expect(again.prepare("SELECT name FROM sqlite_master").all()).toEqual([{ name: "mine" }]);
  again.exec("BEGIN EXCLUSIVE; COMMIT");
  again.close();
});
