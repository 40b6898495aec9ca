import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openStudy } from "../../src/index.ts";
import { Scene, type Started } from "./support/scene.ts";
import { mountSmallDisk, unmountDisk } from "./support/small-disk.ts";

const main = path.join(import.meta.dirname, "..", "..", "src", "cli", "main.ts");
/** Reports of a trial, more than the log has room for anywhere it wrote before. */
const REPORTS = 20_000;

let scene: Scene;
let disk = "";
let gate = "";
let witness = "";
let mounted = false;
beforeEach(() => {
  scene = new Scene();
  disk = path.join(scene.folder, "disk");
  gate = path.join(scene.folder, "gate");
  witness = path.join(scene.folder, "ran");
  mkdirSync(disk);
  mounted = mountSmallDisk(disk, "size=16m");
  scene.storage = path.join(disk, "attune.db");
});
afterEach(async () => {
  await scene.endAll();
  if (mounted) unmountDisk(disk);
  await scene.close();
});

function fill(): void {
  spawnSync("dd", ["if=/dev/zero", `of=${path.join(disk, "filler")}`, "bs=4k"], { stdio: "ignore" });
}

/** A run whose programs report much and end once the gate is there. */
function run(trials: number): Started {
  const program = path.join(scene.folder, "program.sh");
  writeFileSync(
    program,
    `echo $$ >> ${witness}; until [ -e ${gate} ]; do sleep 0.02; done
    k=0; while [ $k -lt ${REPORTS} ]; do k=$((k+1)); echo "step $k loss=$1"; done`,
  );
  return scene.start([
    ...[main, "run", "--study", scene.study, "--storage", scene.storage, "--minimize", "loss", "--sampler", "random"],
    ...["--trials", String(trials), "--min-free", "0", "--", "sh", program, "{x: 0.0..1.0}"],
  ]);
}

async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await sleep(10);
}

describe("a disk that is full when a trial ends", () => {
  it("is waited for, and nothing runs again", async ({ skip }) => {
    if (!mounted) return skip();
    const tuner = run(2);
    await until(() => existsSync(witness));
    fill();
    writeFileSync(gate, "");
    await until(() => /no room left on the disk of .* kept in memory and waits/.test(tuner.output));
    rmSync(path.join(disk, "filler"));
    const { code, output } = await tuner.ended;
    expect([code, output.match(/kept in memory/g)], output).toEqual([0, ["kept in memory"]]);
    expect(readFileSync(witness, "utf8").trim().split("\n")).toHaveLength(2);
    const study = await openStudy({ name: scene.study, storage: scene.storage });
    const found = study.trials().map(({ state, reports }) => [state, reports.length]);
    await study.close();
    expect(found).toEqual(Array(2).fill(["complete", REPORTS]));
  });

  it("can be left at once: a third Ctrl-C ends the run, which is tried again", async ({ skip }) => {
    if (!mounted) return skip();
    const tuner = run(1);
    await until(() => existsSync(witness));
    fill();
    writeFileSync(gate, "");
    await until(() => /kept in memory and waits/.test(tuner.output));
    for (let k = 0; k < 3 && tuner.child.exitCode === null; k++) {
      process.kill(tuner.pid, "SIGINT");
      await until(() => (tuner.output.match(/Ctrl-C(?: again)?:/g) ?? []).length > Math.min(k, 1));
      await sleep(300);
    }
    expect((await tuner.ended).code).toBe(130);
    rmSync(path.join(disk, "filler"));
    const again = await run(1).ended;
    expect([again.code, again.output]).toEqual([0, expect.stringMatching(/Done: 1 of 1 trial/)]);
  });
});
