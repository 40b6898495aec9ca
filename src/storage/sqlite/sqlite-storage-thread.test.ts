import { spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { Worker } from "node:worker_threads";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { StudyCommand } from "../../trial/command.ts";
import { imported } from "../contract/budget.contract.ts";
import { definition } from "../contract/driver.testing.ts";
import { prepareStorage } from "../prepare-storage.ts";
import { SqliteStorage } from "./sqlite-storage.ts";
import { WatchedThreads } from "./watched-threads.testing.ts";

let watched: WatchedThreads;
let threads: WatchedThreads["started"];
let folder = "";
let file = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "attune-of-thread-"));
  file = join(folder, "study.db");
  watched = new WatchedThreads();
  threads = watched.started;
});
afterEach(async () => {
  await watched.stop();
  rmSync(folder, { recursive: true, force: true });
});

const enqueue = (x: number): StudyCommand => ({ type: "enqueue", params: { x }, origin: "user", replicate: null });

it("has a thread of its own, with a name, a bound for what it soon drops, and this process's environment", async () => {
  process.env.ATTUNE_OF_THREAD = "1";
  const storage = await SqliteStorage.open(file);
  delete process.env.ATTUNE_OF_THREAD;
  expect(threads.map(({ options }) => options)).toMatchObject([
    { name: "attune-sqlite", resourceLimits: { maxYoungGenerationSizeMb: 8 }, env: { ATTUNE_OF_THREAD: "1" } },
  ]);
  await storage.close();
  expect(threads[0]!.worker.threadId).toBe(-1);
});

it("has the thread that was started before, and the next storage another one", async () => {
  prepareStorage();
  prepareStorage();
  expect(threads).toHaveLength(1);
  const first = await SqliteStorage.open(file);
  expect(threads).toHaveLength(1);
  const second = await SqliteStorage.open(file);
  expect(threads).toHaveLength(2);
  await first.close();
  expect(await second.listStudies()).toEqual([]);
  await second.close();
});

it("answers what came in one message in the order of the calls, refusals too", async () => {
  const storage = await SqliteStorage.open(file);
  const { id } = await storage.createStudy(definition("s"));
  const answered: number[] = [];
  const ask = async (k: number): Promise<void> => {
    await storage.executeSoon(id, enqueue(k % 3 === 0 ? Number.NaN : k), k + 1).catch(() => undefined);
    answered.push(k);
  };
  await Promise.all(Array.from({ length: 50 }, (_none, k) => ask(k)));
  expect(answered).toEqual(Array.from({ length: 50 }, (_none, k) => k));
  await storage.close();
});

it("sends to its thread what is asked at once, and for a server what is asked in one turn of the loop together", async () => {
  for (const gathers of [false, true]) {
    const storage = await SqliteStorage.open(file, { gathers });
    const { id } = await storage.createStudy(definition("a"));
    const sent = vi.spyOn(threads.at(-1)!.worker, "postMessage");
    const answers: Promise<unknown>[] = [];
    for (const x of [0.1, 0.2, 0.3]) {
      answers.push(storage.execute(id, enqueue(x), 1));
      await Promise.resolve();
    }
    expect(sent).toHaveBeenCalledTimes(gathers ? 0 : 3);
    await Promise.all(answers);
    expect(sent).toHaveBeenCalledTimes(gathers ? 1 : 3);
    await storage.close();
  }
});

it("starts a thread where the one that was started before has failed", async () => {
  SqliteStorage.prepare();
  threads[0]!.worker.emit("error", new Error("no memory"));
  const storage = await SqliteStorage.open(file);
  expect(threads).toHaveLength(2);
  SqliteStorage.prepare();
  // This one is not the spare one.
  threads[1]!.worker.emit("error", new Error("no memory"));
  await storage.close();
  const next = await SqliteStorage.open(file);
  expect(threads).toHaveLength(3);
  await next.close();
});

it("ends its thread where the file cannot be opened", async () => {
  await expect(SqliteStorage.open(folder)).rejects.toMatchObject({ code: "storage-not-a-database" });
  expect(threads[0]!.worker.threadId).toBe(-1);
});

describe("when its thread ends", () => {
  const ended = (words: string) => ({ code: "storage-failed", message: `The thread of ${file} ended${words}.` });

  it("by itself, says so of all that waits and of all that comes", async () => {
    const storage = await SqliteStorage.open(file);
    const { id } = await storage.createStudy(definition("s"));
    const waits = storage.changed(id, 5);
    const expected = expect(waits).rejects.toMatchObject(ended(""));
    await threads[0]!.worker.terminate();
    await expected;
    await expect(storage.revision(id)).rejects.toMatchObject(ended(""));
    await expect(storage.changed(id, 5)).rejects.toMatchObject(ended(""));
    await storage.close();
    await storage.close();
    await expect(storage.revision(id)).rejects.toMatchObject(ended(""));
  });

  it("by an error, says which, and what was answered soon may be lost", async () => {
    const before = await SqliteStorage.open(file);
    const { id } = await before.createStudy(definition("s"));
    await before.close();
    const storage = await SqliteStorage.open(file);
    const { worker } = threads[1]!;
    // It dies before it can tell what is kept.
    watched.tellsKept = false;
    const { kept } = await storage.executeSoon(id, enqueue(1), 0);
    worker.emit("error", new Error("out of memory"));
    await expect(kept).rejects.toMatchObject(ended(": out of memory"));
    await expect(storage.execute(id, enqueue(2), 0)).rejects.toMatchObject(ended(": out of memory"));
    const over = new AbortController();
    over.abort();
    await storage.changed(id, 5, over.signal);
    await storage.close();
  });
});

describe("once it is closed", () => {
  it("refuses all but another close, in a sentence", async () => {
    const storage = await SqliteStorage.open(file);
    const { id } = await storage.createStudy(definition("s"));
    const waits = storage.changed(id, 5);
    const post = vi.spyOn(threads[0]!.worker, "postMessage");
    const closing = storage.close();
    const closed = { code: "storage-failed", message: `${file} is closed; open it again.` };
    await expect(storage.revision(id)).rejects.toMatchObject(closed);
    await closing;
    await waits;
    await storage.changed(id, 5);
    await expect(storage.executeSoon(id, enqueue(1), 0)).rejects.toMatchObject(closed);
    expect(storage.close()).toBe(storage.close());
    expect(post.mock.calls).toMatchObject([[{ method: "close" }]]);
  });

  it("also where the thread's end comes in one turn with its last answer", async () => {
    const storage = await SqliteStorage.open(file);
    const { worker } = threads[0]!;
    worker.on("message", () => worker.emit("exit", 0));
    await storage.close();
    const closed = { code: "storage-failed", message: `${file} is closed; open it again.` };
    await expect(storage.revision("1")).rejects.toMatchObject(closed);
  });
});

it("waits for news until it is told to stop, and asks nothing where it was told so before", async () => {
  const storage = await SqliteStorage.open(file);
  const { id } = await storage.createStudy(definition("s"));
  const post = vi.spyOn(threads[0]!.worker, "postMessage");
  const methods = (): readonly string[] => post.mock.calls.map(([{ method }]) => method as string);
  await storage.changed(id, 5, AbortSignal.abort());
  expect(methods()).toEqual([]);
  const over = new AbortController();
  const waits = [storage.changed(id, 5, over.signal), storage.changed(id, 6)];
  over.abort();
  await waits[0];
  expect(methods()).toEqual(["changed", "changed", "stopWaiting"]);
  await storage.renew(id, [], 5);
  expect(methods()).toHaveLength(3);
  await storage.execute(id, enqueue(1), 0);
  // Whoever got its news is not stopped any more.
  const news = new AbortController();
  await storage.changed(id, 1, news.signal);
  news.abort();
  expect(methods().filter((method) => method === "stopWaiting")).toHaveLength(1);
  await storage.close();
  await waits[1];
});

it("answers with all that a caller lacks, be it out of what came before or read again", async () => {
  const storage = await SqliteStorage.open(file);
  const { id } = await storage.createStudy(definition("s"));
  const revisions = async (command: StudyCommand, known: number) =>
    (await storage.execute(id, command, known)).events.map(({ revision }) => revision);
  expect(await revisions(enqueue(1), 0)).toEqual([1, 2]);
  const post = vi.spyOn(threads[0]!.worker, "postMessage");
  expect(await revisions(enqueue(2), 0)).toEqual([1, 2, 3]);
  expect(await revisions(enqueue(3), 3)).toEqual([4]);
  expect(post).toHaveBeenCalledTimes(2);
  // A text of reports that is too long to be kept here beside what was there.
  const reports = Array.from({ length: 20_000 }, (_none, seq) => ({ seq, step: seq, values: { loss: seq } }));
  expect(await revisions({ type: "import", trials: [imported("complete", { reports })] }, 4)).toEqual([5]);
  expect(await revisions(enqueue(4), 0)).toEqual([1, 2, 3, 4, 5, 6]);
  expect(post).toHaveBeenCalledTimes(5);
  await storage.close();
});

it("says by its name what cannot be sent, and is at rest after it", async () => {
  const storage = await SqliteStorage.open(file);
  const odd = { ...definition("s"), space: (() => 1) as never };
  await expect(storage.createStudy(odd)).rejects.toThrow('The command "createStudy" cannot be kept');
  const { id } = await storage.createStudy(definition("s"));
  await expect(storage.execute(id, (() => 1) as never, 0)).rejects.toThrow('The command "execute" cannot be kept');
  await expect(storage.execute(id, { type: "x", run: () => 1 } as never, 0)).rejects.toThrow('"x" cannot be kept');
  const unref = vi.spyOn(threads[0]!.worker, "unref");
  await storage.revision(id);
  expect(unref).toHaveBeenCalledTimes(1);
  await storage.close();
});

it("says of a log that cannot be read that the file is damaged", async () => {
  const storage = await SqliteStorage.open(file);
  const { id } = await storage.createStudy(definition("s"));
  await storage.execute(id, { type: "import", trials: Array.from({ length: 1_200 }, () => imported("complete")) }, 0);
  await storage.close();
  const database = new DatabaseSync(file);
  database.exec("UPDATE snapshot SET body = '{'; UPDATE event SET body = '{' WHERE revision = 2");
  database.close();
  const damaged = { code: "storage-corrupt", message: expect.stringContaining(`${file} is damaged (`) };
  for (const again of [await SqliteStorage.open(file), await SqliteStorage.openHere(file)]) {
    expect((await again.read(id, 2)).length).toBe(1_199);
    await expect(again.read(id, 0)).rejects.toMatchObject(damaged);
    await expect(again.load(id)).rejects.toMatchObject(damaged);
    await again.close();
  }
});

describe("a process", () => {
  /** Runs such a program on the storage in a process of its own. */
  function run(program: string) {
    const script = `
      import { SqliteStorage } from ${JSON.stringify(join(import.meta.dirname, "sqlite-storage.ts"))};
      import { definition } from ${JSON.stringify(join(import.meta.dirname, "../contract/driver.testing.ts"))};
      const storage = await SqliteStorage.open(${JSON.stringify(file)});
      const { id } = await storage.createStudy(definition("s"));
      const enqueue = { type: "enqueue", params: { x: 1 }, origin: "user", replicate: null };
      ${program}
      console.log("done");`;
    const { status, stdout, stderr } = spawnSync(process.execPath, ["--input-type=module", "-e", script], {
      encoding: "utf8",
      timeout: 60_000,
    });
    return [status, stdout, stderr];
  }

  it("lives until its commands are answered and what was answered soon is kept, and ends though its storage is open", () => {
    const kept = "await (await storage.executeSoon(id, enqueue, 0)).kept;";
    const refused = "await storage.execute(id, { ...enqueue, params: { x: () => 1 } }, 0).catch(() => undefined);";
    expect(run(`${kept} await storage.execute(id, enqueue, 0); ${refused} await storage.revision(id);`)).toEqual([
      0,
      "done\n",
      "",
    ]);
  });
});

it("has a file that goes on until it is told to close, ends by itself then, and is no program", async () => {
  const thread = new Worker(new URL("./sqlite-thread.ts", import.meta.url));
  const [replies, ended]: [unknown[], Promise<unknown>] = [[], once(thread, "exit")];
  thread.on("message", (reply) => replies.push(reply));
  for (const [id, method] of ["listStudies", "revision", "close"].entries())
    thread.postMessage({ id, method, args: [] });
  expect(await ended).toEqual([0]);
  const refused = expect.objectContaining({ code: "internal" });
  expect(replies).toEqual([
    { id: 0, error: refused },
    { id: 1, error: refused },
    { id: 2, value: null },
  ]);
  await expect(import("./sqlite-thread.ts")).rejects.toThrow("sqlite-thread is a worker thread's file");
});
