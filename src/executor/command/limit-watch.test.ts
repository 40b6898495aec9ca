import { setTimeout as delay } from "node:timers/promises";
import { expect, it } from "vitest";
import { AwakeTimer } from "../awake-timer.ts";
import type { LimitBreach } from "./limit-breach.ts";
import { LimitWatch } from "./limit-watch.ts";
import { MemoryWatch } from "./memory-watch.ts";
import { NO_LIMITS } from "./trial-limits.ts";

it("asks no sign of life of a program that the tuner makes wait, and again once it goes on", async () => {
  const breaches: LimitBreach[] = [];
  const look = (): Promise<void> => Promise.resolve();
  const tell = (breach: LimitBreach): unknown => breaches.push(breach);
  const watch = new LimitWatch({ ...NO_LIMITS, idle: 0.01 }, new MemoryWatch(), look, tell);
  watch.wait(true);
  watch.start(process.pid, "none");
  await delay(80);
  expect(breaches).toEqual([]);
  watch.wait(false);
  await expect.poll(() => breaches).toEqual([{ limit: "idle", allowed: 0.01 }]);
  watch.end();
});

it.each(["time", "idle"] as const)(
  "reads what a program printed and how it ended before it judges by %s",
  async (limit) => {
    const breaches: LimitBreach[] = [];
    const asked = Promise.withResolvers<void>();
    const told = Promise.withResolvers<void>();
    const look = (): Promise<void> => {
      asked.resolve();
      return told.promise;
    };
    const tell = (breach: LimitBreach): unknown => breaches.push(breach);
    const ended = new LimitWatch({ ...NO_LIMITS, [limit]: 0.01 }, new MemoryWatch(), look, tell);
    ended.start(process.pid, "none");
    await asked.promise;
    ended.end();
    told.resolve();
    await told.promise;
    await new Promise((resolve) => setImmediate(resolve));
    expect(breaches).toEqual([]);
  },
);

it("lets nothing run out while the program stands still in memory", async () => {
  const breaches: string[] = [];
  const over = Promise.withResolvers<void>();
  const watch = new LimitWatch(
    { time: 0.05, idle: 0.05, memory: null },
    new MemoryWatch(),
    async () => undefined,
    ({ limit }) => {
      breaches.push(limit);
      over.resolve();
    },
  );
  watch.start(0, "none");
  watch.hold();
  watch.sign();
  await new Promise<void>((resolve) => new AwakeTimer(200, resolve));
  expect(breaches).toEqual([]);
  watch.goOn();
  await over.promise;
  expect(breaches).toHaveLength(1);
});

it("gives a program all of its time where none was spent before", async () => {
  const breaches: LimitBreach[] = [];
  const watch = new LimitWatch(
    { ...NO_LIMITS, time: 0.6 },
    new MemoryWatch(),
    async () => undefined,
    (breach) => breaches.push(breach),
  );
  watch.start(0, "none");
  await new Promise((resolve) => setTimeout(resolve, 100));
  expect(breaches).toEqual([]);
  await expect.poll(() => breaches, { timeout: 10_000 }).toMatchObject([{ limit: "time", allowed: 0.6 }]);
  watch.end();
});

it("gives it no more than that", async () => {
  const breaches: LimitBreach[] = [];
  const watch = new LimitWatch(
    { ...NO_LIMITS, time: 0.01 },
    new MemoryWatch(),
    async () => undefined,
    (breach) => breaches.push(breach),
  );
  watch.start(0, "none");
  await new Promise<void>((resolve) => new AwakeTimer(600, resolve));
  expect(breaches).toMatchObject([{ limit: "time" }]);
  watch.end();
});

it("looks at no memory of a program that stands still, and again once it goes on", () => {
  const watched: string[] = [];
  const memory = {
    watch: () => {
      watched.push("watched");
      return () => watched.push("forgotten");
    },
  } as unknown as MemoryWatch;
  const watch = new LimitWatch(
    { ...NO_LIMITS, memory: 1 },
    memory,
    async () => undefined,
    () => undefined,
  );
  watch.start(0, "none");
  watch.hold();
  expect(watched).toEqual(["watched", "forgotten"]);
  watch.goOn();
  expect(watched).toEqual(["watched", "forgotten", "watched"]);
  watch.end();
});
