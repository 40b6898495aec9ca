import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { stateToJson } from "../../trial/evolve/state-to-json.testing.ts";
import { imported } from "../contract/budget.contract.ts";
import { Driver } from "../contract/driver.testing.ts";
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
  await here.close();
  await expect(here.listStudies()).rejects.toMatchObject({ code: "storage-failed" });
  await driver.storage.close();
});

it("refuses in the same words what is no storage", async () => {
  writeFileSync(file, "no database, whatever its name says, but long enough to be read as one".repeat(9));
  const refused = await SqliteStorage.open(file).catch((error: unknown) => error);
  expect(refused).toMatchObject({ code: "storage-not-a-database" });
  await expect(SqliteStorage.openHere(file)).rejects.toMatchObject({ message: (refused as Error).message });
});
