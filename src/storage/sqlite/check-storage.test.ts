import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterEach, beforeEach, expect, it } from "vitest";
import { imported } from "../contract/budget.contract.ts";
import { Driver } from "../contract/driver.testing.ts";
import { checkStorage } from "./check-storage.ts";
import { SqliteEngine } from "./sqlite-engine.ts";
import { SqliteStorage } from "./sqlite-storage.ts";

let folder = "";
let database: DatabaseSync;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "attune-check-"));
  const file = join(folder, "study.db");
  const storage = await SqliteStorage.open(file);
  for (const name of ["first", "second", "deleted"]) {
    const driver = await Driver.create(storage, name);
    for (const token of ["a", "b"]) await driver.finish((await driver.claim(token)).trial, token);
    if (name === "deleted") await driver.run({ type: "delete" });
  }
  await storage.close();
  database = new DatabaseSync(file);
});
afterEach(() => {
  database.close();
  rmSync(folder, { recursive: true, force: true });
});

it("counts what the living studies hold, and leaves the database free", () => {
  const found = checkStorage(database);
  expect(found.problems).toEqual([]);
  expect(found.studies.map(({ name, trials }) => [name, trials])).toEqual([
    ["first", 2],
    ["second", 2],
  ]);
  expect(found.studies.every(({ events }) => events > 2)).toBe(true);
  expect(database.isTransaction).toBe(false);
  expect(checkStorage(database)).toEqual(found);
});

it.each([
  ["is no JSON", "{", /^study first: event 1 of its log cannot be read \(/],
  ["is no event", '{"type": 7}', /^study first: event 1 of its log cannot be read \(/],
  ["is null", "null", /^study first: event 1 of its log cannot be read \(/],
])("names the event that %s, and goes on with the other studies", (_, body, words) => {
  database.prepare("UPDATE event SET body = ? WHERE study = 1 AND revision = 2").run(body);
  const { studies, problems } = checkStorage(database);
  expect(studies.map(({ name }) => name)).toEqual(["second"]);
  expect(problems).toEqual([expect.stringMatching(words)]);
  expect(database.isTransaction).toBe(false);
});

it("says that a snapshot is not what the log says, be it in its head or in a block", async () => {
  const engine = new SqliteEngine(database, "study.db");
  engine.execute("2", { type: "import", trials: Array.from({ length: 2_000 }, () => imported("complete")) }, 0, 1);
  while (!engine.snapshotStep(2));
  expect(checkStorage(database).problems).toEqual([]);
  engine.execute("2", { type: "invalidate", trial: 1, reason: null }, 0, 1);
  expect(checkStorage(database).problems).toEqual([]);
  const revision = engine.revision("2") - 1;
  const told = {
    studies: [expect.objectContaining({ name: "first" })],
    problems: [`study second: its snapshot is not what the log says up to revision ${revision}`],
  };
  for (const damage of [
    "UPDATE snapshot_block SET body = (SELECT body FROM snapshot_block WHERE block = 0) WHERE block = 1",
    "DELETE FROM snapshot_block WHERE block = 1",
    "UPDATE snapshot SET body = body || ' '",
  ]) {
    database.exec("CREATE TEMP TABLE b AS SELECT * FROM snapshot_block; CREATE TEMP TABLE h AS SELECT * FROM snapshot");
    database.exec(damage);
    expect(checkStorage(database)).toEqual(told);
    database.exec("DELETE FROM snapshot_block; DELETE FROM snapshot; INSERT INTO snapshot_block SELECT * FROM b");
    database.exec("INSERT INTO snapshot SELECT * FROM h; DROP TABLE b; DROP TABLE h");
  }
  expect(checkStorage(database).problems).toEqual([]);
});

it("lists twenty problems of its pages at most", () => {
  database.exec("CREATE TABLE checked (n CHECK (n > 0)); PRAGMA ignore_check_constraints = ON");
  for (let n = 0; n < 30; n++) database.exec(`INSERT INTO checked VALUES (${-n})`);
  database.exec("PRAGMA ignore_check_constraints = OFF");
  const { problems, studies } = checkStorage(database);
  expect(problems).toHaveLength(20);
  expect(problems[0]).toContain("CHECK constraint failed in checked");
  expect(studies).toHaveLength(2);
});
