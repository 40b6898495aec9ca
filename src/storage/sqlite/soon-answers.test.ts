import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { Retry } from "./retry.ts";
import { WriteQueue } from "./write-queue.ts";

let folder = "";
let database: DatabaseSync;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "attune-soon-"));
  database = new DatabaseSync(join(folder, "a.db"));
  database.exec("PRAGMA journal_mode = WAL; CREATE TABLE a (n INTEGER PRIMARY KEY)");
});
afterEach(() => {
  database.close();
  rmSync(folder, { recursive: true, force: true });
});

/** A queue, and what happened in its order: `flush`, `kept N`, and the answers by name. */
function queued(flush: () => void = () => undefined, notes = false) {
  const happened: string[] = [];
  const kept = Promise.withResolvers<void>();
  const queue = new WriteQueue(database, join(folder, "a.db"), new Retry("a.db"), {
    check: () => undefined,
    forget: () => undefined,
    committed: () => {
      if (notes) happened.push("committed");
    },
    waitsForRoom: () => undefined,
    flush: () => {
      happened.push("flush");
      flush();
    },
    kept: (commit, error) => {
      happened.push(error === null ? `kept ${commit}` : "broken");
      kept.resolve();
    },
  });
  const put = (n: number) => () => database.exec(`INSERT INTO a VALUES (${n})`);
  const note = (name: string, answer: Promise<unknown>): Promise<unknown> =>
    answer.then(
      () => happened.push(name),
      () => happened.push(`no ${name}`),
    );
  return {
    queue,
    happened,
    firstKept: kept.promise,
    soon: (n: number) => note(`soon ${n}`, queue.writeSoon(put(n))),
    write: (n: number) => note(`write ${n}`, queue.write(put(n))),
  };
}

it("come before the flush, which is told, and answers to others after it", async () => {
  const { soon, write, happened, firstKept } = queued();
  await soon(1);
  expect(happened).toEqual(["soon 1"]);
  await firstKept;
  expect(happened).toEqual(["soon 1", "flush", "kept 1"]);
  happened.length = 0;
  await Promise.all([write(2), soon(3), write(4), soon(5)]);
  expect(happened).toEqual(["soon 3", "soon 5", "flush", "kept 2", "write 2", "write 4"]);
});

it("say in which commit they are", async () => {
  const { queue } = queued();
  const [a, b] = await Promise.all([queue.writeSoon(() => "a"), queue.writeSoon(() => "b")]);
  expect([a, b]).toEqual([
    { value: "a", commit: 1 },
    { value: "b", commit: 1 },
  ]);
  await queue.writeAlone(() => undefined);
  expect(await queue.writeSoon(() => "c")).toEqual({ value: "c", commit: 3 });
});

it("are a hundred at most before they are flushed, whatever else comes", async () => {
  const { soon, happened } = queued();
  const counts: number[] = [];
  for (let n = 0; n < 500; n++) {
    await soon(n);
    counts.push(n - Math.max(-1, happened.lastIndexOf("flush") < 0 ? -1 : lastSoonBefore(happened)));
  }
  expect(Math.max(...counts)).toBeLessThanOrEqual(100);
  expect(happened.filter((one) => one === "flush").length).toBeGreaterThanOrEqual(4);
});

function lastSoonBefore(happened: readonly string[]): number {
  const before = happened.slice(0, happened.lastIndexOf("flush")).findLast((one) => one.startsWith("soon"));
  return before === undefined ? -1 : Number(before.slice(5));
}

it("are told to be lost when the disk did not take them, and nothing is written after that", async () => {
  let fails = true;
  const { soon, write, queue, happened } = queued(() => {
    if (fails) throw Object.assign(new Error("EIO: i/o error, fdatasync"), { code: "EIO" });
  });
  await Promise.all([soon(1), write(2)]);
  expect(happened).toEqual(["soon 1", "flush", "broken", "no write 2"]);
  fails = false;
  await expect(queue.write(() => 3)).rejects.toMatchObject({ code: "storage-failed", message: /fdatasync/ });
  await expect(queue.writeSoon(() => 4)).rejects.toMatchObject({ code: "storage-failed" });
});

it("are flushed with what waits for the disk before anything else is begun", async () => {
  const { soon, write, queue, happened } = queued(undefined, true);
  await Promise.all([soon(1), write(2), queue.writeAlone(() => happened.push("alone"))]);
  expect(happened).toEqual(["committed", "soon 1", "flush", "kept 1", "write 2", "alone", "committed"]);
});

it("are flushed once nothing more waits", async () => {
  const { soon, queue, happened } = queued();
  await soon(1);
  await queue.idle();
  expect(happened).toEqual(["soon 1", "flush", "kept 1"]);
});

it("take no flush where there is nothing to flush: who only looked waits for no disk", async () => {
  const { write, queue, happened } = queued();
  await queue.idle();
  expect(happened).toEqual([]);
  await write(1);
  await queue.idle();
  expect(happened).toEqual(["flush", "write 1"]);
});

describe("by the clock", () => {
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it("are flushed five ms after the first of them that was not", async () => {
    const { soon, happened } = queued();
    await soon(1);
    vi.advanceTimersByTime(4);
    await soon(2);
    expect(happened).toEqual(["soon 1", "soon 2"]);
    vi.advanceTimersByTime(1);
    expect(happened.splice(0)).toEqual(["soon 1", "soon 2", "flush", "kept 2"]);
    vi.advanceTimersByTime(100);
    await soon(3);
    vi.advanceTimersByTime(4);
    expect(happened.splice(0)).toEqual(["soon 3"]);
    vi.advanceTimersByTime(1);
    expect(happened).toEqual(["flush", "kept 3"]);
    expect(vi.getTimerCount()).toBe(0);
  });

  it("are flushed without that when there are a hundred of them", async () => {
    const { soon, queue, happened } = queued();
    for (let n = 0; n < 99; n++) await soon(n);
    await queue.writeAlone(() => undefined);
    expect([happened.length, vi.getTimerCount()]).toEqual([99, 1]);
    await soon(99);
    await queue.idle();
    expect(happened.slice(99)).toEqual(["soon 99", "flush", "kept 101"]);
    expect(vi.getTimerCount()).toBe(0);
    await soon(100);
    expect([happened.at(-1), vi.getTimerCount()]).toEqual(["soon 100", 1]);
  });

  it("are flushed by what comes after them and waits for the disk", async () => {
    const { soon, write, happened } = queued();
    await soon(1);
    await write(2);
    expect(happened).toEqual(["soon 1", "flush", "kept 2", "write 2"]);
    expect(vi.getTimerCount()).toBe(0);
  });

  it("are none where work has a transaction of its own: nobody waits for its flush", async () => {
    const { queue, happened } = queued();
    await queue.writeAlone(() => undefined);
    await queue.idle();
    expect([happened, vi.getTimerCount()]).toEqual([[], 0]);
  });
});
