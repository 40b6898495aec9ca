import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openStudy } from "../../src/index.ts";
import { Scene } from "./support/scene.ts";

const main = path.join(import.meta.dirname, "..", "..", "src", "cli", "main.ts");
const INODES = 400;

let disk = "";
/** A small disk in memory with few inodes; root alone may have one. */
function mount(): boolean {
  disk = mkdtempSync(path.join(tmpdir(), "attune-inodes-"));
  const words = ["-t", "tmpfs", "-o", `size=64m,nr_inodes=${INODES}`, "tmpfs", disk];
  return process.platform === "linux" && spawnSync("mount", words).status === 0;
}

const canMount = ((): boolean => {
  const done = mount();
  if (done) spawnSync("umount", [disk]);
  rmdirSync(disk);
  return done;
})();

/** Takes inodes until there is none. */
function takeAll(): void {
  const folder = path.join(disk, "others");
  mkdirSync(folder, { recursive: true });
  try {
    for (let k = 0; ; k++) writeFileSync(path.join(folder, `${k}`), "");
  } catch (error) {
    expect(error).toMatchObject({ code: "ENOSPC" });
  }
}

let scene: Scene;
describe.runIf(canMount)("a disk without a free inode", () => {
  beforeEach(() => {
    scene = new Scene();
    expect(mount()).toBe(true);
  });
  afterEach(async () => {
    await scene.close();
    spawnSync("umount", ["-l", disk]);
    rmdirSync(disk);
  });

  const run = (trials: number, ...more: readonly string[]) =>
    scene.start([
      ...[main, "run", "--study", scene.study, "--storage", path.join(disk, "attune.db"), "--minimize", "loss"],
      ...["--sampler", "random", "--workers", "2", "--trials", String(trials), ...more],
      ...["--", "sh", "-c", "echo loss=$0; sleep 0.02", "{x: 0.0..1.0}"],
    ]);

  async function trialsSpent(): Promise<number> {
    const study = await openStudy({ name: scene.study, storage: path.join(disk, "attune.db") });
    try {
      expect(study.trials().filter(({ state }) => state === "failed")).toEqual([]);
      return study.trialsSpent;
    } finally {
      await study.close();
    }
  }

  it.each([[], ["--min-free", "0"]])(
    "is said with code 3 when it is used up midway, and nothing is lost %s",
    async (...more) => {
      const tuner = run(100_000, ...more);
      await tuner.printed(6);
      takeAll();
      const { code, output } = await tuner.ended;
      expect(output).toMatch(/inode|no space|No space|ENOSPC|full/);
      expect(output).not.toMatch(/internal error|\n {4}at /);
      expect(code).toBe(3);
      const ended = output.split("\n").filter((line) => /^trial +\d+ {2}loss/.test(line)).length;
      expect(ended).toBeGreaterThan(0);
      rmSync(path.join(disk, "others"), { recursive: true });
      const before = await trialsSpent();
      expect(before).toBeGreaterThanOrEqual(ended);
      expect((await run(before + 3).ended).code).toBe(0);
      expect(await trialsSpent()).toBe(before + 3);
    },
    120_000,
  );

  it("is said with code 3 before a study begins", async () => {
    takeAll();
    const { code, output } = await run(3).ended;
    expect(output).toMatch(/^attune: [^\n]*\n?$/);
    expect(code).toBe(3);
  });
});
