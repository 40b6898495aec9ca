import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, expect, it } from "vitest";

const folder = mkdtempSync(path.join(tmpdir(), "attune-quality-"));
const file = path.join(folder, "runs.jsonl");
afterAll(() => rmSync(folder, { recursive: true }));

function run(...words: readonly string[]): string {
  const script = path.join(import.meta.dirname, "run.ts");
  const common = ["--suite", "smoke", "--tasks", "f2/,f8/", "--samplers", "random,tpe", "--jobs", "2", "--out", file];
  return execFileSync(process.execPath, [script, ...common, ...words], { encoding: "utf8" });
}

it("runs each sampler, task and seed once, in several processes, and only what is missing the next time", () => {
  expect(run("--seeds", "0").trim().split("\n")).toHaveLength(4);
  expect(run("--seeds", "0-1").trim().split("\n")).toHaveLength(4);
  expect(run("--seeds", "0-1")).toBe("");
  expect(run("--seeds", "1", "--pending", "4").trim().split("\n")).toHaveLength(4);
  const records = readFileSync(file, "utf8")
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));
  expect(new Set(records.map(({ method, scenario, seed }) => `${method} ${scenario} ${seed}`)).size).toBe(12);
  expect(records.filter(({ method }) => method === "tpe@4").map(({ pending }) => pending)).toEqual([4, 4]);
  for (const { incumbent, budget, seconds } of records) {
    expect(budget).toBe(40);
    expect(seconds).toBeGreaterThan(0);
    expect(incumbent[0][0]).toBe(1);
  }
});
