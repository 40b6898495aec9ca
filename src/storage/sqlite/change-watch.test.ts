import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { ChangeWatch } from "./change-watch.ts";

let folder = "";
const open: DatabaseSync[] = [];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "attune-watch-"));
});
afterEach(() => {
  for (const database of open.splice(0)) database.close();
  rmSync(folder, { recursive: true, force: true });
});

function connect(): DatabaseSync {
  const database = new DatabaseSync(join(folder, "a.db"), { timeout: 0 });
  open.push(database);
  database.exec("CREATE TABLE IF NOT EXISTS log (study TEXT)");
  return database;
}

/** A watch over a log whose rows are a study's revisions; `refused` when it found the file locked. */
function watched() {
  const database = connect();
  const count = database.prepare("SELECT COUNT(*) AS n FROM log WHERE study = ?");
  const refused = Promise.withResolvers<void>();
  const prepare = database.prepare.bind(database);
  database.prepare = (sql) => {
    const statement = prepare(sql);
    const get = statement.get.bind(statement);
    statement.get = () => {
      try {
        return get();
      } catch (error) {
        refused.resolve();
        throw error;
      }
    };
    return statement;
  };
  const watch = new ChangeWatch(database, (study) => Number(count.get(study)?.n));
  return { database, watch, refused: refused.promise };
}

const add = (database: DatabaseSync, study: string): void => database.exec(`INSERT INTO log VALUES ('${study}')`);

it("tells of what is there already, of this connection's commits, and of nothing else than the study asked for", async () => {
  const { database, watch } = watched();
  add(database, "1");
  await watch.wait(1, "1", 0);
  const told: string[] = [];
  const waits = [
    watch.wait(2, "1", 1).then(() => told.push("1 after 1")),
    watch.wait(3, "1", 2).then(() => told.push("1 after 2")),
    watch.wait(4, "2", 0).then(() => told.push("2 after 0")),
  ];
  add(database, "1");
  watch.committed();
  await waits[0];
  expect(told).toEqual(["1 after 1"]);
  watch.forget(4);
  await waits[2];
  watch.end();
  await waits[1];
  expect(told).toEqual(["1 after 1", "2 after 0", "1 after 2"]);
  watch.committed();
});

it("tells of another connection's commits, also after one that nobody waited for", async () => {
  const { watch } = watched();
  const other = connect();
  const first = watch.wait(1, "1", 0);
  add(other, "2");
  add(other, "1");
  await first;
  add(other, "1");
  await watch.wait(2, "1", 1);
  const later = watch.wait(3, "1", 2);
  add(other, "1");
  await later;
});

it("waits on while another connection has the file for itself", async () => {
  const { watch, refused } = watched();
  const other = connect();
  const news = watch.wait(1, "1", 0);
  other.exec("BEGIN EXCLUSIVE");
  add(other, "1");
  await refused;
  other.exec("COMMIT");
  await news;
});

describe("by the clock", () => {
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ["setInterval", "clearInterval"] });
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it("looks for others' commits every 20 ms, only while somebody waits, and at the study only when there are some", async () => {
    const database = connect();
    const other = connect();
    const looked: string[] = [];
    const count = database.prepare("SELECT COUNT(*) AS n FROM log WHERE study = ?");
    const watch = new ChangeWatch(database, (study) => {
      looked.push(study);
      return Number(count.get(study)?.n);
    });
    expect(vi.getTimerCount()).toBe(0);
    const waits = [watch.wait(1, "1", 0), watch.wait(2, "1", 1), watch.wait(3, "2", 0)];
    expect([looked.splice(0), vi.getTimerCount()]).toEqual([["1", "1", "2"], 1]);
    vi.advanceTimersByTime(100);
    expect(looked).toEqual([]);
    add(other, "1");
    vi.advanceTimersByTime(19);
    expect(looked).toEqual([]);
    vi.advanceTimersByTime(1);
    expect(looked.splice(0)).toEqual(["1", "2"]);
    await waits[0];
    vi.advanceTimersByTime(100);
    expect(looked).toEqual([]);
    watch.forget(2);
    expect(vi.getTimerCount()).toBe(1);
    watch.forget(3);
    expect(vi.getTimerCount()).toBe(0);
    await Promise.all(waits);
    // What was committed while nobody waited is no news to who waits then.
    add(other, "2");
    const later = watch.wait(4, "2", 1);
    looked.length = 0;
    vi.advanceTimersByTime(20);
    expect([looked, vi.getTimerCount()]).toEqual([[], 1]);
    watch.end();
    await later;
    watch.committed();
    expect([looked, vi.getTimerCount()]).toEqual([[], 0]);
  });

  it("tells of what is no lock", async () => {
    const database = connect();
    let refuses = false;
    const watch = new ChangeWatch(database, () => {
      if (refuses) throw Object.assign(new Error("disk I/O error"), { errcode: 10 });
      return 0;
    });
    const waits = watch.wait(1, "1", 0);
    refuses = true;
    add(connect(), "1");
    expect(() => vi.advanceTimersByTime(20)).toThrow("disk I/O error");
    watch.end();
    await waits;
  });
});
