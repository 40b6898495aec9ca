import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, expect, it } from "vitest";
import { JsonLinesProcess } from "./runner/json-lines-process.ts";

const folder = mkdtempSync(path.join(tmpdir(), "attune-quality-messages-"));
const file = path.join(folder, "runs.jsonl");
afterAll(() => rmSync(folder, { recursive: true }));

function script(name: string, words: readonly string[]) {
  const run = spawnSync(process.execPath, [path.join(import.meta.dirname, name), ...words], { encoding: "utf8" });
  return { code: run.status, out: run.stdout, err: run.stderr };
}

const RUN = ["--suite", "smoke", "--samplers", "random", "--tasks", "f2/"];
const FILE = path.join(folder, "measured.jsonl");
const ONE = { scenario: "smoke-bbob-f2", instance: "5d", seed: 0, budget: 40, seconds: 0.1, incumbent: [[1, 0.5]] };
const LINES = ["tpe", "random"].map((method) => JSON.stringify({ method, ...ONE }));
writeFileSync(FILE, `${LINES.join("\n")}\n`);
const READ = [FILE, "--suite", "smoke", "--subject", "tpe"];

it.each([
  ["run.ts", [...RUN, "--suite", "nosuch"], "there is no suite nosuch; there are: yahpo-dev, "],
  ["run.ts", [...RUN, "--suite", "toString"], "there is no suite toString"],
  ["run.ts", [...RUN, "--samplers", ""], "--samplers or --peers must name who is to run"],
  ["run.ts", [...RUN, "--samplers", "gpp"], 'There is no sampler named "gpp"'],
  ["run.ts", [...RUN, "--peers", "toString"], "there is no peer toString; there are: optuna-random, "],
  ["run.ts", [...RUN, "--tasks", "f2/,nosuch"], "--tasks: smoke has no task whose name contains nosuch; it has: "],
  ["run.ts", [...RUN, "--seeds", "3-1"], "--seeds 3-1: whole numbers"],
  ["run.ts", [...RUN, "--pending", "0"], '--pending is "0"; give a whole number from 1 up.'],
  ["run.ts", [...RUN, "--pending", "abc"], '--pending is "abc"'],
  ["run.ts", [...RUN, "--jobs", "0"], '--jobs is "0"'],
  ["run.ts", [...RUN, "--options", "{"], "--options is no JSON object: {"],
  ["run.ts", [...RUN, "--options", "[1]"], "--options is no JSON object: [1]"],
  ["run.ts", [...RUN, "--samplers", "gp,tpe", "--name", "x"], "--name renames one sampler, not several"],
  ["run.ts", [...RUN, "--nosuch"], "Unknown option '--nosuch'"],
  ["run.ts", [...RUN, "--out", path.join(folder, "no", "x.jsonl")], "x.jsonl cannot be written: ENOENT"],
  ["report.ts", [...READ, path.join(folder, "missing.jsonl")], "missing.jsonl cannot be read: ENOENT"],
  ["report.ts", [...READ, "--suite", "bbob-2"], `no run of suite bbob-2 in ${FILE}`],
  ["report.ts", [...READ, "--subject", "gp"], "--subject: there is no run of gp; there are runs of: random, tpe"],
  ["report.ts", [...READ, "--methods", "tpe,gp"], "--methods: there is no run of gp; there are runs of: random, tpe"],
  ["report.ts", [...READ, "--out", path.join(folder, "no", "page.md")], "page.md cannot be written: "],
  ["report.ts", ["--suite", "smoke"], "name at least one file of runs"],
  ["non-inferior.ts", ["--suite", "smoke"], "name at least one file of runs"],
  ["non-inferior.ts", [...READ, "--reference", "gp"], "--reference: there is no run of gp; there are runs of: "],
  ["non-inferior.ts", [...READ, "--margin", "abc"], '--margin is "abc"; give a number from 0 up, such as 0.1.'],
  ["sklearn/baseline.ts", ["--only", "nosuch"], "--only: there is no problem whose name contains nosuch"],
  ["sklearn/baseline.ts", ["--only", "iris", "--draws", "abc"], '--draws is "abc"; give a whole number from 1 up.'],
  ["../think.ts", ["--sizes", "30,abc"], '--sizes is "abc"; give a whole number from 0 up.'],
  ["../think.ts", ["--suggestions", "0"], '--suggestions is "0"; give a whole number from 1 up.'],
  ["../think.ts", ["--think", "5ms,xyz"], 'think is "xyz"; give the time that a suggestion may take'],
  ["speed.ts", ["--rounds", "0"], '--rounds is "0"'],
  ["speed.ts", ["--samplers", "random"], "--samplers: random is not measured; gp, tpe are"],
  ["speed.ts", ["--sizes", "100,55"], "--sizes: 55 is not measured; 100, 300, 1000, 10000 are"],
  [
    "speed.ts",
    ["--samplers", "gp", "--sizes", "10000"],
    "nothing to measure: gp is measured after 100, 300, 1000 trials",
  ],
])("%s %j says in a line what is wrong and does nothing", (name, words, message) => {
  const out = name === "run.ts" && !words.includes("--out") ? ["--out", file] : [];
  const { code, err, out: printed } = script(name, [...words, ...out]);
  expect(err).toContain(message);
  expect(err.trim().split("\n")).toHaveLength(1);
  expect(printed).toBe("");
  expect(code).toBe(2);
  expect(existsSync(file)).toBe(false);
});

it("names what is missing when a peer was not set up", () => {
  const program = [path.join(folder, "bin", "python"), "peer.py"];
  expect(() => new JsonLinesProcess(program)).toThrow(`${program[0]} is not there; bench/setup-peers.sh makes`);
});

it("goes on behind a line that a killed run left unfinished", () => {
  writeFileSync(FILE, `${LINES[0]}\n${LINES[1]!.slice(0, 40)}`);
  expect(script("run.ts", [...RUN, "--out", FILE])).toMatchObject({ code: 0, err: "" });
  const methods = readFileSync(FILE, "utf8")
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line).method);
  expect(methods).toEqual(["tpe", "random"]);
});

it("leaves no process and no complaint behind when it is killed", async () => {
  const words = ["--suite", "smoke", "--samplers", "gp", "--seeds", "0-9", "--out", path.join(folder, "killed.jsonl")];
  const run = spawn(process.execPath, [path.join(import.meta.dirname, "run.ts"), ...words]);
  let err = "";
  run.stderr.setEncoding("utf8").on("data", (text: string) => {
    err += text;
  });
  await once(run.stdout, "data"); // the first run is done, the worker is at the next
  run.kill("SIGKILL");
  await once(run, "close"); // the worker has the same standard error: it has ended too
  expect(err).toBe("");
});
