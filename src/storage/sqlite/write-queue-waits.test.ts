import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { Retry } from "./retry.ts";
import { VirtualClock } from "./virtual-clock.testing.ts";
import { WriteQueue } from "./write-queue.ts";

let folder = "";
let database: DatabaseSync;
let clock: VirtualClock;
/** Called at the end of each sleep, with how many there were. */
let slept: (count: number) => void = () => undefined;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "attune-waits-"));
  database = new DatabaseSync(join(folder, "a.db"), { timeout: 0 });
  database.exec("PRAGMA journal_mode = WAL; CREATE TABLE a (n)");
  slept = () => undefined;
  clock = new VirtualClock((count) => slept(count));
});
afterEach(() => {
  clock.stop();
  vi.restoreAllMocks();
  if (database.isOpen) database.close();
  rmSync(folder, { recursive: true, force: true });
});

/** A queue, and when it told that it waits for room. */
function queued() {
  const told: number[] = [];
  const queue = new WriteQueue(database, "a.db", new Retry("a.db"), {
    check: () => undefined,
    forget: () => undefined,
    committed: () => undefined,
    waitsForRoom: () => told.push(clock.now),
  });
  return { queue, told };
}

describe("on a disk that is full", () => {
  const fill = (): void => {
    const { page_count: pages } = database.prepare("PRAGMA page_count").get() as { page_count: number };
    database.exec(`PRAGMA max_page_count = ${pages}`);
  };
  const makeRoom = (): void => database.exec("PRAGMA max_page_count = 1000000");
  const much = (): void => database.exec("INSERT INTO a VALUES (zeroblob(100000))");

  it("room is looked for every quarter of a second", async () => {
    const { queue } = queued();
    fill();
    slept = (count) => {
      if (count === 7) makeRoom();
    };
    await queue.write(much);
    expect(clock.slept).toEqual(Array.from({ length: 7 }, () => 250));
  });

  it("writes wait to the last moment of a minute, and no longer", async () => {
    const { queue, told } = queued();
    fill();
    const begun = clock.now;
    slept = (count) => {
      clock.now = begun + (count === 1 ? 59_999 : 60_000);
    };
    await expect(queue.write(much)).rejects.toMatchObject({ code: "storage-full" });
    expect([clock.slept.length, told]).toEqual([2, [begun]]);
    // Those that come after have waited long enough too.
    await expect(queue.write(much)).rejects.toMatchObject({ code: "storage-full" });
    expect(clock.slept).toHaveLength(2);
    // After a commit a full disk is another trouble.
    makeRoom();
    await queue.write(() => 1);
    fill();
    slept = () => makeRoom();
    await queue.write(much);
    expect(clock.slept).toHaveLength(3);
  });

  /** When it was told of a second time of waiting, which begins so many ms after the first, and at whose sleeps it is so late. */
  async function toldOfSecond(after: number, ...late: readonly number[]): Promise<readonly number[]> {
    const { queue, told } = queued();
    const begun = clock.now;
    fill();
    slept = () => makeRoom();
    await queue.write(much);
    expect(told).toEqual([begun]);
    clock.now = begun + after;
    fill();
    const turns = [...late];
    slept = () => {
      const next = turns.shift();
      if (next === undefined) makeRoom();
      else clock.now = begun + after + next;
    };
    await queue.write(much);
    return told.slice(1).map((at) => at - begun - after);
  }

  it("that is so again within a minute, it is told of after four seconds", async () => {
    expect(await toldOfSecond(59_999)).toEqual([]);
    expect(await toldOfSecond(30_000, 1, 3_999)).toEqual([]);
    // From the minute's end on as well.
    expect(await toldOfSecond(59_999, 0, 1)).toEqual([1]);
    expect(await toldOfSecond(30_000, 3_999, 4_000, 9_000)).toEqual([4_000]);
  });

  it("that is so again later, it is told of at once, and once", async () => {
    expect(await toldOfSecond(60_000, 1, 4_000)).toEqual([0]);
  });
});

describe("where another writer had the lock", () => {
  /** Ms slept by a write so long after one that found the file locked once. */
  async function sleptAfter(ms: number): Promise<readonly number[]> {
    const other = new DatabaseSync(join(folder, "a.db"), { timeout: 0 });
    other.exec("BEGIN IMMEDIATE");
    const { queue } = queued();
    slept = () => {
      if (other.isTransaction) other.exec("COMMIT");
    };
    const contendedAt = clock.now;
    await queue.write(() => 1);
    other.close();
    slept = () => undefined;
    clock.now = contendedAt + ms;
    const before = clock.slept.length;
    await queue.write(() => 2);
    return clock.slept.slice(before);
  }

  it("a turn is left to others for a second, a few ms of chance each time", async () => {
    const chance = vi.spyOn(Math, "random");
    chance.mockReturnValue(0);
    expect(await sleptAfter(999)).toEqual([0.5]);
    chance.mockReturnValue(0.5);
    expect(await sleptAfter(1)).toEqual([2.25]);
    expect(await sleptAfter(1_000)).toEqual([]);
  });

  it("and none where there never was one", async () => {
    const { queue } = queued();
    await queue.write(() => 1);
    await queue.write(() => 2);
    expect(clock.slept).toEqual([]);
  });
});

it("tells of both troubles where what failed cannot be taken back", async () => {
  const { queue } = queued();
  const exec = database.exec.bind(database);
  database.exec = (sql) => {
    if (sql === "COMMIT") throw new Error("no commit");
    if (sql === "ROLLBACK") throw new Error("no rollback");
    exec(sql);
  };
  const refused = await queue.write(() => 1).catch((error: unknown) => error);
  expect(refused).toBeInstanceOf(AggregateError);
  expect((refused as AggregateError).errors.map(String)).toEqual(["Error: no commit", "Error: no rollback"]);
  exec("ROLLBACK");
});
