import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setImmediate as turn } from "node:timers/promises";
import { afterEach, beforeEach, expect, it } from "vitest";
import type { TrialHandle } from "../executor/function/function-executor.ts";
import { registerScheduler } from "../scheduler/registry.ts";
import { PAUSE_AND_PROMOTE } from "../scheduler/testing/pause-and-promote.testing.ts";
import { float } from "../space/index.ts";
import { createStudy } from "./create-study.ts";

registerScheduler(PAUSE_AND_PROMOTE);

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "attune-run-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const scheduler = PAUSE_AND_PROMOTE.name;
const space = { x: float(0, 1) };

async function train(trial: TrialHandle<{ x: number }>): Promise<number> {
  for (let step = 1; step <= (trial.until ?? 9) && !trial.shouldStop(); step += 1) {
    trial.report(step, trial.params.x / step);
    await turn();
  }
  return trial.params.x;
}

it("goes on when another worker was first to resume a paused trial", async () => {
  const open = () =>
    createStudy({ name: "s", minimize: "loss", space, scheduler, seed: 1, storage: join(folder, "a.db") });
  const studies = [await open(), await open()];
  const runs = await Promise.all(studies.map((study) => study.optimize(train, { trials: 24, workers: 4 })));
  expect(runs.map(({ reason }) => reason)).toEqual(["trials", "trials"]);
  const [study] = studies;
  await study?.refresh();
  expect(study?.trials().length).toBe(24);
  expect(study?.trials().filter((trial) => trial.segments.length > 1).length).toBeGreaterThan(2);
  for (const each of studies) await each.close();
});
