import { rmSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { stateToJson } from "../../../trial/evolve/state-to-json.testing.ts";
import { Driver, definition, ended, leased, SETTINGS } from "../../contract/driver.testing.ts";
import { MIGRATIONS } from "../migrations/index.ts";
import { SqliteStorage } from "../sqlite-storage.ts";

// Writes the golden database of the newest schema version (v1.db) and what must be read from it (v1.json). Run it once for
// each schema version that is released, with: node src/storage/sqlite/golden/make-golden.testing.ts
const version = MIGRATIONS.at(-1)?.to ?? 0;
const path = (name: string): string => fileURLToPath(new URL(name, import.meta.url));
const file = path(`./v${version}.db`);
rmSync(file, { force: true });

async function everyKindOfTrial(driver: Driver): Promise<void> {
  await driver.claim("complete");
  await driver.run({ type: "report", trial: 0, token: "complete", reports: [0, 1].map((seq) => report(seq)) });
  await driver.finish(0, "complete", 0.125);
  await driver.claim("failed");
  const end = { outcome: "exit-code", message: "exit 3", exitCode: 3, signal: null, checkpoint: null } as const;
  await driver.run({ type: "finish", trial: 1, token: "failed", state: "failed", values: {}, end });
  await driver.claim("paused");
  await driver.run({ type: "pause", trial: 2, token: "paused", end: { ...ended("paused"), checkpoint: "rung-0" } });
  await driver.run({ type: "resume", trial: 2, owner: leased("resumed"), until: 9, limit: null });
  await driver.lose(2, "resumed");
  await driver.run({ type: "enqueue", params: { x: 0.25, deep: [1, null, "ü"] }, origin: "user", replicate: null });
  const replicate = { of: 0, index: 1, seed: 11, fold: 2 };
  await driver.run({ type: "enqueue", params: { x: 0.5 }, origin: "enqueued", replicate });
  await driver.run({ type: "invalidate", trial: 1, reason: "wrong data" });
}

function report(seq: number) {
  return { seq, step: seq, values: { loss: seq === 0 ? Number.NaN : Number.POSITIVE_INFINITY } };
}

async function changes(driver: Driver): Promise<void> {
  await driver.run({
    type: "import",
    trials: [
      {
        params: { x: 1 },
        state: "complete",
        values: { loss: 2 },
        reports: [],
        startedAt: 1,
        finishedAt: 2,
        attributes: { a: "1" },
      },
    ],
  });
  await driver.run({ type: "set-attribute", trial: 0, system: true, key: "k", text: '{"v": 1.0}' });
  await driver.run({ type: "configure", settings: { ...SETTINGS, extra: { commit: "abc" } }, expectedVersion: 1 });
  const space = { x: { type: "float", low: 0, high: 2 } };
  await driver.run({ type: "respace", space, note: "wider", expectedVersion: 1 });
  await driver.run({ type: "reserve", proposer: leased("proposer"), count: 2, limit: null, evidence: null });
}

const storage = await SqliteStorage.open(file);
const driver = await Driver.create(storage, "golden");
await everyKindOfTrial(driver);
await changes(driver);
await storage.addTuningTime(driver.id, 1500);
await storage.renew(driver.id, ["proposer"], 60_000);
const gone = await storage.createStudy(definition("deleted"));
await storage.execute(gone.id, { type: "delete" }, 0);
writeFileSync(path(`./v${version}.json`), `${JSON.stringify(stateToJson(driver.state), null, 1)}\n`);
await storage.close();
