import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, it } from "vitest";
import { openStudy, type Trial } from "../../src/index.ts";
import { childrenOf, descendantsOf, isAlive, processesWith, untilEmpty } from "../faults/support/processes.ts";
import { attune, folder, type Running, start } from "./attune.ts";

/** Knows of no checkpoints and no steps to run up to; its epochs run in a child in a session of its own, and are written down. */
const TRAIN = `
echo "$ATTUNE_TRIAL" >> begun.txt
timeout 1000 setsid sh epochs.sh "$@" &
wait
`;
const EPOCHS = `
epoch=0
while [ $epoch -lt $2 ]; do
  epoch=$((epoch + 1))
  echo "$ATTUNE_TRIAL $epoch" >> epochs.txt
  awk "BEGIN { print \\"epoch $epoch loss=\\" (log($1) / log(10) + 3) ^ 2 + 1 / $epoch }"
  sleep $3
done
`;

const linux = it.runIf(process.platform === "linux");
const files = { "train.sh": TRAIN, "epochs.sh": EPOCHS };
const ASHA = ["--minimize", "loss", "--scheduler", "{name: asha, largest: 9}", "--sampler", "random", "--seed", "3"];
const program = (...words: readonly string[]) => [
  "--study",
  "s",
  "--",
  "sh",
  "train.sh",
  "{lr: 1e-5..1e-1 log}",
  "9",
  ...words,
];

const lines = (cwd: string, name: string): readonly string[] => {
  const file = path.join(cwd, name);
  return existsSync(file) ? readFileSync(file, "utf8").trim().split("\n") : [];
};

async function trialsOf(cwd: string): Promise<readonly Trial[]> {
  const study = await openStudy({ name: "s", storage: path.join(cwd, "attune.db") });
  const trials = study.trials();
  await study.close();
  return trials;
}

/** Of each trial, how its attempts ended in memory: kept, given up, or not there. */
const memoryOf = ({ segments }: Trial): readonly string[] =>
  segments.flatMap(({ attempts }) =>
    attempts.map(({ frozen }) => (frozen === undefined ? "-" : frozen.givenUp === null ? "kept" : "given up")),
  );

async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await holds())) await sleep(20);
}

/** Processes of programs of the runs in this folder. */
const programsIn = (cwd: string): readonly number[] => processesWith(`ATTUNE_STOP_FILE=${cwd}`);

linux(
  "a program that nobody changed pauses and goes on: no epoch runs twice, none is left, and the decisions replay",
  async () => {
    const cwd = folder(files);
    const run = await attune(cwd, ["run", ...ASHA, "--trials", "18", "--workers", "2", ...program("0.3")]);
    expect(run.code, run.err).toBe(0);
    const epochs = lines(cwd, "epochs.txt");
    expect(new Set(epochs).size).toBe(epochs.length);
    expect(epochs.length).toBeLessThan(18 * 9 * 0.6);
    expect(lines(cwd, "begun.txt")).toHaveLength(18);
    const trials = await trialsOf(cwd);
    const woken = trials.filter((trial) => memoryOf(trial)[0] === "kept");
    expect(woken.length).toBeGreaterThan(3);
    const complete = trials.filter(({ state }) => state === "complete");
    expect(complete.length).toBeGreaterThan(0);
    // What still paused at the end was let go, and said so in the record.
    for (const trial of trials) if (trial.state === "paused") expect(memoryOf(trial).at(-1)).toBe("given up");
    expect(programsIn(cwd)).toEqual([]);
    const replay = await attune(cwd, ["replay", "s"]);
    expect(replay).toMatchObject({
      code: 0,
      out: expect.stringMatching(/decisions of the scheduler recomputed, equal/),
    });
    // With a larger budget they begin anew, each once more at most for what it had run.
    const more = await attune(cwd, ["run", "s", "--trials", "24"]);
    expect(more.code, more.err).toBe(0);
    expect(programsIn(cwd)).toEqual([]);
  },
);

/** Begins a run, and comes back once so many of its programs stand still. */
async function withFrozen(cwd: string, frozen: number, trials = 30): Promise<Running> {
  const run = start(cwd, ["run", ...ASHA, "--trials", String(trials), "--workers", "1", ...program("0.2")]);
  const pausedOf = async (): Promise<number> =>
    existsSync(path.join(cwd, "attune.db"))
      ? (await trialsOf(cwd).catch(() => [])).filter(
          (trial) => memoryOf(trial).at(-1) === "kept" && trial.state === "paused",
        ).length
      : 0;
  await until(async () => (await pausedOf()) >= frozen);
  return run;
}

linux.each([
  ["killed", (run: Running) => [run.child.pid!]],
  ["killed with its launcher and its guardian", (run: Running) => [run.child.pid!, ...childrenOf(run.child.pid!)]],
])(
  "a tuner that is %s leaves none, neither frozen nor running",
  async (_how, victims) => {
    const cwd = folder(files);
    const run = await withFrozen(cwd, 2);
    const before = programsIn(cwd);
    expect(before.length).toBeGreaterThan(6);
    const killed = victims(run);
    for (const signal of ["SIGSTOP", "SIGKILL"] as const) for (const pid of killed) process.kill(pid, signal);
    await run.ended;
    if (killed.length === 1) expect(await untilEmpty(() => before.filter(isAlive), 20)).toEqual([]);
    const epochs = lines(cwd, "epochs.txt").length;
    const again = await attune(cwd, ["run", "s", "--trials", "8", "--workers", "1"]);
    expect(again.code, again.err).toBe(0);
    expect(before.filter(isAlive)).toEqual([]);
    expect(programsIn(cwd)).toEqual([]);
    expect(lines(cwd, "epochs.txt").length).toBeGreaterThanOrEqual(epochs);
    const trials = await trialsOf(cwd);
    expect(trials.flatMap(memoryOf)).toContain("given up");
    expect(trials.filter((trial) => trial.state === "paused" && memoryOf(trial).at(-1) === "kept")).toEqual([]);
    expect((await attune(cwd, ["replay", "s"])).code).toBe(0);
  },
  120_000,
);

linux("a tuner that is stopped by Ctrl-C lets them go, and ends", async () => {
  const cwd = folder(files);
  const run = await withFrozen(cwd, 2);
  run.child.kill("SIGINT");
  const { code } = await run.ended;
  expect(code).toBe(130);
  expect(programsIn(cwd)).toEqual([]);
  const trials = await trialsOf(cwd);
  expect(trials.filter((trial) => trial.state === "paused" && memoryOf(trial).at(-1) === "kept")).toEqual([]);
});

linux("a metric that is a time is not paused in memory, unless it is asked for", async () => {
  const timed = { "train.sh": 'for step in 1 2 3 4 5 6 7 8 9; do echo "epoch $step loss=$step.5s"; sleep 0.02; done' };
  for (const [words, kept] of [
    [[], false],
    [["--freeze", "always"], true],
    [["--freeze", "always", "--freeze-memory", "0"], false],
  ] as const) {
    const cwd = folder(timed);
    const run = await attune(cwd, ["run", ...ASHA, "--trials", "6", ...words, ...program()]);
    expect(run.code, run.err).toBe(0);
    const memory = (await trialsOf(cwd)).flatMap(memoryOf);
    expect(
      memory.some((one) => one !== "-"),
      run.err,
    ).toBe(kept);
  }
});

/** An epoch runs again only of a trial whose program was not kept, and no trial has two programs at a time. */
async function checkOnce(cwd: string): Promise<readonly Trial[]> {
  const trials = await trialsOf(cwd);
  const epochs = lines(cwd, "epochs.txt");
  const again = new Set(
    epochs.filter((epoch, at) => epochs.indexOf(epoch) < at).map((epoch) => Number(epoch.split(" ")[0])),
  );
  // One that ran to its end before it stood still, or could not be frozen, begins anew as well.
  for (const trial of trials)
    if (again.has(trial.number))
      expect(new Set(memoryOf(trial).slice(0, -1)), `trial ${trial.number}`).not.toEqual(new Set(["kept"]));
  // Each program of a trial begins at epoch 1, and ends before the next one does.
  for (const { number } of trials) {
    const own = epochs.filter((epoch) => epoch.startsWith(`${number} `)).map((epoch) => Number(epoch.split(" ")[1]));
    for (const [at, epoch] of own.entries())
      if (epoch !== 1) expect(epoch, `trial ${number}: ${own.join(" ")}`).toBe(own[at - 1]! + 1);
  }
  expect(programsIn(cwd)).toEqual([]);
  expect(trials.filter((trial) => trial.state === "paused" && memoryOf(trial).at(-1) === "kept")).toEqual([]);
  const replay = await attune(cwd, ["replay", "s"]);
  expect(replay).toMatchObject({ code: 0, out: expect.stringMatching(/decisions of the scheduler recomputed, equal/) });
  return trials;
}

linux(
  "two tuners on one study: each goes on with what it keeps, and what is wanted elsewhere is given up first",
  async () => {
    const cwd = folder(files);
    const words = ["run", ...ASHA, "--trials", "16", "--workers", "1", ...program("0.3")];
    const first = start(cwd, words);
    await first.wrote("paused");
    const both = [first, start(cwd, ["run", "s", "--trials", "16", "--workers", "2"])];
    for (const { code, err } of await Promise.all(both.map(({ ended }) => ended))) expect(code, err).toBe(0);
    const trials = await checkOnce(cwd);
    expect(trials).toHaveLength(16);
    expect(trials.filter(({ segments }) => segments.length > 1).map((trial) => memoryOf(trial)[0])).toContain("kept");
  },
);

/** Holds many megabytes while it runs. */
const LARGE = `
awk -v lr="$1" -v pause="$2" 'BEGIN {
  held = "x"; for (k = 0; k < 24; k++) held = held held
  for (epoch = 1; epoch <= 9; epoch++) {
    print "epoch " epoch " loss=" (log(lr) / log(10) + 3) ^ 2 + 1 / epoch; fflush(); system("sleep " pause)
  }
}'
`;

/** What the program holds by itself, in bytes. */
async function sizeOf(cwd: string): Promise<number> {
  const alone = spawn("sh", ["large.sh", "0.001", "1000"], { cwd, stdio: ["ignore", "pipe", "ignore"] });
  await once(alone.stdout, "data");
  const pids = [alone.pid!, ...descendantsOf(alone.pid!)];
  const held = pids.map((pid) => Number(/^Pss:\s*(\d+)/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, "utf8"))?.[1]));
  for (const pid of pids) process.kill(pid, "SIGKILL");
  return 1024 * held.reduce((sum, one) => sum + one, 0);
}

linux(
  "two tuners of two studies share the memory that frozen programs may hold",
  async () => {
    const folders = [folder({ "large.sh": LARGE }), folder({ "large.sh": LARGE })];
    const size = await sizeOf(folders[0]!);
    expect(size).toBeGreaterThan(10e6);
    const words = [
      "run",
      ...ASHA,
      "--trials",
      "14",
      "--workers",
      "1",
      "--freeze-memory",
      String(Math.round(3.5 * size)),
    ];
    const program = ["--study", "s", "--", "sh", "large.sh", "{lr: 1e-5..1e-1 log}", "0.1"];
    const runs = folders.map((cwd) => start(cwd, [...words, ...program]));
    let over = false;
    const all = Promise.all(runs.map(({ ended }) => ended)).finally(() => {
      over = true;
    });
    const kept: number[] = [];
    while (!over) {
      const trials = await Promise.all(folders.map((cwd) => trialsOf(cwd).catch(() => [])));
      const own = trials.flat().filter((trial) => trial.state === "paused" && memoryOf(trial).at(-1) === "kept");
      kept.push(own.length);
      await sleep(50);
    }
    for (const { code, err } of await all) expect(code, err).toBe(0);
    // Three have room; one that has just paused may be above, in each of them.
    expect(Math.max(...kept)).toBeLessThanOrEqual(5);
    expect(Math.max(...kept)).toBeGreaterThanOrEqual(2);
    for (const cwd of folders) {
      const trials = await trialsOf(cwd);
      expect(trials.flatMap(memoryOf)).toContain("given up");
      expect(programsIn(cwd)).toEqual([]);
    }
  },
  240_000,
);

linux("a tuner that stood still itself goes on with what it had frozen", async () => {
  const cwd = folder(files);
  const run = await withFrozen(cwd, 2, 9);
  run.child.kill("SIGSTOP");
  await until(() => /\) T /.test(readFileSync(`/proc/${run.child.pid}/stat`, "utf8")));
  run.child.kill("SIGCONT");
  expect((await run.ended).code).toBe(0);
  await checkOnce(cwd);
});
