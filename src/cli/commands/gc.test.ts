import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { expect, it } from "vitest";
import type { HeldOutRole, HeldOutRun } from "../../trial/held-out-run.ts";
import { oldHeldOutFiles } from "./gc.ts";

const BOTH = { logs: true, checkpoints: true };

it("lets files of held-out runs go but for the newest of each role, and of a run that is not recorded yet", () => {
  const folder = mkdtempSync(join(tmpdir(), "attune-"));
  const folderOf = (run: number): string => join(folder, `held-out-${run}`);
  for (const run of [0, 1, 2, 3, 4]) {
    mkdirSync(folderOf(run));
    for (const name of ["output.log", "0.checkpoint"]) writeFileSync(join(folderOf(run), name), "text");
  }
  const roles: readonly HeldOutRole[] = ["winner", "runner-up", "winner", "default"];
  const runs = roles.map((role, number) => ({ role, number }) as HeldOutRun);
  const found = (kinds: typeof BOTH): readonly string[] =>
    oldHeldOutFiles(folderOf, runs, kinds).map(({ path }) => `${basename(dirname(path))}/${basename(path)}`);
  expect(found(BOTH)).toEqual(["held-out-0/0.checkpoint", "held-out-0/output.log"]);
  expect(found({ logs: true, checkpoints: false })).toEqual(["held-out-0/output.log"]);
  expect(found({ logs: false, checkpoints: true })).toEqual(["held-out-0/0.checkpoint"]);
});

it("keeps the newest held-out run of each neighbour on a front", () => {
  const folder = mkdtempSync(join(tmpdir(), "attune-"));
  const run = (role: HeldOutRole, number: number, trial: number) => ({ role, number, trial }) as HeldOutRun;
  const runs = [
    run("chosen", 0, 4),
    run("neighbour", 1, 8),
    run("neighbour", 2, 3),
    run("neighbour", 3, 8),
    run("chosen", 4, 3),
  ];
  for (const { number } of runs) {
    mkdirSync(join(folder, String(number)));
    writeFileSync(join(folder, String(number), "output.log"), "text");
  }
  const found = oldHeldOutFiles((number) => join(folder, String(number)), runs, BOTH);
  expect(found.map(({ path }) => basename(dirname(path)))).toEqual(["0", "1"]);
});
