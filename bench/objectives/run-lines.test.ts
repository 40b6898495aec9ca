import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { RunLines, seedsLine } from "./run-lines.ts";

interface Line {
  readonly task: string;
  readonly method: string;
  readonly seed: number;
  readonly regret: number;
}

const FIELDS = ["task", "method", "seed"] as const;
let folder = "";
const line = (task: string, method: string, seed: number): Line => ({ task, method, seed, regret: seed / 2 });

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), "run-lines-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

it("has what was run at other times, in a file that it makes, and takes a line that was cut off away", () => {
  const file = path.join(folder, "results", "runs.jsonl");
  const first = new RunLines<Line>(file, FIELDS);
  expect(first.has({ task: "a", method: "tpe", seed: 0 })).toBe(false);
  first.add(line("a", "tpe", 0));
  first.add(line("ä", "tpe", 1));
  const before = readFileSync(file, "utf8");
  appendFileSync(file, '{"task":"a","method":"tp');
  const second = new RunLines<Line>(file, FIELDS);
  expect(readFileSync(file, "utf8")).toBe(before);
  expect([0, 1, 2].map((seed) => second.has({ task: "a", method: "tpe", seed }))).toEqual([true, false, false]);
  second.add(line("a", "tpe", 2));
  expect(readFileSync(file, "utf8")).toBe(`${before}${JSON.stringify(line("a", "tpe", 2))}\n`);
  expect(new RunLines<Line>(file, FIELDS).has({ task: "a", method: "tpe", seed: 2 })).toBe(true);
});

it("does not take a line that is none for one that was cut off", () => {
  const file = path.join(folder, "runs.jsonl");
  writeFileSync(file, "none\n");
  expect(() => new RunLines<Line>(file, FIELDS)).toThrow(SyntaxError);
  expect(readFileSync(file, "utf8")).toBe("none\n");
});

it("sums up the seeds that all were run with", () => {
  const file = new RunLines<Line>(path.join(folder, "runs.jsonl"), FIELDS);
  for (const seed of [2, 0, 1]) file.add(line("a", "tpe", seed));
  for (const seed of [0, 2, 3]) file.add(line("a", "gp", seed));
  file.add(line("b", "tpe", 0));
  const cells = ["tpe", "gp"].map((method) => ({ task: "a", method }));
  const { seeds, lines } = file.ofWholeSeeds(cells);
  expect(seeds).toEqual([0, 2]);
  expect(lines.map(({ method, seed }) => [method, seed])).toEqual([
    ["tpe", 2],
    ["tpe", 0],
    ["gp", 0],
    ["gp", 2],
  ]);
  expect(file.ofWholeSeeds([...cells, { task: "b", method: "gp" }])).toEqual({ seeds: [], lines: [] });
  expect([seedsLine(seeds), seedsLine([4]), seedsLine([])]).toEqual([
    "2 seeds: 0 2\n",
    "1 seed: 4\n",
    "0 seeds: none that all were run with\n",
  ]);
});
