import { DatabaseSync } from "node:sqlite";
import { expect, it } from "vitest";
import type { StudyCommand } from "../../trial/command.ts";
import { REPORT_BLOCKS, stateFromParts } from "../../trial/evolve/snapshot.ts";
import { definition, leased } from "../contract/driver.testing.ts";
import { checkStorage } from "./check-storage.ts";
import { migrate } from "./migrate.ts";
import { MIGRATIONS } from "./migrations/index.ts";
import { SqliteEngine } from "./sqlite-engine.ts";

function opened() {
  const database = new DatabaseSync(":memory:");
  migrate(database, ":memory:", MIGRATIONS, 0);
  return { database, engine: new SqliteEngine(database, ":memory:") };
}

it("needs no snapshot of a study that was forgotten while one was being written", () => {
  const { engine } = opened();
  const { id } = engine.createStudy(definition("s"), [], 1);
  engine.forget();
  expect(engine.snapshotStep(Number(id))).toBe(true);
  expect(engine.overview()).toMatchObject([{ name: "s", revision: 1 }]);
});

it("shows what a snapshot of the newest moment says of a study without reading its trials", () => {
  const { database, engine } = opened();
  const { id } = engine.createStudy(definition("s"), [{ x: 0.5 }, { x: 0.25 }], 1);
  while (!engine.snapshotStep(Number(id)));
  const known = engine.overview();
  engine.forget();
  database.exec("DELETE FROM snapshot_block; UPDATE event SET body = 'unreadable'");
  expect(engine.overview()).toEqual(known);
  expect(known).toMatchObject([{ damage: null, parts: { trials: 2, trialsSpent: 0 } }]);
  // What came since is read with the trials.
  database.exec("UPDATE event SET revision = revision + 1 WHERE revision = (SELECT MAX(revision) FROM event)");
  expect(engine.overview()).toMatchObject([{ parts: null, damage: expect.stringContaining("is damaged") }]);
});

it("shows of a study that it knows already what it knows", () => {
  const { database, engine } = opened();
  const { id } = engine.createStudy(definition("s"), [{ x: 0.5 }], 1);
  engine.expired(id, [], 1);
  database.exec("UPDATE event SET body = 'unreadable'");
  expect(engine.overview()).toMatchObject([{ damage: null, parts: { trials: 1 } }]);
  engine.forget();
  expect(engine.overview()).toMatchObject([{ parts: null }]);
});

it("tells of a client that knows more than there is", () => {
  const { engine } = opened();
  const { id } = engine.createStudy(definition("s"), [], 1);
  const revision = engine.revision(id);
  const command = { type: "enqueue", params: { x: 0.75 }, origin: "enqueued", replicate: null } as const;
  expect(() => engine.execute(id, command, revision + 1, 2)).toThrow(
    `Events after revision ${revision + 1} are asked for, the study is at ${revision}.`,
  );
  expect(engine.execute(id, command, revision, 2).rows).toHaveLength(1);
});

/** A trial that ended somewhere else and told its loss at each of so many steps. */
function told(trial: number, steps: number, metrics: readonly string[] = ["loss"]) {
  const reports = Array.from({ length: steps }, (_none, k) => {
    const value = trial + 1 / (k + 1);
    return { seq: k, step: k + 1, values: Object.fromEntries(metrics.map((name) => [name, value])) };
  });
  const rest = { values: { loss: trial }, startedAt: 1, finishedAt: 2, attributes: {} };
  return { params: { x: trial }, state: "complete", reports, ...rest } as const;
}

/** A study with reports of three kinds of trials: pieces that are whole with one trial, and with several. */
function withReports() {
  const { database, engine } = opened();
  const { id } = engine.createStudy(definition("s"), [], 1);
  const counts = [12_000, 500, 9_000, 700, 20, 0, 30];
  const add = (trials: StudyCommand & { readonly type: "import" }): unknown => engine.execute(id, trials, 0, 2);
  add({ type: "import", trials: counts.map((steps, trial) => told(trial, steps)) });
  const snapshot = (): void => {
    while (!engine.snapshotStep(Number(id)));
    engine.spareReports(Number(id));
  };
  return { database, engine, id, counts, add, snapshot };
}

/** How many reports each trial has, and what the last of them says. */
function lastReports(engine: SqliteEngine, id: string): unknown {
  return engine.trials(id, { limit: 100 }).trials.map(({ reports }) => [reports.length, reports.at(-1)?.values.loss]);
}

it("keeps reports of trials that have ended in the file alone, once a snapshot has them", () => {
  const { database, engine, id, counts, add, snapshot } = withReports();
  const expected = counts.map((steps, trial) => [steps, steps === 0 ? undefined : trial + 1 / steps]);
  expect(lastReports(engine, id)).toEqual(expected);
  snapshot();
  const rows = (): unknown =>
    database.prepare("SELECT COUNT(*) AS n FROM snapshot_block WHERE block >= ?").get(REPORT_BLOCKS)?.n;
  expect(rows()).toBe(3);
  expect(lastReports(engine, id)).toEqual(expected);
  add({ type: "import", trials: [told(7, 9_000), told(8, 5)] });
  const more = [...expected, [9_000, 7 + 1 / 9_000], [5, 8 + 1 / 5]];
  expect(lastReports(engine, id)).toEqual(more);
  snapshot();
  expect(rows()).toBe(4);
  // Neither the state that goes on nor one that is read from the file holds them.
  database.exec("CREATE TABLE kept AS SELECT * FROM snapshot_block WHERE block >= 2147483648");
  const expectInFileAlone = (): void => {
    database.exec("DELETE FROM snapshot_block WHERE block >= 2147483648");
    expect(() => lastReports(engine, id)).toThrow(expect.objectContaining({ code: "storage-corrupt" }));
    database.exec("INSERT INTO snapshot_block SELECT * FROM kept");
    expect(lastReports(engine, id)).toEqual(more);
  };
  expectInFileAlone();
  engine.forget();
  expect(lastReports(engine, id)).toEqual(more);
  engine.expired(id, [], 1);
  expectInFileAlone();
  expect(checkStorage(database)).toEqual({ studies: [expect.objectContaining({ trials: 9 })], problems: [] });
});

it("gives whoever loads a study all reports", () => {
  const { engine, id, counts, snapshot } = withReports();
  snapshot();
  const { snapshot: stored, rows } = engine.load(id);
  expect(rows).toEqual([]);
  const state = stateFromParts(JSON.parse(stored!.head), stored!.blocks)!;
  expect(state.trials().map(({ reports }) => reports.length)).toEqual(counts);
  expect(state.tables.trials.shelf.isLasting).toBe(true);
});

it("goes on with the reports of a state read from the file as the one before would have", () => {
  const { database, engine, id, add, snapshot } = withReports();
  snapshot();
  engine.forget();
  add({ type: "import", trials: [told(7, 9_000), told(8, 30)] });
  engine.spareReports(Number(id));
  while (!engine.snapshotStep(Number(id)));
  expect(checkStorage(database).problems).toEqual([]);
});

it("takes a snapshot for worth its writing when many reports wait for it, however few events brought them", () => {
  const { engine, id, add, snapshot } = withReports();
  expect(engine.worthSnapshot(false)).toEqual([]);
  const metrics = Array.from({ length: 20 }, (_none, k) => `m${k}`);
  add({ type: "import", trials: [told(7, 30_000, metrics)] });
  expect(engine.worthSnapshot(false)).toEqual([Number(id)]);
  snapshot();
  expect(engine.worthSnapshot(false)).toEqual([]);
});

it("writes reports into a snapshot a megabyte at a time", () => {
  const { engine, id, add } = withReports();
  add({ type: "import", trials: Array.from({ length: 30 }, (_none, k) => told(7 + k, 9_000)) });
  let steps = 1;
  while (!engine.snapshotStep(Number(id))) steps += 1;
  expect(steps).toBe(3);
});

/** So many trials that ended somewhere else. */
const many = (count: number): StudyCommand => ({
  type: "import",
  trials: Array.from({ length: count }, (_none, k) => told(k, 0)),
});

const CLAIM = {
  type: "claim",
  owner: leased("t"),
  candidate: null,
  limit: null,
  until: null,
} as const;

/** A study of which this engine knows nothing yet but what is in the file: a claimed trial, others, and a snapshot if it is to have one. */
function cold(snapshot: boolean, onlyLooks = false) {
  const { database, engine: before } = opened();
  const space = { version: 1, parameters: [{ name: "x", type: "float", low: 0, high: 1 }] };
  const { id } = before.createStudy({ ...definition("s"), space }, [{ x: 0.5 }], 1);
  before.execute(id, many(5), 0, 2);
  before.execute(id, CLAIM, 0, 3);
  if (snapshot) while (!before.snapshotStep(Number(id)));
  return { database, engine: new SqliteEngine(database, "a.db", onlyLooks), before, id };
}

it("sweeps away leases that ran out an hour ago with the next renewal", () => {
  const { database, engine } = opened();
  const { id } = engine.createStudy(definition("s"), [], 1);
  const leases = (): unknown =>
    database
      .prepare("SELECT token, renewed, expires FROM lease ORDER BY token")
      .all()
      .map((row) => Object.values(row));
  engine.renew(id, ["a"], 10, 0);
  engine.renew(id, ["b", "c"], 7, 4);
  engine.renew(id, ["d"], 5, 3_600_010);
  const kept = [
    ["b", 4, 11],
    ["c", 4, 11],
    ["d", 3_600_010, 3_600_015],
  ];
  expect(leases()).toEqual([["a", 0, 10], ...kept]);
  engine.renew(id, ["d"], 5, 3_600_011);
  expect(leases()).toEqual([...kept.slice(0, 2), ["d", 3_600_011, 3_600_016]]);
});

it("takes a snapshot for worth its writing after four thousand events, and after one thousand when it closes", () => {
  const { engine } = opened();
  const { id } = engine.createStudy(definition("s"), [], 1);
  const worth = (): unknown => [engine.worthSnapshot(true).length, engine.worthSnapshot(false).length];
  engine.execute(id, many(1_023), 0, 1);
  expect([engine.revision(id), worth()]).toEqual([1_024, [0, 0]]);
  engine.execute(id, many(1), 0, 1);
  expect(worth()).toEqual([1, 0]);
  engine.execute(id, many(3_071), 0, 1);
  expect([engine.revision(id), worth()]).toEqual([4_096, [1, 0]]);
  engine.execute(id, many(1), 0, 1);
  expect(worth()).toEqual([1, 1]);
  while (!engine.snapshotStep(Number(id)));
  expect(worth()).toEqual([0, 0]);
});

it("takes none for worth its writing while it has many blocks for few events", () => {
  const { engine } = opened();
  const { id } = engine.createStudy(definition("s"), [], 1);
  engine.execute(id, many(5 * 1_024), 0, 1);
  while (!engine.snapshotStep(Number(id)));
  for (let block = 0; block < 5; block++)
    engine.execute(id, { type: "invalidate", trial: block * 1_024, reason: null }, 0, 1);
  const note = (count: number): void => {
    const command = { type: "set-attribute", trial: null, system: false, key: "k", text: "" } as const;
    for (let k = 0; k < count; k++) engine.execute(id, command, engine.revision(id), 1);
  };
  note(5 * 256 - 5);
  expect(engine.worthSnapshot(true)).toEqual([]);
  note(1);
  expect(engine.worthSnapshot(true)).toEqual([Number(id)]);
});

it("gives whoever loads a study its events up to sixteen thousand of them, with more of them a snapshot", () => {
  const { engine } = opened();
  const { id } = engine.createStudy(definition("s"), [], 1);
  engine.execute(id, many(16_383), 0, 1);
  const rows = engine.load(id);
  expect([rows.snapshot, rows.rows.length]).toEqual([null, 16_384]);
  engine.execute(id, many(1), 0, 1);
  const loaded = engine.load(id);
  expect([loaded.snapshot?.revision, loaded.rows]).toEqual([16_385, []]);
  expect(stateFromParts(JSON.parse(loaded.snapshot!.head), loaded.snapshot!.blocks)?.nextNumber).toBe(16_384);
});

it("looks at a study by its snapshot as long as sixteen thousand events came since, in a transaction that goes on", () => {
  const { database, engine, before, id } = cold(true);
  const look = engine.look(id)!;
  expect([look.rows, database.isTransaction]).toEqual([[], true]);
  expect(stateFromParts(look.head, look.blocks)?.trial(3)?.params).toEqual({ x: 2 });
  expect(engine.look(id)).not.toBeNull();
  database.exec("COMMIT");
  before.execute(id, many(16_384), 0, 4);
  expect(engine.look(id)?.rows).toHaveLength(16_384);
  database.exec("COMMIT");
  before.execute(id, many(1), 0, 4);
  expect([engine.look(id), database.isTransaction]).toEqual([null, false]);
  // One that knows the study has something better.
  expect([before.look(id), database.isTransaction]).toEqual([null, false]);
});

it("keeps a study in memory once it was read, and reads none that a snapshot tells of", () => {
  for (const snapshot of [false, true]) {
    const { engine, before, id } = cold(snapshot);
    const reads: readonly ((of: SqliteEngine) => unknown)[] = [
      (of) => of.overview(),
      (of) => of.findStudy("s"),
      (of) => of.read(id, 0, undefined),
      (of) => of.load(id),
      (of) => of.outline(id),
      (of) => of.trials(id, { limit: 2, order: [{ field: "loss" }] }),
    ];
    for (const [k, read] of reads.entries()) {
      expect(read(engine)).toEqual(read(before));
      expect(engine.holdsTrial(id, "t")).toBe(!snapshot && k >= 4);
    }
    expect(engine.expired(id, ["t"], 3)).toEqual([]);
    expect([engine.holdsTrial(id, "t"), engine.holdsTrial(id, "u")]).toEqual([true, false]);
    engine.forget();
    expect(engine.holdsTrial(id, "t")).toBe(false);
  }
});

it("reads a study for a page whose trial changed since the snapshot, and keeps none for who only looks", () => {
  for (const onlyLooks of [false, true]) {
    const { engine, before, id } = cold(true, onlyLooks);
    before.execute(id, { type: "invalidate", trial: 3, reason: null }, 0, 4);
    for (const query of [{ limit: 2 }, { limit: 10 }, { limit: 3, order: [{ field: "trial", descending: true }] }]) {
      expect(engine.trials(id, query)).toEqual(before.trials(id, query));
      expect(engine.holdsTrial(id, "t")).toBe(query.limit !== 2 && !onlyLooks);
    }
  }
});

it("reads nothing of the file again for a study that it knows", () => {
  const { database, before: engine, id } = cold(true);
  const [outline, page] = [engine.outline(id), engine.trials(id, { limit: 10 })];
  database.exec("UPDATE event SET body = 'unreadable'; UPDATE snapshot SET body = 'unreadable'");
  expect(engine.outline(id)).toEqual(outline);
  expect(engine.trials(id, { limit: 10 })).toEqual(page);
  engine.forget();
  for (const read of [() => engine.outline(id), () => engine.expired(id, [], 5)]) expect(read).toThrow();
  expect(engine.holdsTrial(id, "t")).toBe(false);
});

it("knows nothing of a study whose making was taken back", () => {
  const { database, engine } = opened();
  database.exec("SAVEPOINT one");
  expect(() => engine.createStudy(definition("s"), [{ x: 0.5 }, { x: 1n as never }], 1)).toThrow("cannot be kept");
  database.exec("ROLLBACK TO one; RELEASE one");
  expect(() => engine.revision("1")).toThrow("There is no study with id 1 in :memory:");
});

it.each(["", "0", "2", "-1", "1.5", "x", "Infinity"])("knows no study by the id %j", (id) => {
  const { engine } = opened();
  engine.createStudy(definition("s"), [], 1);
  expect(() => engine.revision(id)).toThrow(expect.objectContaining({ code: "unknown-study" }));
});

it("reads a study again after one of its events could not be written", () => {
  const { database, before: engine, id } = cold(false);
  database.exec(
    "CREATE TRIGGER no BEFORE INSERT ON event WHEN NEW.revision = 10 BEGIN SELECT RAISE(ABORT, 'no event'); END",
  );
  database.exec("SAVEPOINT one");
  expect(() => engine.execute(id, many(3), 0, 5)).toThrow("no event");
  database.exec("ROLLBACK TO one; RELEASE one; DROP TRIGGER no");
  expect(engine.holdsTrial(id, "t")).toBe(false);
  expect(engine.execute(id, many(1), 8, 6).rows.map(({ revision }) => revision)).toEqual([9]);
  expect(engine.trials(id, { limit: 10 }).trials).toHaveLength(7);
});

it("marks a study as deleted at that moment", () => {
  const { database, engine, id } = cold(false);
  engine.execute(id, { type: "delete" }, 0, 77);
  expect(database.prepare("SELECT deleted_at FROM study").all()).toEqual([{ deleted_at: 77 }]);
  expect([engine.findStudy("s"), engine.listStudies(), engine.overview()]).toEqual([null, [], []]);
});
