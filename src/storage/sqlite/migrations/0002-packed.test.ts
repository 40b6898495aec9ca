import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, expect, it } from "vitest";
import { definition, SPACE } from "../../contract/driver.testing.ts";
import { EventTable } from "../event-table.ts";
import { readMark } from "../migrate.ts";
import { openDatabase } from "../open-database.ts";
import { Prepared } from "../prepared.ts";
import { Retry } from "../retry.ts";
import { SqliteStorage } from "../sqlite-storage.ts";
import { initial } from "./0001-initial.ts";

const EVENTS = 8_000;
let folder = "";
let file = "";
let before: unknown;

/** A file of version 1 with a long study, of which a snapshot of that version was kept, and a short one. */
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "attune-packed-"));
  file = join(folder, "study.db");
  const database = await openDatabase(file, { synchronous: "normal", migrations: [initial] }, new Retry(file));
  database.exec("BEGIN");
  for (const name of ["long", "short"])
    database.prepare("INSERT INTO study (name, created_at) VALUES (?, 0)").run(name);
  const insert = database.prepare("INSERT INTO event (study, revision, at, body) VALUES (?, ?, ?, ?)");
  for (const [k, name] of ["long", "short"].entries())
    insert.run(k + 1, 1, 0, JSON.stringify({ type: "study-created", definition: definition(name) }));
  for (let revision = 2; revision <= EVENTS; revision++) insert.run(1, revision, revision, bodyOf(revision));
  database.exec("INSERT INTO snapshot (study, format, revision, body) VALUES (1, 2, 5000, '{}')");
  database.exec("COMMIT");
  database.close();
  before = rawEvents();
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

function bodyOf(revision: number): string {
  if (revision === EVENTS) return JSON.stringify({ type: "space-changed", space: SPACE, note: "x".repeat(900) });
  const rest = {
    values: { loss: revision },
    reports: [],
    startedAt: 1,
    finishedAt: 2,
    attributes: { note: "x".repeat(900) },
  };
  return JSON.stringify({ type: "imported", trial: revision - 2, params: { x: revision }, state: "complete", ...rest });
}

/** All events as version 1 has them. */
function rawEvents(): unknown {
  const database = new DatabaseSync(file);
  const rows = database.prepare("SELECT study, revision, at, body FROM event ORDER BY study, revision").all();
  database.close();
  return rows;
}

/** All events of a file of the newest version, in the form of {@link rawEvents}; opens and closes it. */
async function events(): Promise<unknown> {
  const database = await openDatabase(file, { synchronous: "normal" }, new Retry(file));
  const table = new EventTable(new Prepared(database));
  const rows = [1, 2].flatMap((study) => Array.from(table.all(study), (row) => ({ study, ...row })));
  database.close();
  return rows;
}

it("packs the events of a file of version 0.1, makes its snapshots anew, and gives the room back", async () => {
  const { size } = statSync(file);
  expect(await events()).toEqual(before);
  // A quarter of these events are the newest, which are never packed.
  expect(statSync(file).size).toBeLessThan(size / 3.5);
  const storage = await SqliteStorage.open(file);
  expect(await storage.check()).toEqual({
    studies: [
      { name: "long", trials: EVENTS - 2, events: EVENTS },
      { name: "short", trials: 0, events: 1 },
    ],
    problems: [],
  });
  const { head, blocks, events: rest } = await storage.load("1");
  expect({ head: head !== null, blocks: blocks.length, rest }).toEqual({ head: true, blocks: 8, rest: [] });
  await storage.close();
});

it("packs a study whose log is damaged as it is, and tells who opens it", async () => {
  const database = new DatabaseSync(file);
  database.exec('UPDATE event SET body = \'{"type":"invalidated","trial":7000}\' WHERE revision = 100');
  database.close();
  before = rawEvents();
  expect(await events()).toEqual(before);
  const storage = await SqliteStorage.open(file);
  await expect(storage.execute("1", { type: "restore", trial: 0 }, 0)).rejects.toMatchObject({
    code: "storage-corrupt",
  });
  expect(await storage.execute("2", { type: "delete" }, 0)).toMatchObject({ result: {} });
  await storage.close();
});

it.each([
  "pack.run-inserted:1",
  "pack.rows-dropped:3",
  "snapshot.block-written:5",
  "snapshot.head-written:1",
  "migrate.versioned:1",
])("leaves version 1 as it was after a crash at %s", async (point) => {
  expect(migrateAndDie(point)).toBe("SIGKILL");
  const database = new DatabaseSync(file);
  expect(readMark(database).version).toBe(1);
  database.close();
  expect(rawEvents()).toEqual(before);
  expect(await events()).toEqual(before);
});

it.each(["migrate.committed:1", "migrate.vacuumed:1"])("is done after a crash at %s", async (point) => {
  expect(migrateAndDie(point)).toBe("SIGKILL");
  const database = new DatabaseSync(file);
  expect(readMark(database).version).toBe(2);
  expect(database.prepare("PRAGMA integrity_check").get()).toEqual({ integrity_check: "ok" });
  database.close();
  expect(await events()).toEqual(before);
});

function migrateAndDie(point: string): string | null {
  const script = fileURLToPath(new URL("../migrate-storage.testing.ts", import.meta.url));
  return spawnSync(process.execPath, [script, file], { env: { ...process.env, ATTUNE_FAULT: point } }).signal;
}
