import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { Driver } from "../contract/driver.testing.ts";
import { lockHolder } from "./lock-holder.ts";
import { SqliteStorage } from "./sqlite-storage.ts";

let folder: string;
let file: string;
const holders: ChildProcess[] = [];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "attune-holder-"));
  file = join(folder, "study.db");
});
afterEach(() => {
  for (const holder of holders.splice(0)) holder.kill("SIGKILL");
  rmSync(folder, { recursive: true });
});

/** A process that holds the write lock until its input ends. */
async function hold(): Promise<ChildProcess> {
  const child = spawn(process.execPath, [join(import.meta.dirname, "lock-holder.testing.ts"), file]);
  holders.push(child);
  await once(child.stdout, "data");
  return child;
}

describe.skipIf(!existsSync("/proc/locks"))("the holder of a storage's lock", () => {
  it("is named with its state, and nobody where the lock is free", async () => {
    const storage = await SqliteStorage.open(file);
    expect(lockHolder(file)).toBeNull();
    const child = await hold();
    expect(lockHolder(file)).toMatchObject({ pid: child.pid, stopped: false });
    child.kill("SIGSTOP");
    while (lockHolder(file)?.stopped !== true) await new Promise((resolve) => setImmediate(resolve));
    child.kill("SIGCONT");
    child.stdin!.end();
    await once(child, "exit");
    expect(lockHolder(file)).toBeNull();
    await storage.close();
  });

  it("is nobody where this process holds it itself, or another one that of another file", async () => {
    const storage = await SqliteStorage.open(file);
    const own = new DatabaseSync(file);
    own.exec("BEGIN IMMEDIATE");
    expect(lockHolder(file)).toBeNull();
    own.exec("ROLLBACK");
    own.close();
    const others = file;
    file = join(folder, "other.db");
    const other = await SqliteStorage.open(file);
    await hold();
    expect(lockHolder(file)).not.toBeNull();
    expect(lockHolder(others)).toBeNull();
    await other.close();
    await storage.close();
  });

  it("is told of while finished work waits for it, and nothing is lost when it wakes", async () => {
    const storage = await SqliteStorage.open(file);
    const driver = await Driver.create(storage);
    await driver.claim("t0");
    const child = await hold();
    child.kill("SIGSTOP");
    const warned = once(process, "warning");
    const finished = driver.finish(0, "t0");
    const [{ name, message }] = (await warned) as [Error];
    expect(name).toBe("AttuneNotice");
    expect(message).toMatch(
      new RegExp(`study\\.db is locked by process ${child.pid} .*stands still.*kill -CONT ${child.pid}`),
    );
    child.kill("SIGCONT");
    child.stdin!.end();
    await finished;
    expect(driver.state.trial(0)?.state).toBe("complete");
    await storage.close();
  });
});
