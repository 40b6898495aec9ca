import fs, { mkdtempSync, rmSync } from "node:fs";
import { syncBuiltinESMExports } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterEach, beforeEach, expect, it } from "vitest";
import { Driver } from "../contract/driver.testing.ts";
import { LogFlush } from "./log-flush.ts";
import { SqliteStorage } from "./sqlite-storage.ts";

const { fdatasyncSync } = fs;
let folder = "";
let file = "";
let flushes = 0;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "attune-flush-"));
  file = join(folder, "a.db");
  flushes = 0;
  fs.fdatasyncSync = (descriptor) => {
    flushes += 1;
    fdatasyncSync(descriptor);
  };
  syncBuiltinESMExports();
});
afterEach(() => {
  fs.fdatasyncSync = fdatasyncSync;
  syncBuiltinESMExports();
  rmSync(folder, { recursive: true, force: true });
});

const enqueue = (x: number) => ({ type: "enqueue", params: { x }, origin: "enqueued", replicate: null }) as const;

it("has been done before a command is answered, and before one that was answered soon is told to be kept", async () => {
  const driver = await Driver.create(await SqliteStorage.openHere(file));
  const { storage, id } = driver;
  expect(flushes).toBeGreaterThan(0);
  flushes = 0;
  await storage.execute(id, enqueue(1), 0);
  expect(flushes).toBe(1);
  const { kept, result } = await storage.executeSoon!(id, enqueue(2), 0);
  expect([result, flushes]).toEqual([{ number: 1 }, 1]);
  await kept;
  expect(flushes).toBe(2);
  await storage.close();
});

it("is not for a storage that was opened without", async () => {
  const storage = await SqliteStorage.open(file, { synchronous: "normal" });
  const { id } = await Driver.create(storage);
  const { kept } = await storage.executeSoon(id, enqueue(1), 0);
  await kept;
  expect(flushes).toBe(0);
  await storage.close();
});

it("keeps SQLite's locks when it is closed, and is none where there is no log", () => {
  expect(LogFlush.open(file)).toBeNull();
  const [holder, other] = [new DatabaseSync(file), new DatabaseSync(file, { timeout: 0 })];
  holder.exec("PRAGMA journal_mode = WAL; CREATE TABLE a (n); BEGIN IMMEDIATE");
  const flush = LogFlush.open(file)!;
  flush.now();
  flush.close();
  expect(() => other.exec("BEGIN IMMEDIATE")).toThrow(/locked/);
  holder.exec("ROLLBACK");
  other.close();
  holder.close();
});
