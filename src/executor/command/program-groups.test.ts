import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { afterAll, afterEach, describe, expect, it } from "vitest";
import { contractJob, startJob } from "../executor.contract.ts";
import { currentProcess } from "../process-identity.ts";
import { CommandExecutor } from "./command-executor.ts";
import { canMakeGroups } from "./control-group.testing.ts";
import { groupsIn, makeControlGroup } from "./control-group.ts";
import type { Launcher } from "./launcher.ts";
import { readProcess } from "./proc.ts";
import { ProgramGroups } from "./program-groups.ts";
import { createHelpers } from "./run-helpers.ts";
import { groupsOf, makeTunerGroup } from "./tuner-group.ts";

const folder = mkdtempSync(join(tmpdir(), "attune-groups-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

let executor: CommandExecutor | null = null;
afterEach(async () => await executor?.close());

/** Leaves a daemon in a session of its own without an environment, and goes on once that runs, until there is a file `NUMBER.end`. */
const LEAVES = `me=${folder}/$ATTUNE_TRIAL
setsid env -i sh -c 'sleep 1000 & echo $! > "$0.new"; mv "$0.new" "$0"' "$me" </dev/null >/dev/null 2>&1
while [ ! -e "$me" ]; do sleep 0.01; done
echo loss=1
while [ ! -e "$me.end" ]; do sleep 0.01; done`;

function open(): Launcher {
  const helpers = createHelpers();
  executor = new CommandExecutor({ command: { shell: LEAVES }, parameters: [], helpers });
  return helpers.launcher;
}

const start = (trial: number) => startJob(executor!, { ...contractJob({ ending: "value" }), trial });

async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await delay(5);
}

async function daemonOf(trial: number): Promise<number> {
  const file = join(folder, String(trial));
  await until(() => existsSync(file));
  return Number(readFileSync(file, "utf8"));
}

const groupOf = (pid: number): string => /^0::(.*)$/m.exec(String(readProcess(pid, "cgroup")))![1]!;

function runs(pid: number): boolean {
  return readProcess(pid, "cmdline")?.toString().startsWith("sleep\0") ?? false;
}

describe.runIf(canMakeGroups)("the control groups of programs", () => {
  it("end a daemon without session and environment with its attempt, others running on, and are removed", async () => {
    const launcher = open();
    const first = start(1);
    const one = await daemonOf(1);
    // Programs that begin closely one after the other may share a group.
    await until(() => groupOf(launcher.pid!) !== groupOf(one));
    const second = start(2);
    const two = await daemonOf(2);
    expect([runs(one), runs(two)]).toEqual([true, true]);
    first.kill.abort();
    await first.result;
    await until(() => !runs(one));
    expect(runs(two)).toBe(true);
    const group = groupsOf([currentProcess()])[0]!;
    expect(groupsIn(group).length).toBeGreaterThan(0);
    second.kill.abort();
    await second.result;
    await until(() => !runs(two));
    await executor!.close();
    await until(() => !existsSync(group));
  });

  it("end with a launcher that is killed", async () => {
    const launcher = open();
    const running = start(3);
    const daemon = await daemonOf(3);
    const group = groupsOf([currentProcess()])[0]!;
    process.kill(launcher.pid!, "SIGKILL");
    expect((await running.result).end.outcome).toBe("lost");
    await until(() => !runs(daemon));
    await until(() => !existsSync(group));
  });
});

describe.runIf(canMakeGroups)("a group as its programs see it", () => {
  it("is one's own once the launcher has left it and all others are over", async () => {
    const tuner = makeTunerGroup()!;
    const own = join(tuner, "7");
    expect(makeControlGroup(own)).toBe(true);
    const groups = new ProgramGroups(tuner);
    const [one, two] = [groups.join(7), groups.join(7)];
    const child = spawn("sleep", ["1000"]);
    const ended = once(child, "exit");
    writeFileSync(join(own, "cgroup.procs"), `${child.pid}`);
    expect([one.freeze(true), one.isEmpty(), one.kill()]).toEqual([false, true, 0]);
    groups.left(7);
    expect([one.freeze(true), one.isEmpty(), one.kill()]).toEqual([false, true, 0]);
    expect(two.leave()).toBe(0);
    expect([one.isEmpty(), one.processes()]).toEqual([false, [child.pid]]);
    expect(one.freeze(true)).toBe(true);
    await until(() => one.isFrozen());
    expect(one.freeze(false)).toBe(true);
    await until(() => !one.isFrozen());
    expect(one.kill()).toBe(1);
    expect(await ended).toEqual([null, "SIGKILL"]);
    expect(one.leave()).toBe(0);
    await until(() => {
      groups.end(0);
      return !existsSync(tuner);
    });
  });

  it("ends with its last program, and is removed where none was started in it", async () => {
    const tuner = makeTunerGroup()!;
    for (const name of ["1", "2"]) expect(makeControlGroup(join(tuner, name))).toBe(true);
    const groups = new ProgramGroups(tuner);
    groups.left(1);
    expect(existsSync(join(tuner, "1"))).toBe(false);
    const only = groups.join(2);
    const child = spawn("sleep", ["1000"]);
    const ended = once(child, "exit");
    writeFileSync(join(tuner, "2", "cgroup.procs"), `${child.pid}`);
    groups.left(2);
    expect(only.leave()).toBe(1);
    expect(await ended).toEqual([null, "SIGKILL"]);
    groups.end();
    await until(() => !existsSync(tuner));
  });
});

describe("a group that programs share", () => {
  it("ends with the last of them, and not before the launcher has left it", () => {
    const groups = new ProgramGroups(join(folder, "no-such-group"));
    const [one, two] = [groups.join(1), groups.join(1)];
    expect([one.isEmpty(), one.kill(), one.leave()]).toEqual([true, 0, 0]);
    groups.left(1);
    expect([two.isEmpty(), two.kill(), two.leave()]).toEqual([true, 0, 0]);
  });
});
