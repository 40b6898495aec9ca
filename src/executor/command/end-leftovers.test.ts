import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, writeFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { currentProcess } from "../process-identity.ts";
import { tunerMark } from "../tuner-mark.ts";
import { canMakeGroups } from "./control-group.testing.ts";
import { makeControlGroup, ownControlGroup } from "./control-group.ts";
import { endLeftovers } from "./end-leftovers.ts";
import { GUARDIAN, LAUNCHER_OF } from "./helper-mark.ts";

const living = currentProcess();
const dead = (started: number) => ({ ...living, started: String(started) });

/** A process that stands still, as what was left behind may, also when a run beside this test lets it go on. */
function left(variables: Readonly<Record<string, string>>, words: readonly string[] = []) {
  const child = spawn("sh", ["-c", "while :; do kill -STOP $$; done", ...words], { env: variables, detached: true });
  return { child, ended: once(child, "exit") };
}

describe.runIf(process.platform === "linux")("what dead tuners left", () => {
  it("is ended, helpers too, and programs alone are counted; what a living tuner has stays", async () => {
    const [first, second] = [tunerMark(dead(1)), tunerMark(dead(2))];
    const programs = [left({ ATTUNE_RUN: `${first}-ab/1/` }), left({ OUTER: `x ${second}-cd/3/ y` })];
    const helpers = [left({ [LAUNCHER_OF]: first }), left({}, [GUARDIAN, `${second}-cd`])];
    const kept = [
      left({ ATTUNE_RUN: `${tunerMark(living)}-ab/1/` }),
      left({ [LAUNCHER_OF]: tunerMark(living) }),
      left({ ATTUNE_RUN: `${tunerMark(dead(3))}-ab/1/` }),
      left({ [LAUNCHER_OF]: `${first}0` }),
      left({}, ["other", `${second}-cd`]),
    ];
    expect(await endLeftovers([dead(1), living, dead(2)])).toBe(2);
    for (const { ended } of [...programs, ...helpers]) expect(await ended).toEqual([null, "SIGKILL"]);
    for (const { child } of kept) {
      expect(child.exitCode ?? child.signalCode).toBeNull();
      process.kill(-child.pid!, "SIGKILL");
    }
    await Promise.all(kept.map(({ ended }) => ended));
    expect(await endLeftovers([dead(1), dead(2)])).toBe(0);
  });

  it.runIf(canMakeGroups)(
    "is found in its groups too, without mark and session, and the groups are removed",
    async () => {
      const { pid, namespace } = living;
      const group = path.join(ownControlGroup()!, `attune.${pid}.1.${/\d+/.exec(namespace)![0]}.1`);
      const below = path.join(group, "7");
      for (const folder of [group, below]) expect(makeControlGroup(folder)).toBe(true);
      const daemons = [left({}), left({})];
      for (const [n, { child }] of daemons.entries())
        writeFileSync(path.join(n === 0 ? group : below, "cgroup.procs"), `${child.pid}`);
      expect(await endLeftovers([dead(1)])).toBe(2);
      for (const { ended } of daemons) expect(await ended).toEqual([null, "SIGKILL"]);
      expect(existsSync(group)).toBe(false);
    },
  );

  it("is nothing where no tuner is known to be dead", async () => {
    const { child, ended } = left({ ATTUNE_RUN: `${tunerMark(living)}-ab/1/` });
    expect(await endLeftovers([])).toBe(0);
    expect(await endLeftovers([living, { ...dead(1), namespace: "pid:[1]" }])).toBe(0);
    expect(child.exitCode ?? child.signalCode).toBeNull();
    process.kill(-child.pid!, "SIGKILL");
    await ended;
  });
});
