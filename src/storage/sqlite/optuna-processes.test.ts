import { execFile } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, it } from "vitest";
import { OptunaClient } from "../contract/optuna-client.testing.ts";
import { sample } from "../contract/optuna-samples.testing.ts";
import { SqliteStorage } from "./sqlite-storage.ts";

const SCRIPT = join(import.meta.dirname, "optuna-process.testing.ts");
const PROCESSES = 3;
const TRIALS = 5;
const run = promisify(execFile);

interface Told {
  readonly pid: number;
  readonly made: readonly number[];
  readonly ran: readonly number[];
}

it("lets Optuna's clients of several processes make and take trials, each number once, and loses nothing they set", async () => {
  const folder = await mkdtemp(join(tmpdir(), "attune-optuna-"));
  const file = join(folder, "study.db");
  const storage = await SqliteStorage.open(file);
  const client = new OptunaClient(storage);
  const study = await client.createStudy(["minimize"]);
  for (let k = 0; k < 12; k++) await client.createTrial(study, sample(4));
  const told = await Promise.all(
    Array.from({ length: PROCESSES }, async (): Promise<Told> => {
      const { stdout } = await run(process.execPath, [SCRIPT, file, study, `${TRIALS}`]);
      return JSON.parse(stdout) as Told;
    }),
  );
  const numbers = told.flatMap(({ made }) => made).sort((a, b) => a - b);
  expect(numbers).toEqual(Array.from({ length: PROCESSES * TRIALS }, (_none, k) => 12 + k));
  const ran = told.flatMap((one) => one.ran);
  expect(new Set(ran).size).toBe(ran.length);
  const trials = await client.trials(study);
  expect(trials.slice(0, 12).map(({ state }) => state)).toEqual(
    Array.from({ length: 12 }, (_none, k) => (ran.includes(k) ? "COMPLETE" : "WAITING")),
  );
  for (const { pid, made } of told)
    for (const [k, number] of made.entries()) {
      expect(trials[number]).toMatchObject({ state: "COMPLETE", values: [k], user: { process: `${pid}` } });
      expect([...trials[number]!.intermediate]).toEqual([[1, k]]);
    }
  await storage.close();
  await rm(folder, { recursive: true });
});
