import { spawn } from "node:child_process";
import { once } from "node:events";
import { expect, it } from "vitest";
import { signalProcess } from "./signal-process.ts";

it.each([
  ["a process", 1],
  ["a group", -1],
])("ends %s, and says when there is none any more", async (_, sign) => {
  const child = spawn("sleep", ["1000"], { detached: true });
  expect(signalProcess(sign * child.pid!, "SIGTERM")).toBe(true);
  expect(await once(child, "exit")).toEqual([null, "SIGTERM"]);
  expect(signalProcess(sign * child.pid!, "SIGTERM")).toBe(false);
});

it("does not take what is no signal for a process that has gone", () => {
  expect(() => signalProcess(process.pid, "SIGNONE" as NodeJS.Signals)).toThrow(/SIGNONE/);
});
