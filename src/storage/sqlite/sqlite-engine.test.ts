import { DatabaseSync } from "node:sqlite";
import { expect, it } from "vitest";
import type { StudyCommand } from "../../trial/command.ts";
import { REPORT_BLOCKS, stateFromParts } from "../../trial/evolve/snapshot.ts";
import { definition } from "../contract/driver.testing.ts";
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
  database.exec(
    "CREATE TABLE kept AS SELECT * FROM snapshot_block; DELETE FROM snapshot_block WHERE block >= 2147483648",
  );
  expect(() => lastReports(engine, id)).toThrow(expect.objectContaining({ code: "storage-corrupt" }));
  database.exec("INSERT INTO snapshot_block SELECT * FROM kept WHERE block >= 2147483648");
  expect(lastReports(engine, id)).toEqual(more);
  engine.forget();
  expect(lastReports(engine, id)).toEqual(more);
  engine.expired(id, [], 1);
  expect(lastReports(engine, id)).toEqual(more);
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
