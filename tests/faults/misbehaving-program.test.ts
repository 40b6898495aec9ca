import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmdirSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type Misbehaviour, runMisbehaving, tuneMisbehaving } from "./misbehaving-program.ts";
import { Scene } from "./support/scene.ts";

const root = path.join(import.meta.dirname, "..", "..");
let scene: Scene;
beforeEach(() => {
  scene = new Scene();
});
afterEach(async () => await scene.close());

type Row = readonly [fault: Misbehaviour, state: string, outcome: string, message: RegExp | null, code: number];

const TABLE: readonly Row[] = [
  [{ program: "forks.sh" }, "complete", "ok", null, 0],
  [{ program: "daemonises.sh" }, "complete", "ok", null, 0],
  [
    { program: "ignores-sigterm.sh", options: ["--trial-timeout", "1"] },
    "failed",
    "timeout",
    /longer than its limit of 1 s .*step 1 loss=0\.\d+$/s,
    1,
  ],
  [
    { program: "leaks.pl", options: ["--memory-limit", "200MB"] },
    "failed",
    "out-of-memory",
    /took [\d.]+ (MB|GB) of memory, more than the 200 MB allowed/,
    1,
  ],
  [{ program: "closes-stdout.sh" }, "failed", "no-metric", /no metric `loss`.*It printed nothing/, 1],
  [{ program: "prints-nan.sh" }, "failed", "nan", /reported loss as NaN/, 1],
  [{ program: "prints-utf16.sh" }, "complete", "ok", null, 0],
  [{ program: "prints-binary.sh" }, "failed", "bad-output", /its output is binary data/, 1],
  [
    { program: "hangs.sh", options: ["--idle-timeout", "1"] },
    "failed",
    "idle",
    /no sign of life for 1 s.*It printed nothing/,
    1,
  ],
  [{ program: "kills-its-parent.sh" }, "failed", "lost", /lost 3 times .*The process that had started the program/, 1],
  [{ program: "is-killed.sh" }, "failed", "signal", /ended by SIGSEGV/, 1],
  [{ program: "no-metric.sh" }, "failed", "no-metric", /names with a number seen.*: accuracy/, 1],
];

describe("a program that", () => {
  it.each(TABLE)("$program ends as documented, with no process left", async (fault, state, outcome, message, code) => {
    const { tuner, trial, left } = await tuneMisbehaving(fault, scene);
    expect(left).toEqual([]);
    expect({ state: trial.state, outcome: trial.outcome }, tuner.output).toEqual({ state, outcome });
    if (message === null) expect(trial.values.loss).toBe(trial.params.x);
    else expect(trial.message).toMatch(message);
    expect(tuner.code).toBe(code);
  });

  it("is in the table of the guide", () => {
    const guide = readFileSync(path.join(root, "docs", "guide", "running-safely.md"), "utf8");
    const tested = [...TABLE.map(([{ program }]) => program), "fills-the-disk.sh"];
    expect(readdirSync(path.join(import.meta.dirname, "programs")).sort()).toEqual(tested.sort());
    for (const [{ program }, , outcome] of TABLE) {
      const row = guide.split("\n").find((line) => line.startsWith("|") && line.includes(`\`${outcome}\``));
      expect(row, `${program}: ${outcome}`).toBeDefined();
    }
  });
});

const isRoot = process.getuid?.() === 0;

describe.skipIf(!isRoot && process.env.CI === undefined)("a program that fills the disk", () => {
  let disk = "";
  beforeEach(() => {
    disk = path.join(scene.folder, "disk");
    mkdirSync(disk);
    execFileSync("mount", ["-t", "tmpfs", "-o", "size=16m", "tmpfs", disk]);
  });
  afterEach(() => {
    execFileSync("umount", [disk]);
    rmdirSync(disk);
  });

  it("fails by its own error, and no trial after it begins", async () => {
    const fault = { program: "fills-the-disk.sh", folder: disk, options: ["--trials", "5"] };
    const { tuner, trial, left } = await tuneMisbehaving(fault, scene);
    expect(left).toEqual([]);
    expect(trial).toMatchObject({
      state: "failed",
      outcome: "exit-code",
      message: expect.stringMatching(/No space left/),
    });
    expect(tuner.code).toBe(3);
    expect(tuner.output).toMatch(/Only 0 B are free on the disk of .*no new trial begins/);
    rmSync(path.join(disk, "checkpoint.bin"));
    expect((await tuneMisbehaving({ ...fault, options: ["--trials", "1"] }, scene)).tuner.code).toBe(1);
  });

  it("ends the run when the storage is on it too; with space again the same command goes on", async () => {
    scene.storage = path.join(disk, "attune.db");
    const fault = { program: "fills-the-disk.sh", folder: disk };
    const first = await runMisbehaving(fault, scene);
    expect(await scene.orphans()).toEqual([]);
    // After a checkpoint the log needs no new room for the trial's failure; then the guard of free space ends the run.
    expect(first.output).toMatch(/no room left on the disk|are free on the disk of .*no new trial begins/);
    expect(first.code).toBe(3);
    rmSync(path.join(disk, "checkpoint.bin"));
    writeFileSync(path.join(disk, "enough"), "");
    // Whether the failure of the trial still found room decides if it counts.
    const second = await tuneMisbehaving({ ...fault, options: ["--trials", "2"] }, scene);
    expect(second.tuner.output).toMatch(/Done: 2 of 2 trials/);
    expect(second.tuner.code).toBe(0);
  }, 240_000);
});

it.skipIf(!isRoot && process.env.CI === undefined)(
  "a disk without a free inode ends a run with code 3 also where nothing looks ahead",
  async () => {
    const disk = path.join(scene.folder, "disk");
    mkdirSync(disk);
    execFileSync("mount", ["-t", "tmpfs", "-o", "size=16m,nr_inodes=40", "tmpfs", disk]);
    try {
      scene.storage = path.join(disk, "attune.db");
      const options = ["--min-free", "0", "--trials", "100"];
      const tuner = await runMisbehaving({ program: "forks.sh", options }, scene);
      expect(tuner.output).toMatch(/could not be made \(ENOSPC/);
      expect(tuner.code).toBe(3);
    } finally {
      await scene.endAll();
      execFileSync("umount", [disk]);
      rmdirSync(disk);
    }
  },
);

/** A memory group of the kernel's (cgroup v1), where this machine lets us make one. */
const MEMORY_GROUPS = "/sys/fs/cgroup/memory";

it.skipIf(!isRoot || !existsSync(path.join(MEMORY_GROUPS, "memory.limit_in_bytes")))(
  "a program that the kernel kills for want of memory is told apart from other killed ones",
  async () => {
    const group = path.join(MEMORY_GROUPS, `attune-test-${process.pid}`);
    mkdirSync(group);
    try {
      writeFileSync(path.join(group, "memory.limit_in_bytes"), String(400e6));
      const before = ["sh", "-c", `echo $$ > ${group}/tasks && exec "$@"`, "sh"];
      const { trial, left } = await tuneMisbehaving({ program: "leaks.pl", before }, scene);
      expect(left).toEqual([]);
      expect(trial).toMatchObject({ state: "failed", outcome: "out-of-memory" });
      expect(trial.message).toMatch(/The kernel killed the program for want of memory/);
    } finally {
      rmdirSync(group);
    }
  },
);
