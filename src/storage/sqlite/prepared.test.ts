import { DatabaseSync } from "node:sqlite";
import { expect, it } from "vitest";
import { migrate } from "./migrate.ts";
import { MIGRATIONS } from "./migrations/index.ts";
import { Prepared } from "./prepared.ts";

it("prepares each statement once, when it is first used, and gives rows one, all, or one at a time", () => {
  const database = new DatabaseSync(":memory:");
  migrate(database, ":memory:", MIGRATIONS, 0);
  const prepared: string[] = [];
  const prepare = database.prepare.bind(database);
  database.prepare = (sql) => {
    prepared.push(sql.split(" ", 1)[0]!);
    return prepare(sql);
  };
  const sql = new Prepared(database);
  expect(prepared).toEqual([]);
  for (const revision of [1, 2, 3]) sql.run("insertEvent", 7, revision, 10 * revision, `body ${revision}`);
  const rows = [2, 3].map((revision) => ({ revision, at: 10 * revision, body: `body ${revision}` }));
  for (let turn = 0; turn < 2; turn++) {
    expect(sql.all("eventsBetween", 7, 1, 3)).toEqual(rows);
    expect([...sql.iterate("eventsBetween", 7, 1, 3)]).toEqual(rows);
    expect(sql.get("eventsBetween", 7, 1, 3)).toEqual(rows[0]);
    expect(sql.get("eventsBetween", 8, 0, 3)).toBeUndefined();
  }
  expect(prepared).toEqual(["INSERT", "SELECT"]);
  database.close();
});
