import { execFileSync } from "node:child_process";
import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdtempSync,
  rmdirSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeEach, describe, expect, it } from "vitest";
import { CheckpointFolders } from "./checkpoint-folders.ts";

let root = "";
let folders = new CheckpointFolders();
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "attune-checkpoints-"));
  folders = new CheckpointFolders();
});
const at = (trial: number): string => join(root, String(trial), "checkpoint");
const inode = (trial: number): number => statSync(at(trial)).ino;

describe("CheckpointFolders", () => {
  it("makes a folder that others cannot look into, and keeps it when the program left something", async () => {
    expect(folders.open(null)).toBeNull();
    expect(folders.close(null, true)).toBeNull();
    expect(folders.open(at(0))).toBe(at(0));
    expect(statSync(at(0)).mode & 0o7777).toBe(0o700);
    writeFileSync(join(at(0), "weights"), "");
    expect(folders.close(at(0), true)).toBe(at(0));
    await folders.settled();
    expect(existsSync(at(0))).toBe(true);
  });

  it("gives an empty folder to a later attempt, and removes it in the end", async () => {
    folders.open(at(0));
    const first = inode(0);
    expect(folders.close(at(0), true)).toBeNull();
    folders.open(at(1));
    expect(inode(1)).toBe(first);
    expect(existsSync(at(0))).toBe(false);
    folders.close(at(1), true);
    await folders.settled();
    expect(existsSync(at(1))).toBe(false);
  });

  it.each<readonly [string, boolean, () => void]>([
    ["somebody may still know it", false, () => undefined],
    ["its program changed who may look into it", true, () => chmodSync(at(0), 0o755)],
    [
      "its program put a link there",
      true,
      () => {
        rmdirSync(at(0));
        symlinkSync(mkdtempSync(join(root, "other-")), at(0));
      },
    ],
    ["its program removed it", true, () => rmdirSync(at(0))],
  ])("does not give it to another where %s", async (_, reusable, change) => {
    folders.open(at(0));
    const { ino } = statSync(at(0));
    // Keeps the number from being given out anew.
    const held = mkdtempSync(join(root, "held-"));
    change();
    expect(folders.close(at(0), reusable)).toBeNull();
    folders.open(at(1));
    expect(statSync(at(1)).mode & 0o7777).toBe(0o700);
    if (existsSync(at(0))) expect(inode(1)).not.toBe(ino);
    await folders.settled();
    expect(existsSync(held)).toBe(true);
    expect(existsSync(at(1))).toBe(true);
  });

  it.each<readonly [string | null, () => void]>([
    ["a file", () => writeFileSync(at(0), "weights")],
    ["a named pipe", () => void execFileSync("mkfifo", [at(0)])],
    ["a device", () => symlinkSync("/dev/zero", at(0))],
    ["a link that leads nowhere", () => symlinkSync(join(root, "nowhere"), at(0))],
    ["a link that leads nowhere", () => symlinkSync("checkpoint", at(0))],
    ["a socket", () => void createServer().listen(at(0)).unref()],
  ])("does not hand on %s", async (what, put) => {
    folders.open(at(0));
    expect(folders.swapped(at(0))).toBeNull();
    rmdirSync(at(0));
    put();
    expect(folders.swapped(at(0))).toBe(what);
    expect(folders.close(at(0), true)).toBeNull();
    await folders.settled();
    expect(lstatSync(at(0)).isDirectory()).toBe(false);
  });

  it("hands on a link to a folder, and says nothing of one that is gone", () => {
    folders.open(at(0));
    rmdirSync(at(0));
    expect([folders.swapped(at(0)), folders.swapped(null)]).toEqual([null, null]);
    const other = mkdtempSync(join(root, "other-"));
    writeFileSync(join(other, "weights"), "");
    symlinkSync(other, at(0));
    expect([folders.swapped(at(0)), folders.close(at(0), true)]).toEqual([null, at(0)]);
  });

  it("removes all that are empty in the end", async () => {
    for (const trial of [0, 1, 2]) folders.open(at(trial));
    for (const trial of [0, 1, 2]) folders.close(at(trial), true);
    await folders.settled();
    expect([0, 1, 2].map((trial) => existsSync(at(trial)))).toEqual([false, false, false]);
  });

  it("takes what cannot be looked into for full, and what is not there for empty", () => {
    folders.open(at(0));
    rmdirSync(at(0));
    expect(folders.holds(at(0))).toBe(false);
    writeFileSync(at(0), "a file");
    expect(folders.holds(at(0))).toBe(true);
  });

  it("makes one anew where the empty one cannot go", async () => {
    folders.open(at(0));
    folders.close(at(0), true);
    folders.open(at(1));
    writeFileSync(join(at(1), "weights"), "");
    folders.open(at(2));
    folders.close(at(2), true);
    // Full already: a rename does not replace it.
    expect(folders.open(at(1))).toBe(at(1));
    expect(existsSync(join(at(1), "weights"))).toBe(true);
    await folders.settled();
    expect(existsSync(at(2))).toBe(false);
  });

  it("says why it could not be made", () => {
    writeFileSync(join(root, "0"), "");
    expect(() => folders.open(at(0))).toThrow(
      /The checkpoint folder could not be made \(.*\); free some space, or check/,
    );
  });

  it("removes an empty folder in the end also when a later one could not be made in its place", async () => {
    folders.open(at(0));
    folders.close(at(0), true);
    writeFileSync(join(root, "1"), "");
    expect(() => folders.open(at(1))).toThrow(/could not be made/);
    await folders.settled();
    expect(existsSync(at(0))).toBe(false);
  });

  it("removes all that a killed program left, and a link alone where it put one", async () => {
    folders.open(at(0));
    writeFileSync(join(at(0), "weights"), "");
    folders.open(at(1));
    rmdirSync(at(1));
    symlinkSync(root, at(1));
    folders.discard(null);
    for (const trial of [0, 1]) folders.discard(at(trial));
    await folders.settled();
    expect([existsSync(at(0)), lstatSync(at(1), { throwIfNoEntry: false }), existsSync(root)]).toEqual([
      false,
      undefined,
      true,
    ]);
  });
});
