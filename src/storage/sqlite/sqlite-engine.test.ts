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
