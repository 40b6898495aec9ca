import { spawn } from "node:child_process";
import { once } from "node:events";
import { copyFileSync, existsSync, mkdtempSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { setTimeout as later } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { Driver } from "../contract/driver.testing.ts";
import { SqliteStorage } from "./sqlite-storage.ts";

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "attune-whole-"));
  file = join(folder, "study.db");
});
afterEach(() => rmSync(folder, { recursive: true }));

const endsIn = (path: string): number => {
  const database = new DatabaseSync(path);
  const row = database.prepare('SELECT COUNT(*) AS count FROM event WHERE body LIKE \'%"type":"finished"%\'').get();
  database.close();
  return Number(row!.count);
};

/** The main file as it stands, read without the log beside it. */
const mainAlone = (): number => {
  const copy = join(folder, "alone.db");
  copyFileSync(file, copy);
  const count = endsIn(copy);
  rmSync(copy);
  return count;
};

async function finish(driver: Driver, count: number): Promise<void> {
  const { nextNumber } = driver.state;
  for (let k = nextNumber; k < nextNumber + count; k++) {
    await driver.claim(`t${k}`);
    await driver.finish(k, `t${k}`);
  }
}

describe("the main file alone", () => {
  it("holds everything a second after it was written, while the storage is still open", async () => {
    const storage = await SqliteStorage.open(file);
    await finish(await Driver.create(storage), 7);
    // Waits for the very thing that is tested.
    while (mainAlone() < 7) await later(20);
    await storage.close();
  });
});

describe("a write-ahead log without its main file", () => {
  const killed = async (): Promise<void> => {
    const script = `
      const { SqliteStorage } = await import(${JSON.stringify(join(import.meta.dirname, "sqlite-storage.ts"))});
      const { Driver } = await import(${JSON.stringify(join(import.meta.dirname, "../contract/driver.testing.ts"))});
      const driver = await Driver.create(await SqliteStorage.open(${JSON.stringify(file)}));
      await driver.claim("t0");
      await driver.finish(0, "t0");
      process.kill(process.pid, "SIGKILL");`;
    const child = spawn(process.execPath, ["--input-type=module", "-e", script], { stdio: "inherit" });
    await once(child, "exit");
  };

  it.each([
    ["is not there", () => renameSync(file, join(folder, "moved.db"))],
    ["is empty", () => writeFileSync(file, "")],
  ])("is not removed by beginning anew: the main file %s", async (what, damage) => {
    await killed();
    damage();
    await expect(SqliteStorage.open(file)).rejects.toMatchObject({
      code: "storage-failed",
      message: expect.stringMatching(new RegExp(`study\\.db ${what}, but .*study\\.db-wal holds the newest part`)),
    });
    expect(statSync(`${file}-wal`).size).toBeGreaterThan(0);
  });

  it("opens when both are together again, under whatever name", async () => {
    await killed();
    renameSync(file, join(folder, "moved.db"));
    renameSync(`${file}-wal`, join(folder, "moved.db-wal"));
    const storage = await SqliteStorage.open(join(folder, "moved.db"));
    expect((await storage.listStudies()).map(({ revision }) => revision)).toEqual([4]);
    await storage.close();
  });
});

it("ends with a sentence when the log beside an open storage is removed or replaced", async () => {
  for (const replace of [false, true]) {
    const storage = await SqliteStorage.open(file);
    const driver = await Driver.create(storage, `study-${replace}`);
    rmSync(`${file}-wal`);
    if (replace) writeFileSync(`${file}-wal`, "");
    await expect(driver.claim("t0")).rejects.toMatchObject({
      code: "storage-failed",
      message: expect.stringMatching(
        /study\.db-wal was (?:removed or moved|replaced by another file) while it was in use/,
      ),
    });
    await storage.close();
    expect(existsSync(file)).toBe(true);
  }
});
