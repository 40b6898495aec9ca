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
