import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readFileSync, rmdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { canMakeGroups } from "./control-group.testing.ts";
import {
  controlGroupMounts,
  endControlGroup,
  groupsIn,
  makeControlGroup,
  ownControlGroup,
  processesIn,
  removeControlGroup,
} from "./control-group.ts";

let folder = "";
afterEach(() => {
  if (folder !== "") endControlGroup(folder);
  folder = "";
});

function made(): string {
  folder = path.join(ownControlGroup()!, `attune-test-${process.pid}-${Math.floor(performance.now() * 1000)}`);
  expect(makeControlGroup(folder)).toBe(true);
  return folder;
}

async function sleeperIn(group: string): Promise<ChildProcess> {
  const child = spawn("sleep", ["1000"], { stdio: "ignore" });
  await once(child, "spawn");
  writeFileSync(path.join(group, "cgroup.procs"), String(child.pid));
  return child;
}

describe.runIf(canMakeGroups)("a control group", () => {
  it("holds what is put into it, in groups below it too, and ends with all of that", async () => {
    const group = made();
    const below = path.join(group, "below");
    makeControlGroup(below);
    const children = [await sleeperIn(group), await sleeperIn(below)];
    const ids = children.map(({ pid }) => pid!);
    expect(processesIn(group)).toEqual(ids);
    expect(groupsIn(group)).toEqual([below]);
    expect(removeControlGroup(group)).toBe(false);
    const ends = children.map((child) => once(child, "exit"));
    expect(endControlGroup(group)).toEqual(ids);
    expect(await Promise.all(ends)).toEqual([
      [null, "SIGKILL"],
      [null, "SIGKILL"],
    ]);
    expect(endControlGroup(group)).toEqual([]);
    expect(existsSync(group)).toBe(false);
  });

  it("is removed when nothing is in it, and gone is as good as removed", () => {
    const group = made();
    makeControlGroup(path.join(group, "below"));
    expect(removeControlGroup(group)).toBe(true);
    expect(removeControlGroup(group)).toBe(true);
    expect([processesIn(group), groupsIn(group), endControlGroup(group)]).toEqual([[], [], []]);
  });
});

it("is not made where the system refuses it", () => {
  const plain = mkdtempSync(path.join(tmpdir(), "attune-group-"));
  expect(makeControlGroup(path.join(plain, "not-there", "group"))).toBe(false);
  expect(makeControlGroup(plain)).toBe(false);
  rmdirSync(plain);
});

const hasGroups =
  existsSync("/proc/self/cgroup") &&
  /^0::\/(?!\.\.)/m.test(readFileSync("/proc/self/cgroup", "utf8")) &&
  readFileSync("/proc/self/mountinfo", "utf8").includes(" - cgroup2 ");

// What skips tests elsewhere must not come to skip them here.
it.runIf(hasGroups)("is found where the system has them: this process stands in its own", () => {
  expect(processesIn(ownControlGroup()!)).toContain(process.pid);
  expect(controlGroupMounts().some((mount) => ownControlGroup()!.startsWith(mount))).toBe(true);
});

it("is ended one process after the other where the kernel cannot do it at once", async () => {
  // A folder that looks like a group of an older kernel.
  const plain = mkdtempSync(path.join(tmpdir(), "attune-group-"));
  const children = [0, 1].map(() => spawn("sleep", ["1000"], { stdio: "ignore" }));
  await Promise.all(children.map((child) => once(child, "spawn")));
  const ids = children.map(({ pid }) => pid!);
  writeFileSync(path.join(plain, "cgroup.procs"), `0\n${ids.join("\n")}\n`);
  const ends = children.map((child) => once(child, "exit"));
  expect(endControlGroup(plain)).toEqual(ids);
  for (const end of ends) expect(await end).toEqual([null, "SIGKILL"]);
  rmSync(plain, { recursive: true });
});

it("leaves out processes that cannot be seen from here, and no other", () => {
  const plain = mkdtempSync(path.join(tmpdir(), "attune-group-"));
  writeFileSync(path.join(plain, "cgroup.procs"), "0\n1\n7\n");
  expect(processesIn(plain)).toEqual([1, 7]);
  rmSync(plain, { recursive: true });
});
