import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterEach, beforeEach, expect, it } from "vitest";
import { Driver } from "../contract/driver.testing.ts";
import { checkStorage } from "./check-storage.ts";
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

it("lists twenty problems of its pages at most", () => {
  database.exec("CREATE TABLE checked (n CHECK (n > 0)); PRAGMA ignore_check_constraints = ON");
  for (let n = 0; n < 30; n++) database.exec(`INSERT INTO checked VALUES (${-n})`);
  database.exec("PRAGMA ignore_check_constraints = OFF");
  const { problems, studies } = checkStorage(database);
  expect(problems).toHaveLength(20);
  expect(problems[0]).toContain("CHECK constraint failed in checked");
  expect(studies).toHaveLength(2);
});
