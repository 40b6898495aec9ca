import { mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterEach, beforeEach, expect, it } from "vitest";
import { giveBackPages } from "./give-back-pages.ts";

let folder = "";
let file = "";
let database: DatabaseSync;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "attune-pages-"));
  file = join(folder, "a.db");
  database = new DatabaseSync(file);
  database.exec("PRAGMA journal_mode = WAL; PRAGMA temp_store = MEMORY; CREATE TABLE kept (b); CREATE TABLE gone (b)");
});
afterEach(() => {
  database.close();
  rmSync(folder, { recursive: true });
});

const pragma = (name: string): number => Number(Object.values(database.prepare(`PRAGMA ${name}`).get() ?? {})[0]);

/** Rows that fill a page each; with rows that are kept before, some pages are free afterwards. */
function fill(kept: number, gone: number): void {
  const add = (table: string, count: number): void =>
    database.exec(
      `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${count}) INSERT INTO ${table} SELECT zeroblob(3000) FROM n`,
    );
  add("kept", kept);
  add("gone", gone);
  database.exec("DROP TABLE gone");
}

it("rewrites a file of which a large part is free", () => {
  fill(100, 1_100);
  const [free, all] = [pragma("freelist_count"), pragma("page_count")];
  expect(free).toBeGreaterThanOrEqual(1_024);
  giveBackPages(database);
  expect(pragma("freelist_count")).toBe(0);
  expect(pragma("page_count")).toBeLessThanOrEqual(all - free);
  expect(statSync(file).size).toBe(pragma("page_count") * 4_096);
  expect(statSync(`${file}-wal`).size).toBe(0);
  expect(database.prepare("SELECT COUNT(*) AS n FROM kept").get()).toEqual({ n: 100 });
  expect(pragma("temp_store")).toBe(2);
});

it("leaves few free pages, and a small part, to be used again", () => {
  fill(10, 1_000);
  const few = pragma("freelist_count");
  expect(few).toBeLessThan(1_024);
  giveBackPages(database);
  expect(pragma("freelist_count")).toBe(few);
  database.exec("CREATE TABLE gone (b)");
  fill(5_000, 1_200);
  const part = pragma("freelist_count");
  expect(part).toBeGreaterThanOrEqual(1_024);
  expect(part / pragma("page_count")).toBeLessThan(0.25);
  giveBackPages(database);
  expect(pragma("freelist_count")).toBe(part);
});

it("does nothing while another process has the file, or there is no room, and tells other troubles", () => {
  fill(100, 1_100);
  const free = pragma("freelist_count");
  const other = new DatabaseSync(file, { timeout: 0 });
  other.exec("BEGIN IMMEDIATE; INSERT INTO kept VALUES (1)");
  database.exec("PRAGMA busy_timeout = 0");
  giveBackPages(database);
  expect([pragma("freelist_count"), pragma("temp_store")]).toEqual([free, 2]);
  other.exec("ROLLBACK");
  other.close();
  const exec = database.exec.bind(database);
  for (const [errcode, thrown] of [
    [13, false],
    [11, true],
  ] as const) {
    database.exec = (sql) => {
      if (sql === "VACUUM") throw Object.assign(new Error("of SQLite"), { errcode });
      exec(sql);
    };
    const given = expect(() => giveBackPages(database));
    if (thrown) given.toThrow("of SQLite");
    else given.not.toThrow();
    expect(pragma("temp_store")).toBe(2);
  }
  database.exec = exec;
});

it.each([
  [1_024, 4_096, true],
  [1_024, 4_097, false],
  [1_023, 1_100, false],
  [2_000, 8_001, false],
  [2_000, 8_000, true],
])("rewrites a file with %i free pages of %i: %s", (free, all, rewrites) => {
  const prepare = database.prepare.bind(database);
  database.prepare = (sql) => {
    if (sql === "PRAGMA freelist_count") return prepare(`SELECT ${free}`);
    return prepare(sql === "PRAGMA page_count" ? `SELECT ${all}` : sql);
  };
  const done: string[] = [];
  database.exec = (sql) => void done.push(sql);
  giveBackPages(database);
  expect(done.includes("VACUUM")).toBe(rewrites);
});
