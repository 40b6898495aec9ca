import { existsSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openStudy } from "../../src/index.ts";
import { descendantsOf } from "./support/processes.ts";
import { Scene, type Started } from "./support/scene.ts";

const main = path.join(import.meta.dirname, "..", "..", "src", "cli", "main.ts");
/** Seconds: far longer than the program runs. */
const LIMIT = 3;
const STILL = 6;

let scene: Scene;
beforeEach(() => {
  scene = new Scene();
});
afterEach(() => scene.close());

/** A run of one trial, whose program has begun: it runs for a second more. */
async function begun(limit: "--trial-timeout" | "--idle-timeout"): Promise<Started> {
  const program = path.join(scene.folder, "program.sh");
  const flag = path.join(scene.folder, "begun");
  writeFileSync(program, `: > ${flag}; sleep 1; echo loss=1`);
  const words = ["run", "--study", scene.study, "--storage", scene.storage, "--minimize", "loss", "--trials", "1"];
  const tuner = scene.start([
    main,
    ...words,
    limit,
    `${LIMIT}s`,
    "--grace",
    "1s",
    "--",
    "sh",
    program,
    "{x: 0.0..1.0}",
  ]);
  while (!existsSync(flag)) await sleep(5);
  return tuner;
}

/** Stops these for longer than the limit, the tuner first, and lets them go on. */
async function standStill(pids: readonly number[]): Promise<void> {
  for (const pid of pids) process.kill(pid, "SIGSTOP");
  await sleep(STILL * 1000);
  for (const pid of pids) process.kill(pid, "SIGCONT");
}

async function outcome(): Promise<string | null> {
  const study = await openStudy({ name: scene.study, storage: scene.storage });
  const { outcome } = study.trial(0);
  await study.close();
  return outcome;
}

describe.runIf(existsSync("/proc/self/stat"))("Limits of a trial", () => {
  it.each(["--trial-timeout", "--idle-timeout"] as const)(
    "stand still while everything does: %s",
    async (limit) => {
      const tuner = await begun(limit);
      await standStill([tuner.pid, ...descendantsOf(tuner.pid)]);
      const { code, output } = await tuner.ended;
      expect([code, await outcome()], output).toEqual([0, "ok"]);
    },
    60_000,
  );

  it("take a program that ended while the tuner was stopped for no timeout", async () => {
    const tuner = await begun("--trial-timeout");
    const program = descendantsOf(tuner.pid).filter((pid) =>
      readFileSync(`/proc/${pid}/cmdline`, "utf8").startsWith("sh\0"),
    );
    expect(program).toHaveLength(1);
    await standStill([tuner.pid]);
    const { code, output } = await tuner.ended;
    expect([code, await outcome()], output).toEqual([0, "ok"]);
  }, 60_000);
});
