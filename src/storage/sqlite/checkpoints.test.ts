import { copyFileSync, mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { Checkpoints } from "./checkpoints.ts";

let folder = "";
let file = "";
let database: DatabaseSync;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "attune-checkpoint-"));
  file = join(folder, "a.db");
  database = new DatabaseSync(file);
  database.exec("PRAGMA journal_mode = WAL; CREATE TABLE a (n)");
  database.exec("PRAGMA wal_checkpoint(TRUNCATE)");
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
});
afterEach(() => {
  vi.useRealTimers();
  if (database.isOpen) database.close();
  rmSync(folder, { recursive: true });
});

/** What is in the main file alone, as it would be copied. */
function rows(): number {
  const copy = join(folder, "copy.db");
  copyFileSync(file, copy);
  const other = new DatabaseSync(copy);
  const { n } = other.prepare("SELECT COUNT(*) AS n FROM a").get() as { n: number };
  other.close();
  for (const name of [copy, `${copy}-wal`, `${copy}-shm`]) rmSync(name, { force: true });
  return n;
}

function commit(checkpoints: Checkpoints): void {
  database.exec("INSERT INTO a VALUES (1)");
  checkpoints.committed();
}

it("brings commits into the main file a second after the first of them, and later ones after another", () => {
  const checkpoints = new Checkpoints(database, file);
  commit(checkpoints);
  vi.advanceTimersByTime(999);
  commit(checkpoints);
  expect(rows()).toBe(0);
  vi.advanceTimersByTime(1);
  expect(rows()).toBe(2);
  commit(checkpoints);
  vi.advanceTimersByTime(999);
  expect(rows()).toBe(2);
  vi.advanceTimersByTime(1);
  expect(rows()).toBe(3);
});

it("leaves what others read to the next time, and goes on where the file cannot be written", () => {
  const checkpoints = new Checkpoints(database, file);
  const reader = new DatabaseSync(file);
  reader.exec("BEGIN; SELECT * FROM a");
  commit(checkpoints);
  vi.advanceTimersByTime(1_000);
  expect(statSync(`${file}-wal`).size).toBeGreaterThan(0);
  reader.exec("COMMIT");
  reader.close();
  commit(checkpoints);
  vi.advanceTimersByTime(1_000);
  expect(rows()).toBe(2);
});

it("does nothing any more once it has ended", () => {
  const checkpoints = new Checkpoints(database, file);
  commit(checkpoints);
  checkpoints.end();
  vi.advanceTimersByTime(5_000);
  expect(rows()).toBe(0);
  expect(vi.getTimerCount()).toBe(0);
});

it("tells what is no trouble of the file", () => {
  const checkpoints = new Checkpoints(database, file);
  commit(checkpoints);
  database.exec = () => {
    throw "no error";
  };
  expect(() => vi.advanceTimersByTime(1_000)).toThrow("no error");
  database.exec = () => {
    throw Object.assign(new Error("disk I/O error"), { errcode: 10 });
  };
  checkpoints.committed();
  expect(() => vi.advanceTimersByTime(1_000)).not.toThrow();
});
