import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { fileURLToPath } from "node:url";
import { Worker } from "node:worker_threads";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { SNAPSHOT_FORMAT, stateFromParts, stateToParts } from "../../trial/evolve/snapshot.ts";
import { stateToJson } from "../../trial/evolve/state-to-json.testing.ts";
import { imported } from "../contract/budget.contract.ts";
import { Driver } from "../contract/driver.testing.ts";
import { SqliteStorage } from "./sqlite-storage.ts";

let folder = "";
let file = "";

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "attune-thread-"));
  file = join(folder, "study.db");
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Another process that holds the write lock until `release`. */
async function holdLock(): Promise<{ release(): Promise<void> }> {
  const script = fileURLToPath(new URL("./lock-holder.testing.ts", import.meta.url));
  const holder = spawn(process.execPath, [script, file], { stdio: ["pipe", "pipe", "inherit"] });
  await once(holder.stdout, "data");
  return {
    release: async () => {
      holder.stdin.end();
      await once(holder, "exit");
    },
  };
}

interface Answer {
  readonly value?: unknown;
  readonly error?: unknown;
}

it("answers with an error where an answer cannot be sent, and answers what came with it", async () => {
  const driver = await Driver.create(await SqliteStorage.open(file));
  await driver.run({ type: "import", trials: Array.from({ length: 1_100 }, () => imported("complete")) });
  await driver.storage.close();
  const thread = new Worker(new URL("./sqlite-thread.ts", import.meta.url));
  const answers = new Map<number, Answer>();
  const all = Promise.withResolvers<void>();
  thread.on("message", (together: object) => {
    for (const answer of [together].flat() as (Answer & { readonly id: number })[]) answers.set(answer.id, answer);
    if (answers.size === 3) all.resolve();
  });
  thread.postMessage({ id: 1, method: "open", args: [file, "full", 1_000_000] });
  // How trials were kept comes with functions, which no message can have.
  thread.postMessage([
    { id: 2, method: "look", args: [driver.id] },
    { id: 3, method: "revision", args: [driver.id] },
  ]);
  await all.promise;
  await thread.terminate();
  const message = expect.stringMatching(/could not be cloned/);
  expect(answers.get(2)).toEqual({ id: 2, error: expect.objectContaining({ message }) });
  expect(answers.get(3)).toEqual({ id: 3, value: 1_101 });
});

it("answers in one message what one transaction has, also what waits for the disk", async () => {
  const driver = await Driver.create(await SqliteStorage.open(file));
  await driver.storage.close();
  const thread = new Worker(new URL("./sqlite-thread.ts", import.meta.url));
  thread.postMessage({ id: 1, method: "open", args: [file, "full", 1_000_000] });
  await once(thread, "message");
  const command = { type: "enqueue", params: { x: 0.5 }, origin: "user", replicate: null };
  thread.postMessage([2, 3, 4].map((id) => ({ id, method: "execute", args: [driver.id, command, 1] })));
  const [together] = (await once(thread, "message")) as [readonly { readonly id: number }[]];
  await thread.terminate();
  expect(together.map(({ id }) => id)).toEqual([2, 3, 4]);
});

describe("a file that goes away while it is in use", () => {
  const trouble = (what: RegExp) => ({ code: "storage-failed", message: expect.stringMatching(what) });

  it("is told of when it was removed or moved, instead of writing on into nothing", async () => {
    const storage = await SqliteStorage.open(file);
    const driver = await Driver.create(storage);
    renameSync(file, `${file}.moved`);
    await expect(driver.claim("t")).rejects.toMatchObject(
      trouble(/study\.db was removed or moved while it was in use/),
    );
    renameSync(`${file}.moved`, file);
    expect(await driver.claim("t")).toMatchObject({ kind: "trial", trial: 0 });
    await storage.close();
  });

  it("is told of when another one took its place", async () => {
    const storage = await SqliteStorage.open(file);
    const driver = await Driver.create(storage);
    renameSync(file, `${file}.moved`);
    writeFileSync(file, "");
    await expect(driver.claim("t")).rejects.toMatchObject(trouble(/study\.db was replaced by another file/));
    await storage.close();
  });
});

describe("while another process holds the write lock", () => {
  it("the event loop goes on, reads are answered, and commands complete in order once it is free", async () => {
    const storage = await SqliteStorage.open(file);
    const driver = await Driver.create(storage);
    await driver.claim("t");
    const lock = await holdLock();
    const order: string[] = [];
    const note = (name: string) => () => order.push(name);
    const writes = Promise.all([
      driver.report(0, "t", 0, { loss: 1 }).then(note("report")),
      driver.finish(0, "t").then(note("finish")),
    ]);
    for (let turn = 0; turn < 300; turn++) {
      await new Promise((resolve) => setTimeout(resolve, 0));
      if (turn % 100 === 0) expect(await storage.revision(driver.id)).toBe(3);
    }
    order.push("turns");
    await lock.release();
    await writes;
    expect(order).toEqual(["turns", "report", "finish"]);
    await driver.refresh();
    expect(driver.trial(0)).toMatchObject({ state: "complete", reports: [{ seq: 0 }] });
    await storage.close();
  });

  it("a file that is being opened waits for its turn", async () => {
    await (await SqliteStorage.open(file)).close();
    const lock = await holdLock();
    const opening = SqliteStorage.open(file).then((storage) => Driver.create(storage));
    const first = await Promise.race([
      opening.then(() => "opened"),
      new Promise((resolve) => setImmediate(resolve, "turn")),
    ]);
    expect(first).toBe("turn");
    await lock.release();
    const driver = await opening;
    expect(driver.state.revision).toBe(1);
    await driver.storage.close();
  });
});

describe("snapshots", () => {
  /** A study far beyond the first snapshot. */
  async function large(): Promise<Driver> {
    const driver = await Driver.create(await SqliteStorage.open(file));
    await driver.claim("t");
    await driver.run({ type: "import", trials: Array.from({ length: 5_100 }, () => imported("complete")) });
    return driver;
  }

  it("are written at close, so that a cold start reads one and the events after it", async () => {
    const before = await large();
    await before.storage.close();
    const storage = await SqliteStorage.open(file);
    const loaded = await storage.load(before.id);
    expect(loaded.events).toEqual([]);
    const { head, blocks } = stateToParts(before.state, 0);
    expect(loaded.head).toEqual(head);
    expect(loaded.blocks.map((body) => Buffer.from(body))).toEqual(blocks.map(({ body }) => Buffer.from(body)));
    await storage.execute(before.id, { type: "invalidate", trial: 9, reason: null }, before.state.revision);
    expect((await storage.load(before.id)).events).toHaveLength(1);
    await storage.close();
    const again = await Driver.create(await SqliteStorage.open(file));
    await again.finish(0, "t");
    expect(stateToJson(await again.cold())).toEqual(stateToJson(again.state));
    await again.storage.close();
  });

  it("of another format are not read", async () => {
    const before = await large();
    await before.storage.close();
    const database = new DatabaseSync(file);
    database.exec("UPDATE snapshot SET format = 99, body = 'from the future'");
    database.close();
    const after = await Driver.create(await SqliteStorage.open(file));
    expect(stateToJson(await after.cold())).toEqual(stateToJson(before.state));
    expect((await after.storage.load(after.id)).head).toBeNull();
    await after.finish(0, "t");
    await after.storage.close();
  });

  it("that fail, as packing that fails, are told of once, and hold up no command and no close", async () => {
    const driver = await Driver.create(await SqliteStorage.open(file));
    const database = new DatabaseSync(file);
    for (const table of ["snapshot_block", "event_run"])
      database.exec(
        `CREATE TRIGGER no_${table} BEFORE INSERT ON ${table} BEGIN SELECT RAISE(ABORT, 'no ${table}'); END`,
      );
    database.close();
    const notices: string[] = [];
    const listen = (warning: Error): unknown => warning.name === "AttuneNotice" && notices.push(warning.message);
    process.on("warning", listen);
    try {
      const trials = Array.from({ length: 5_100 }, () => imported("complete"));
      const enqueue = (x: number) => driver.run({ type: "enqueue", params: { x }, origin: "user", replicate: null });
      await Promise.all([enqueue(1), driver.run({ type: "import", trials }), enqueue(2)]);
      for (let x = 3; x < 8; x++) await enqueue(x);
      expect(driver.state.nextNumber).toBe(5_107);
      await driver.storage.close();
      // Once while it was in use, and once at the close.
      expect(notices.map((notice) => /no (snapshot_block|event_run)/.exec(notice)?.[1])).toEqual([
        "snapshot_block",
        "event_run",
        "snapshot_block",
        "event_run",
      ]);
      expect(notices[0]).toMatch(/nothing is lost/);
    } finally {
      process.off("warning", listen);
    }
    const again = await Driver.create(await SqliteStorage.open(file));
    expect(stateToJson(again.state)).toEqual(stateToJson(driver.state));
    await again.storage.close();
  });

  it("are made of the log for whoever opens a study without one it can read, and stay with the file", async () => {
    const driver = await Driver.create(await SqliteStorage.open(file));
    await driver.run({ type: "import", trials: Array.from({ length: 17_000 }, () => imported("complete")) });
    await driver.storage.close();
    const database = new DatabaseSync(file);
    database.exec("UPDATE snapshot SET format = 1, body = 'from the past'; UPDATE snapshot_block SET body = x'00'");
    const storage = await SqliteStorage.open(file);
    const { head, blocks, events } = await storage.load(driver.id);
    expect(events).toEqual([]);
    expect(stateToJson(stateFromParts(head, blocks)!)).toEqual(stateToJson(driver.state));
    await storage.close();
    expect(database.prepare("SELECT format, revision FROM snapshot").all()).toEqual([
      { format: SNAPSHOT_FORMAT, revision: driver.state.revision },
    ]);
    database.close();
    const again = await Driver.create(await SqliteStorage.open(file));
    expect(stateToJson(again.state)).toEqual(stateToJson(driver.state));
    await again.storage.close();
  });
});
