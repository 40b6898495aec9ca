import { setTimeout as delay } from "node:timers/promises";
import { expect, it } from "vitest";
import type { LimitBreach } from "./limit-breach.ts";
import { LimitWatch } from "./limit-watch.ts";
import { MemoryWatch } from "./memory-watch.ts";
import { NO_LIMITS } from "./trial-limits.ts";

it("asks no sign of life of a program that the tuner makes wait, and again once it goes on", async () => {
  const breaches: LimitBreach[] = [];
  const watch = new LimitWatch({ ...NO_LIMITS, idle: 0.01 }, new MemoryWatch(), (breach) => breaches.push(breach));
  watch.wait(true);
  watch.start(process.pid, "none");
  await delay(80);
  expect(breaches).toEqual([]);
  watch.wait(false);
  await expect.poll(() => breaches).toEqual([{ limit: "idle", allowed: 0.01 }]);
  watch.end();
});
