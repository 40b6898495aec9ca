import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, expect, it } from "vitest";

const folder = mkdtempSync(path.join(tmpdir(), "attune-fidelity-messages-"));
afterAll(() => rmSync(folder, { recursive: true }));

function script(name: string, words: readonly string[]) {
  const run = spawnSync(process.execPath, [path.join(import.meta.dirname, name), ...words], { encoding: "utf8" });
  return { code: run.status, out: run.stdout, err: run.stderr };
}

const FILE = path.join(folder, "runs.jsonl");
const RUN = ["--suite", "smoke", "--pairs", "asha+random", "--budget", "4"];

it("runs what is not there yet, and reports on it", () => {
  const runs = [...RUN, "--out", FILE, "--seeds", "0-1"];
  const first = script("run.ts", runs);
  expect(first).toMatchObject({ code: 0, err: "" });
  expect(first.out).toContain("smoke/shares seed 1 asha+random: regret ");
  expect(script("run.ts", runs)).toMatchObject({ code: 0, out: "" });
  expect(script("run.ts", [...runs, "--nosuch"])).toMatchObject({ code: 2, out: "" });
  expect(script("report.ts", [FILE, "--suite", "smoke"]).err).toContain("--reference: there is no run of none+auto");
  const report = script("report.ts", [FILE, "--suite", "smoke", "--reference", "asha+random", "--by-task"]);
  expect(report).toMatchObject({ code: 0, err: "" });
  expect(report.out).toContain("| asha+random | ");
});
