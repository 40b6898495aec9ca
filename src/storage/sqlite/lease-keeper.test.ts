import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterEach, beforeEach, expect, it } from "vitest";
import { Driver, ended, leased } from "../contract/driver.testing.ts";
import { SqliteStorage } from "./sqlite-storage.ts";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "attune-leases-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Tokens whose lease was renewed, read without a turn of the event loop. */
function renewed(database: DatabaseSync): readonly string[] {
  return database
    .prepare("SELECT token FROM lease ORDER BY token")
    .all()
    .map(({ token }) => String(token));
}

it("renews the leases of trials while the caller's thread does not turn, and of nothing else", async () => {
  const file = join(folder, "a.db");
  const storage = await SqliteStorage.open(file, { renewMs: 5 });
  const driver = await Driver.create(storage);
  await driver.claim("over");
  await driver.finish(0, "over");
  await driver.claim("busy");
  const reserve = { type: "reserve", proposer: leased("proposer"), count: 1, limit: null, evidence: null } as const;
  await driver.run(reserve);
  const database = new DatabaseSync(file, { timeout: 60_000 });
  database.exec("DELETE FROM lease");
  // The thread of this test is the busy one: nothing of it but this loop runs until the lease is there.
  while (!renewed(database).includes("busy"));
  expect(renewed(database)).toEqual(["busy"]);
  await driver.run({ type: "return", trial: 1, token: "busy", evidence: "self", end: ended("preempted") });
  database.close();
  await storage.close();
});
