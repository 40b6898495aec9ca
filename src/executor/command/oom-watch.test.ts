import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { OomWatch } from "./oom-watch.ts";

it.runIf(process.platform === "linux")("tells kills after a program's start from those before", () => {
  const watch = new OomWatch();
  const before = watch.begin();
  const kills = /^oom_kill (\d+)$/m.exec(readFileSync("/proc/vmstat", "utf8"))?.[1];
  expect(before).toBe(kills === undefined ? null : Number(kills));
  // What was read a moment ago holds for the next program too.
  expect(watch.begin()).toBe(before);
  expect(watch.killedSince(before)).toBe(false);
  expect(watch.killedSince(before === null ? null : before - 1)).toBe(before !== null);
});

it("knows nothing where the kernel does not tell", () => {
  expect(new OomWatch().killedSince(null)).toBe(false);
});
