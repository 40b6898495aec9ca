import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { setTimeout as delay } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { currentProcess } from "../process-identity.ts";
import { tunerMark } from "../tuner-mark.ts";
import { GUARDIAN, LAUNCHER_OF } from "./helper-mark.ts";

import { readStat } from "./process-stat.ts";
import { wakeStrays } from "./wake-strays.ts";

const living = tunerMark(currentProcess());
const dead = tunerMark({ ...currentProcess(), started: "1" });

/** A process that stands still once. */
async function still(variables: Readonly<Record<string, string>>, words: readonly string[] = []) {
  const child = spawn("sh", ["-c", "kill -STOP $$; :", ...words], { env: variables, detached: true });
  const ended = once(child, "exit");
  while (!isStill(child)) await delay(5);
  return { child, ended };
}

const isStill = (child: ChildProcess): boolean => readStat(child.pid!)?.state === "T";

describe.runIf(process.platform === "linux")("Launchers and guardians that stand still", () => {
  it("are let go on when their tuner is gone, and nothing else is", async () => {
    const strays = [
      await still({ A: "1", [LAUNCHER_OF]: dead, Z: "1" }),
      await still({}, [GUARDIAN, `${dead}-ab`, ""]),
    ];
    const kept = [
      await still({ [LAUNCHER_OF]: living }),
      await still({}, [GUARDIAN, `${living}-ab`]),
      await still({ ATTUNE_RUN: `${dead}-ab/1/` }),
      await still({ [`X${LAUNCHER_OF}`]: dead }),
      await still({}, ["other", `${dead}-ab`]),
    ];
    const woken = await wakeStrays();
    expect(woken).toEqual(expect.arrayContaining(strays.map(({ child }) => child.pid)));
    for (const { ended } of strays) expect(await ended).toEqual([0, null]);
    for (const { child } of kept) {
      expect(woken).not.toContain(child.pid);
      expect(isStill(child)).toBe(true);
      child.kill("SIGKILL");
    }
    await Promise.all(kept.map(({ ended }) => ended));
  });

  it("are let go on by a launcher that begins", async () => {
    const { Launcher } = await import("./launcher.ts");
    const stray = await still({ [LAUNCHER_OF]: dead });
    const launcher = new Launcher();
    launcher.start();
    expect(await stray.ended).toEqual([0, null]);
    launcher.end();
  });
});
