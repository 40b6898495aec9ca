import { readFileSync } from "node:fs";
import path from "node:path";
import { expect, it } from "vitest";
import { attune, folder } from "./attune.ts";

/** Knows nothing of Attune: trains for as many epochs as it is told, and prints what it came to. */
const TRAIN = `
import { appendFileSync } from "node:fs";
const of = (name) => process.argv[process.argv.indexOf("--" + name) + 1];
const [lr, epochs] = [Number(of("lr")), Number(of("epochs"))];
appendFileSync("runs.txt", lr + " " + epochs + "\\n");
console.log("loss=" + ((Math.log10(lr) + 3) ** 2 + 1 / epochs));
`;

interface Shown {
  readonly number: number;
  readonly state: string;
  readonly params: Readonly<Record<string, number>>;
  readonly message: string | null;
}

async function trialsOf(cwd: string, study: string): Promise<readonly Shown[]> {
  const { out } = await attune(cwd, ["trials", study, "--json"]);
  return out
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as Shown);
}

const runsOf = (cwd: string) =>
  readFileSync(path.join(cwd, "runs.txt"), "utf8")
    .trim()
    .split("\n")
    .map((line) => line.split(" ").map(Number) as [number, number]);

it("asha runs a program that nobody changed with rungs of the declared fidelity, and only whole runs win", async () => {
  const cwd = folder({ "train.mjs": TRAIN });
  const program = [
    "--",
    "node",
    "train.mjs",
    "--lr",
    "{lr: 1e-5..1e-1 log}",
    "--epochs",
    "{epochs: 1..81 log fidelity}",
  ];
  const settings = ["--scheduler", "asha", "--sampler", "random", "--seed", "3", "--workers", "2"];
  const run = await attune(cwd, ["run", "--minimize", "loss", "--trials", "30", ...settings, ...program]);
  expect(run.code, run.err).toBe(0);
  const runs = runsOf(cwd);
  expect(new Set(runs.map(([, epochs]) => epochs))).toEqual(new Set([2, 6, 21, 81]));
  const trials = await trialsOf(cwd, "train");
  expect(trials).toHaveLength(30);
  expect(Object.keys(trials[0]!.params)).toEqual(["lr"]);
  const complete = trials.filter(({ state }) => state === "complete");
  const whole = runs.filter(([, epochs]) => epochs === 81).map(([lr]) => lr);
  expect(complete.map(({ params }) => params.lr).sort()).toEqual(whole.sort());
  const best = await attune(cwd, ["best", "train", "--json"]);
  const { number, command } = JSON.parse(best.out) as { number: number; command: string };
  expect(complete.map((trial) => trial.number)).toContain(number);
  expect(command).toContain("--epochs 81");
  const replay = await attune(cwd, ["replay", "train"]);
  expect(replay.out, replay.err).toMatch(/\d+ decisions of the scheduler recomputed, equal/);
  expect(replay.code).toBe(0);
  const ended = runs.length;
  const confirm = await attune(cwd, ["confirm", "train", "--replicates", "2"]);
  expect(confirm.code, confirm.err).toBe(0);
  expect(
    runsOf(cwd)
      .slice(ended)
      .map(([, epochs]) => epochs),
  ).toEqual(
    runsOf(cwd)
      .slice(ended)
      .map(() => 81),
  );
  expect(runsOf(cwd).length).toBeGreaterThan(ended);
}, 240_000);

it("without a scheduler every run has the largest fidelity", async () => {
  const cwd = folder({ "train.mjs": TRAIN });
  const command = ["--", "node", "train.mjs", "--lr", "{lr: 1e-5..1e-1 log}", "--epochs", "${epochs}"];
  const run = await attune(cwd, [
    "run",
    "--minimize",
    "loss",
    "--trials",
    "3",
    "--param",
    "epochs=1..81:log:fidelity",
    ...command,
  ]);
  expect(run.code, run.err).toBe(0);
  expect(runsOf(cwd).map(([, epochs]) => epochs)).toEqual([81, 81, 81]);
}, 120_000);

it("a budget is kept over workers, processes and restarts, from the command line and from a study file, and the end says what it cost", async () => {
  const space = "space:\n  lr: 1e-5..1e-1 log\n  epochs: 1..81 log fidelity\n";
  const file = `study: digits\nminimize: loss\nscheduler: asha\nbudget: 4 runs\n${space}command: [node, train.mjs, --lr, "\${lr}", --epochs, "\${epochs}"]\n`;
  const cwd = folder({ "train.mjs": TRAIN, "study.yaml": file });
  const both = await Promise.all([
    attune(cwd, ["run", "study.yaml", "--workers", "2"]),
    attune(cwd, ["run", "study.yaml"]),
  ]);
  for (const { code, err } of both)
    expect([code, err]).toEqual([0, expect.stringMatching(/They cost [\d.]+ full runs\./)]);
  const spent = (): number => runsOf(cwd).reduce((sum, [, epochs]) => sum + epochs, 0);
  expect(spent()).toBeLessThanOrEqual(4 * 81);
  expect(spent()).toBeGreaterThan(3 * 81);
  expect((await trialsOf(cwd, "digits")).some(({ state }) => state === "complete")).toBe(true);
  const before = spent();
  const more = await attune(cwd, ["run", "digits", "--budget", "5 runs"]);
  expect(more.code, more.err).toBe(0);
  expect(more.err).toContain("What is left of the budget (5 runs) pays for no more:");
  expect(spent()).toBeGreaterThan(before);
  expect(spent()).toBeLessThanOrEqual(5 * 81);
  const bad = await attune(cwd, ["run", "digits", "--budget", "5 rnus"]);
  expect([bad.code, bad.err]).toEqual([
    2,
    expect.stringContaining("--budget is \"5 rnus\"; give '2000 steps', '30 runs'"),
  ]);
}, 240_000);
