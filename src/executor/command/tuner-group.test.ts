import { existsSync, mkdirSync, rmdirSync } from "node:fs";
import path from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { currentProcess } from "../process-identity.ts";
import { canMakeGroups } from "./control-group.testing.ts";
import { ownControlGroup, removeControlGroup } from "./control-group.ts";
import { groupsOf, makeTunerGroup } from "./tuner-group.ts";

const here = currentProcess();
const inode = /\d+/.exec(here.namespace)?.[0];
const made: string[] = [];
afterEach(() => {
  for (const folder of made.splice(0).reverse()) if (existsSync(folder)) rmdirSync(folder);
});

function group(...names: readonly string[]): string {
  const folder = path.join(ownControlGroup()!, ...names);
  mkdirSync(folder);
  made.push(folder);
  return folder;
}

describe.runIf(canMakeGroups)("a tuner's group", () => {
  it("is named after the tuner, each a name of its own", () => {
    const folders = [makeTunerGroup()!, makeTunerGroup()!];
    made.push(...folders);
    const [first, second] = folders.map((folder) => {
      expect(path.dirname(folder)).toBe(ownControlGroup());
      const [, owner, number] = /^(.*)\.(\d+)$/.exec(path.basename(folder))!;
      expect(owner).toBe(`attune.${here.pid}.${here.started}.${inode}`);
      return Number(number);
    });
    expect(second).toBe(first! + 1);
    expect(new Set(groupsOf([here]))).toEqual(new Set(folders));
  });

  it("takes the place of those that dead tuners left empty, and of no others", () => {
    const dead = group(`attune.${here.pid}.1.${inode}.1`);
    const below = group(path.basename(dead), "7");
    const kept = [
      group(`attune.${here.pid}.${here.started}.${inode}.999`),
      group(`attune.${here.pid}.1.1.1`),
      group(`attune.${here.pid}.1.${inode}`),
      group(`other.${here.pid}.1.${inode}.1`),
    ];
    made.push(makeTunerGroup()!);
    expect([dead, below].map((folder) => existsSync(folder))).toEqual([false, false]);
    expect(kept.map((folder) => existsSync(folder))).toEqual([true, true, true, true]);
  });

  it("is found for any tuner, wherever it stands, and no other's", () => {
    // Beside tuners' own, what looks as if its tuner were dead is removed by others at any time.
    const outer = group("attune-test-outer");
    const first = group("attune-test-outer", `attune.77.1.${inode}.1`);
    const second = group("attune-test-outer", `attune.77.1.${inode}.12`);
    const others = [`attune.77.12.${inode}.1`, `attune.7.1.${inode}.1`].map((name) => group("attune-test-outer", name));
    const tuner = { ...here, pid: 77, started: "1" };
    expect(new Set(groupsOf([tuner]))).toEqual(new Set([first, second]));
    expect(new Set(groupsOf([tuner, { ...tuner, pid: 7 }]))).toEqual(new Set([first, second, others[1]]));
    expect(groupsOf([])).toEqual([]);
    expect(groupsOf([{ ...tuner, started: "" }])).toEqual([]);
    expect(groupsOf([{ ...tuner, namespace: "" }])).toEqual([]);
    for (const folder of [...others, second, first, outer]) expect(removeControlGroup(folder)).toBe(true);
  });
});
