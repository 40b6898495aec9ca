import { existsSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { canMakeGroups } from "../../src/executor/command/control-group.testing.ts";
import { controlGroupMounts, groupsIn } from "../../src/executor/command/control-group.ts";
import { childrenOf, isAlive } from "./support/processes.ts";
import { Scene, type Started } from "./support/scene.ts";

const main = path.join(import.meta.dirname, "..", "..", "src", "cli", "main.ts");

/**
 * Says who it is, goes on for ever with a child in a session of its own the first time, and ends at once when there is a `second` file. Where control
 * groups can be had, with a daemon without an environment, too: nothing else would find it.
 */
const PROGRAM = `[ -e second ] && { echo loss=1; exit; }
setsid sleep 1000 </dev/null >/dev/null 2>&1 &
child=$!
${canMakeGroups ? `setsid env -i sh -c 'sleep 1000 & echo $! > "$0.new"; mv "$0.new" "$0"' daemon.$$ </dev/null >/dev/null 2>&1` : "echo $$ > daemon.$$"}
while [ ! -e daemon.$$ ]; do sleep 0.01; done
echo "$child $$ $(cat daemon.$$)" >> pids
wait; sleep 1000`;

let scene: Scene;
beforeEach(() => {
  scene = new Scene();
});
afterEach(() => scene.close());

const inScene = (name: string): string => path.join(scene.folder, name);

function run(study: string): Started {
  const words = [
    "run",
    "--study",
    study,
    "--storage",
    scene.storage,
    "--minimize",
    "loss",
    "--trials",
    "2",
    "--workers",
    "2",
  ];
  return scene.start([main, ...words, "--", "sh", inScene("program.sh"), "{x: 0.0..1.0}"]);
}

function commandOf(pid: number): string {
  return readFileSync(`/proc/${pid}/cmdline`, "utf8");
}

async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await sleep(5);
}

/** Ids of all processes of the programs, once `trials` of them run. */
async function begun(trials: number): Promise<readonly number[]> {
  const lines = (): readonly string[] =>
    existsSync(inScene("pids")) ? readFileSync(inScene("pids"), "utf8").trim().split("\n") : [];
  await until(() => lines().length === trials);
  return lines().flatMap((line) => line.split(" ").map(Number));
}

/** Control groups that a tuner has made and not removed. */
function groupsOfTuner(pid: number): readonly string[] {
  return controlGroupMounts()
    .flatMap(groupsIn)
    .filter((group) => path.basename(group).startsWith(`attune.${pid}.`));
}

/** Kills the tuner with its launcher and its guardian, none of which can do anything about the others. */
function killTogether(tuner: Started): void {
  const all = [tuner.pid, ...childrenOf(tuner.pid)];
  for (const signal of ["SIGSTOP", "SIGKILL"] as const) for (const pid of all) process.kill(pid, signal);
}

describe.runIf(process.platform === "linux")(
  "What a tuner leaves that is killed together with its launcher and guardian",
  () => {
    beforeEach(() => writeFileSync(inScene("program.sh"), PROGRAM));

    it("is ended by the next run before its trials are tried again, and said", async () => {
      const first = run("one");
      const left = await begun(2);
      killTogether(first);
      await first.ended;
      expect(left.filter(isAlive)).toEqual(left);
      writeFileSync(inScene("second"), "");
      const { code, output } = await run("one").ended;
      expect(output).toMatch(/note: \d+ processes of a tuner that was killed still ran and were ended/);
      expect(code).toBe(0);
      expect(left.filter(isAlive)).toEqual([]);
      await until(() => groupsOfTuner(first.pid).length === 0);
    }, 120_000);

    it.each(["launcher", "guardian"])(
      "is ended by the other when the %s is killed with the tuner",
      async (who) => {
        const tuner = run("one");
        const left = await begun(2);
        const isGuardian = (pid: number): boolean =>
          readFileSync(`/proc/${pid}/cmdline`, "utf8").includes("attune-guardian");
        const helpers = childrenOf(tuner.pid).filter((pid) => isGuardian(pid) === (who === "guardian"));
        const all = [tuner.pid, ...helpers];
        expect(all).toHaveLength(2);
        for (const signal of ["SIGSTOP", "SIGKILL"] as const) for (const pid of all) process.kill(pid, signal);
        await tuner.ended;
        await until(() => !left.some(isAlive));
        await until(() => groupsOfTuner(tuner.pid).length === 0);
      },
      120_000,
    );

    it("is not mixed up with what a living tuner runs in the same storage", async () => {
      const dead = run("one");
      const left = await begun(2);
      const living = run("two");
      const all = await begun(4);
      const others = all.filter((pid) => !left.includes(pid));
      killTogether(dead);
      await dead.ended;
      writeFileSync(inScene("second"), "");
      expect((await run("one").ended).code).toBe(0);
      expect(left.filter(isAlive)).toEqual([]);
      expect(others.filter(isAlive)).toEqual(others);
      for (const pid of others) process.kill(pid, "SIGKILL");
      await living.ended;
    }, 120_000);

    it("does not stay when the launcher stands still as the tuner dies before its first program", async () => {
      const words = ["run", "--study", "one", "--storage", scene.storage, "--minimize", "loss", "--trials", "1"];
      const environment = { ATTUNE_FAULT: "executor.before-spawn:1" };
      const tuner = scene.start([main, ...words, "--", "sh", inScene("program.sh"), "{x: 0.0..1.0}"], { environment });
      let launcher: number | undefined;
      await until(() => {
        launcher = childrenOf(tuner.pid).find((pid) => commandOf(pid).includes("launcher-main"));
        return launcher !== undefined;
      });
      process.kill(launcher!, "SIGSTOP");
      expect((await tuner.ended).signal).toBe("SIGKILL");
      await until(() => !isAlive(launcher!));
    }, 120_000);

    it.each([
      { still: ["launcher", "guardian"], killed: [] },
      { still: ["launcher"], killed: ["guardian"] },
      { still: ["guardian"], killed: ["launcher"] },
    ])(
      "is ended by the next run, of whatever study, when $still stood still and $killed was killed as the tuner died",
      async ({ still, killed }) => {
        const tuner = run("one");
        const left = await begun(2);
        const helpers = childrenOf(tuner.pid);
        const isOne = (pid: number, names: readonly string[]): boolean =>
          names.some((name) => commandOf(pid).includes(name === "launcher" ? "launcher-main" : "attune-guardian"));
        for (const pid of helpers.filter((one) => isOne(one, still))) process.kill(pid, "SIGSTOP");
        for (const pid of [tuner.pid, ...helpers.filter((one) => isOne(one, killed))]) process.kill(pid, "SIGSTOP");
        for (const pid of [tuner.pid, ...helpers.filter((one) => isOne(one, killed))]) process.kill(pid, "SIGKILL");
        await tuner.ended;
        expect(helpers.filter(isAlive)).toHaveLength(still.length);
        writeFileSync(inScene("second"), "");
        expect((await run("two").ended).code).toBe(0);
        await until(() => ![...helpers, ...left].some(isAlive));
      },
      120_000,
    );

    it("does not stay when a guardian that replaced another stands still as the tuner dies", async () => {
      const tuner = run("one");
      const left = await begun(2);
      const guardian = (): number | undefined =>
        childrenOf(tuner.pid).find((pid) => commandOf(pid).includes("attune-guardian"));
      const first = guardian()!;
      process.kill(first, "SIGKILL");
      await until(() => ![first, undefined].includes(guardian()));
      const helpers = childrenOf(tuner.pid);
      process.kill(guardian()!, "SIGSTOP");
      process.kill(tuner.pid, "SIGKILL");
      await tuner.ended;
      await until(() => ![...helpers, ...left].some(isAlive));
    }, 120_000);

    it.each(["launcher", "guardian", "both"])(
      "does not stay when the %s stands still as the tuner dies",
      async (who) => {
        const tuner = run("one");
        const left = await begun(2);
        const helpers = childrenOf(tuner.pid);
        const isGuardian = (pid: number): boolean => commandOf(pid).includes("attune-guardian");
        const still = helpers.filter((pid) => who === "both" || isGuardian(pid) === (who === "guardian"));
        expect(still).toHaveLength(who === "both" ? 2 : 1);
        for (const pid of still) process.kill(pid, "SIGSTOP");
        process.kill(tuner.pid, "SIGKILL");
        await tuner.ended;
        if (who === "both") {
          writeFileSync(inScene("second"), "");
          expect((await run("one").ended).code).toBe(0);
        }
        await until(() => ![...helpers, ...left].some(isAlive));
      },
      120_000,
    );
  },
);

describe.runIf(process.platform !== "win32")("a sampler that is a program", () => {
  it("does not outlive a tuner that is killed, though it ignores the end of its input and what it is told", async () => {
    writeFileSync(
      inScene("sampler.sh"),
      `trap '' TERM HUP INT
setsid sleep 1000 </dev/null >/dev/null 2>&1 &
echo "$$ $!" > sampler.pids
while read -r line; do :; done
while :; do sleep 1000; done`,
    );
    const tuner = scene.start([
      main,
      ...["run", "--study", "s", "--storage", scene.storage, "--minimize", "loss", "--trials", "2"],
      ...["--sampler", `{name: program, command: [sh, ${inScene("sampler.sh")}]}`],
      ...["--", "sh", "-c", "echo loss=1", "{x: 0.0..1.0}"],
    ]);
    await until(
      () => existsSync(inScene("sampler.pids")) && readFileSync(inScene("sampler.pids"), "utf8").endsWith("\n"),
    );
    const pids = readFileSync(inScene("sampler.pids"), "utf8").trim().split(" ").map(Number);
    expect(pids.every(isAlive)).toBe(true);
    process.kill(tuner.pid, "SIGKILL");
    await tuner.ended;
    await until(() => !pids.some(isAlive));
  });
});
