import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { AttuneError } from "../errors.ts";
import { ALL_COMMANDS, commandOf, type Draw, draws } from "../trial/random-command.testing.ts";
import { Driver, SPACE } from "./contract/driver.testing.ts";
import { MemoryStorage } from "./memory/memory-storage.ts";
import { SqliteStorage } from "./sqlite/sqlite-storage.ts";
import type { Storage } from "./storage.ts";

const WORLD = { spaces: [SPACE, {}], limit: 10 };
let folder = "";
let sqlite: SqliteStorage;
let runs = 0;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "attune-same-"));
  sqlite = await SqliteStorage.open(join(folder, "study.db"), { synchronous: "normal" });
});

afterAll(async () => {
  await sqlite.close();
  rmSync(folder, { recursive: true });
});

/** What a storage makes of a sequence: answers, refusals, and the log without its times. */
async function story(storage: Storage, name: string, sequence: readonly Draw[]): Promise<unknown> {
  const driver = await Driver.create(storage, name);
  const answers: unknown[] = [];
  for (const draw of sequence) {
    try {
      answers.push(await driver.run(commandOf(driver.state, draw, WORLD)));
    } catch (error) {
      if (!(error instanceof AttuneError)) throw error;
      answers.push([error.code, error.message]);
    }
  }
  const log = await storage.read(driver.id, 0);
  expect(driver.seen).toEqual(log);
  return { answers, log: log.map(({ revision, event }) => ({ revision, event })) };
}

describe("all storages", () => {
  it("make the same of the same commands", async () => {
    await fc.assert(
      fc.asyncProperty(draws(ALL_COMMANDS, 60), async (sequence) => {
        const name = `run ${runs++}`;
        expect(await story(sqlite, name, sequence)).toEqual(await story(new MemoryStorage(), name, sequence));
      }),
      { numRuns: 60 },
    );
  });
});
