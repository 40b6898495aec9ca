import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterEach, beforeEach, expect, it } from "vitest";
import { stateToJson } from "../../trial/evolve/state-to-json.testing.ts";
import { imported } from "../contract/budget.contract.ts";
import { Driver } from "../contract/driver.testing.ts";
import type { StudyId } from "../storage.ts";
import { SqliteStorage } from "./sqlite-storage.ts";

let folder = "";
let file = "";

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "attune-here-"));
  file = join(folder, "study.db");
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

it("tells without a thread what the thread tells, while that goes on", async () => {
  const driver = await Driver.create(await SqliteStorage.open(file));
  await driver.run({ type: "import", trials: Array.from({ length: 1_500 }, () => imported("complete")) });
  const here = await SqliteStorage.openHere(file);
  expect(await here.listStudies()).toEqual(await driver.storage.listStudies());
  expect(await here.trials(driver.id, { limit: 3, after: 5 })).toEqual(
    await driver.storage.trials(driver.id, { limit: 3, after: 5 }),
  );
  const looker = new Driver(here, driver.id);
  expect(stateToJson(await looker.cold())).toEqual(stateToJson(driver.state));
  await driver.run({ type: "invalidate", trial: 3, reason: null });
  expect(stateToJson(await looker.cold())).toEqual(stateToJson(driver.state));
  expect(stateToJson(await looker.looked())).toEqual(stateToJson(driver.state));
  await here.close();
  await expect(here.listStudies()).rejects.toMatchObject({ code: "storage-failed" });
  await driver.storage.close();
});

/** A study of some blocks, whose snapshot is in the file. */
async function snapshotted(): Promise<StudyId> {
  const driver = await Driver.create(await SqliteStorage.open(file));
  await driver.run({ type: "import", trials: Array.from({ length: 2_500 }, () => imported("complete")) });
  await driver.storage.close();
  return driver.id;
}

it("looks at a study as it was when the look began, whatever is written meanwhile, and reads blocks when somebody looks at them", async () => {
  const id = await snapshotted();
  const here = await SqliteStorage.openHere(file);
  const writer = new Driver(await SqliteStorage.open(file), id);
  writer.state = await writer.cold();
  await writer.run({ type: "invalidate", trial: 4, reason: null });
  const before = stateToJson(writer.state);
  expect((await here.look!(id)).blocks).toBeTypeOf("function");
  const looked = await new Driver(here, id).looked();
  await writer.run({ type: "import", trials: Array.from({ length: 5_000 }, () => imported("failed")) });
  await writer.run({ type: "invalidate", trial: 1, reason: null });
  // Writes a snapshot whose blocks take the place of those that are looked at.
  await writer.storage.close();
  expect(stateToJson(looked)).toEqual(before);
  await here.close();
  const after = await SqliteStorage.openHere(file);
  expect(stateToJson(await new Driver(after, id).looked())).toEqual(stateToJson(writer.state));
  await after.close();
});

it("reads the log where a block of the snapshot is missing, and says what is wrong with one that is damaged", async () => {
  const id = await snapshotted();
  const change = (sql: string): void => {
    const database = new DatabaseSync(file);
    database.exec(sql);
    database.close();
  };
  change("UPDATE snapshot_block SET body = x'00' WHERE block = 1");
  const damaged = await SqliteStorage.openHere(file);
  const looked = await new Driver(damaged, id).looked();
  expect(looked.trial(3)?.state).toBe("complete");
  expect(() => looked.trial(1_500)).toThrow(expect.objectContaining({ code: "storage-corrupt" }));
  await damaged.close();
  change("DELETE FROM snapshot_block WHERE block = 1");
  const here = await SqliteStorage.openHere(file);
  expect((await new Driver(here, id).looked()).trial(1_500)?.state).toBe("complete");
  await here.close();
});

it("refuses in the same words what is no storage", async () => {
  writeFileSync(file, "no database, whatever its name says, but long enough to be read as one".repeat(9));
  const refused = await SqliteStorage.open(file).catch((error: unknown) => error);
  expect(refused).toMatchObject({ code: "storage-not-a-database" });
  await expect(SqliteStorage.openHere(file)).rejects.toMatchObject({ message: (refused as Error).message });
});
