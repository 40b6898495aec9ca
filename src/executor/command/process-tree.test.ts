import { type ChildProcess, spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { afterEach, describe, expect, it } from "vitest";
import { findMarked, killMarked } from "./process-tree.ts";

const begun: ChildProcess[] = [];
afterEach(() => {
  for (const child of begun.splice(0)) child.kill("SIGKILL");
});

function marked(mark: string): ChildProcess {
  const child = spawn("sleep", ["1000"], { detached: true, env: { OUTER: `x ${mark}/1 y` } });
  begun.push(child);
  return child;
}

describe.runIf(process.platform === "linux")("processes with a mark in their environment", () => {
  it("are found by any of several marks", async () => {
    const [first, second] = [randomUUID(), randomUUID()];
    const children = [marked(first), marked(second), marked(randomUUID())];
    await Promise.all(children.map((child) => once(child, "spawn")));
    const [one, two, three] = children.map(({ pid }) => pid!);
    expect(await findMarked([first])).toEqual([one]);
    expect(new Set(await findMarked([second, first]))).toEqual(new Set([one, two]));
    expect(await findMarked([randomUUID()])).toEqual([]);
    expect(await findMarked([])).toEqual([]);
    expect(three).toBeGreaterThan(0);
  });

  it("are killed, and those alone, and it is told which", async () => {
    const mark = randomUUID();
    const children = [marked(mark), marked(mark)];
    const other = marked(randomUUID());
    const ends = children.map((child) => once(child, "exit"));
    await Promise.all([...children, other].map((child) => once(child, "spawn")));
    expect(new Set(await killMarked([mark]))).toEqual(new Set(children.map(({ pid }) => pid)));
    expect(await Promise.all(ends)).toEqual([
      [null, "SIGKILL"],
      [null, "SIGKILL"],
    ]);
    expect(other.exitCode ?? other.signalCode).toBeNull();
    expect(await killMarked([mark])).toEqual([]);
  });
});
