import { DatabaseSync } from "node:sqlite";
import { expect, it } from "vitest";
import { definition } from "../contract/driver.testing.ts";
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
