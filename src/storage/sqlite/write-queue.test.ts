import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { Retry } from "./retry.ts";
import { WriteQueue } from "./write-queue.ts";

let folder = "";
let file = "";
const open: DatabaseSync[] = [];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "attune-queue-"));
  file = join(folder, "a.db");
});
afterEach(() => {
  for (const database of open.splice(0)) database.close();
  rmSync(folder, { recursive: true, force: true });
});

/** A connection to the file, and a queue on it that notes what it tells of. */
function queued(check = (): void => undefined, roomPatience?: number) {
  const database = new DatabaseSync(file, { timeout: 0 });
  open.push(database);
  database.exec("PRAGMA journal_mode = WAL; PRAGMA foreign_keys = ON");
  database.exec(
    "CREATE TABLE IF NOT EXISTS a (n INTEGER PRIMARY KEY); CREATE TABLE IF NOT EXISTS b (n INTEGER REFERENCES a DEFERRABLE INITIALLY DEFERRED)",
  );
  const told = { forgotten: 0, committed: [] as number[] };
  const full = { told: 0, tries: 0, first: Promise.withResolvers<void>() };
  const rows = (): number => Number(database.prepare("SELECT COUNT(*) AS n FROM a").get()?.n);
  const queue = new WriteQueue(database, file, new Retry(file), {
    check,
    forget: () => {
      told.forgotten += 1;
    },
    committed: () => {
      told.committed.push(rows());
    },
    waitsForRoom: () => {
      full.told += 1;
      full.tries = told.forgotten;
      full.first.resolve();
    },
    ...(roomPatience !== undefined && { roomPatience }),
  });
  const put = (n: number) => (): number => {
    database.exec(`INSERT INTO a VALUES (${n})`);
    return n;
  };
  return { database, queue, told, rows, put, full };
}

describe("writes that wait together", () => {
  it("go into one transaction, 256 at most, and are answered in their order", async () => {
    const { queue, told, put } = queued();
    const answers = await Promise.all(Array.from({ length: 300 }, (_, n) => queue.write(put(n))));
    expect(answers).toEqual(Array.from({ length: 300 }, (_, n) => n));
    expect(told).toEqual({ forgotten: 0, committed: [256, 300] });
  });

  it("share none with one that wants a transaction of its own, and are no more for it", async () => {
    const many = queued();
    const waits = Array.from({ length: 300 }, (_, n) => many.queue.write(many.put(n)));
    await Promise.all([...waits, many.queue.writeAlone(many.put(300)), many.queue.write(many.put(301))]);
    expect(many.told.committed).toEqual([256, 300, 301, 302]);
    many.database.exec("DELETE FROM a");
    const { queue, told, put } = queued();
    const alone = (n: number) => queue.writeAlone(put(n));
    await Promise.all([queue.write(put(0)), queue.write(put(1)), alone(2), alone(3), queue.write(put(4))]);
    expect(told.committed).toEqual([2, 3, 4, 5]);
  });

  it("lose what one of them wrote that fails, and nothing else", async () => {
    const { queue, told, rows, put } = queued();
    const failing = queue.write(() => {
      put(1)();
      throw new Error("of the caller");
    });
    const ends = await Promise.allSettled([queue.write(put(0)), failing, queue.write(put(2))]);
    expect(ends.map(({ status }) => status)).toEqual(["fulfilled", "rejected", "fulfilled"]);
    expect([rows(), told]).toEqual([2, { forgotten: 0, committed: [2] }]);
  });

  it("all fail when their commit does, what was read of them is forgotten, and the next ones go on", async () => {
    const { database, queue, told, rows, put } = queued();
    const orphan = (): void => database.exec("INSERT INTO b VALUES (77)");
    const ends = await Promise.allSettled([queue.write(put(0)), queue.write(orphan)]);
    expect(ends.map(({ status }) => status)).toEqual(["rejected", "rejected"]);
    expect([rows(), told]).toEqual([0, { forgotten: 1, committed: [] }]);
    await expect(queue.writeAlone(orphan)).rejects.toThrow(/FOREIGN KEY/);
    expect(told.forgotten).toBe(1);
    expect(await queue.write(put(0))).toBe(0);
    expect(told).toEqual({ forgotten: 1, committed: [1] });
  });

  it("are not begun where the file must not be written any more", async () => {
    const { queue, told, put } = queued(() => {
      throw new Error("removed");
    });
    const ends = await Promise.allSettled([queue.write(put(0)), queue.writeAlone(put(1))]);
    expect(ends).toMatchObject([{ reason: { message: "removed" } }, { reason: { message: "removed" } }]);
    expect(told).toEqual({ forgotten: 1, committed: [] });
    await queue.idle();
  });
});

it("waits while another holds the lock, and then lets others go first for a while", async () => {
  const [contended, other] = [queued(), queued()];
  const holder = new DatabaseSync(file);
  open.push(holder);
  holder.exec("BEGIN IMMEDIATE");
  const busy = Promise.withResolvers<void>();
  const exec = contended.database.exec.bind(contended.database);
  contended.database.exec = (sql) => {
    try {
      exec(sql);
    } catch (error) {
      busy.resolve();
      throw error;
    }
  };
  const done: string[] = [];
  const first = contended.queue.write(contended.put(0));
  await busy.promise;
  holder.exec("COMMIT");
  await first;
  await contended.queue.idle();
  await Promise.all([
    contended.queue.write(contended.put(1)).then(() => done.push("contended")),
    other.queue.write(other.put(2)).then(() => done.push("other")),
  ]);
  expect(done).toEqual(["other", "contended"]);
});

describe("on a disk that is full", () => {
  const pages = (database: DatabaseSync): number => Number(database.prepare("PRAGMA page_count").get()?.page_count);
  /** More than fits into the pages there are. */
  const much = (database: DatabaseSync) => (): number => {
    database.exec("CREATE TABLE IF NOT EXISTS much (text)");
    database.exec("INSERT INTO much VALUES (zeroblob(100000))");
    return 1;
  };

  it("writes wait until there is room, and it is told once", async () => {
    const { database, queue, told, put, full } = queued();
    database.exec(`PRAGMA max_page_count = ${pages(database)}`);
    const ends = [queue.write(put(1)), queue.write(much(database)), queue.write(put(2))];
    await full.first.promise;
    expect(full.tries).toBe(1);
    const later = queue.write(put(3));
    expect([told.committed, told.forgotten > 0]).toEqual([[], true]);
    database.exec("PRAGMA max_page_count = 100000");
    expect(await Promise.all(ends)).toEqual([1, 1, 2]);
    expect(await later).toBe(3);
    expect([full.told, told.committed]).toEqual([1, [3]]);
    // A short wait that comes soon after another is not worth a word.
    database.exec(`PRAGMA max_page_count = ${pages(database)}`);
    const again = queue.write(much(database));
    const forgotten = told.forgotten;
    while (told.forgotten === forgotten) await new Promise((resolve) => setImmediate(resolve));
    database.exec("PRAGMA max_page_count = 100000");
    await again;
    expect(full.told).toBe(1);
  });

  it("writes are given up once nobody has made room for as long as they may wait, and the next ones go on", async () => {
    const { database, queue, told, put, full } = queued(undefined, 600);
    database.exec(`PRAGMA max_page_count = ${pages(database)}`);
    const begun = performance.now();
    const ends = await Promise.allSettled([queue.write(put(1)), queue.write(much(database))]);
    expect(performance.now() - begun).toBeGreaterThanOrEqual(590);
    expect(ends).toMatchObject([
      { status: "rejected", reason: { code: "storage-full" } },
      { status: "rejected", reason: { code: "storage-full" } },
    ]);
    expect(full.told).toBe(1);
    expect(told.committed).toEqual([]);
    // Nobody waits on once they were given up.
    const tries = told.forgotten;
    await expect(queue.write(much(database))).rejects.toMatchObject({ code: "storage-full" });
    expect(told.forgotten).toBe(tries + 1);
    expect(await queue.write(put(2))).toBe(2);
  });

  it("what wants a transaction of its own does not wait", async () => {
    const { database, queue, told, full } = queued();
    database.exec(`PRAGMA max_page_count = ${pages(database)}`);
    await expect(queue.writeAlone(much(database))).rejects.toMatchObject({ code: "storage-full" });
    expect([full.told, told.forgotten]).toEqual([0, 0]);
  });
});
