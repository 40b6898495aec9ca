import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { afterEach, expect, it, vi } from "vitest";
import { MemoryWatch } from "./memory-watch.ts";

const children: ChildProcess[] = [];
afterEach(() => {
  for (const child of children.splice(0)) child.kill("SIGKILL");
});

async function group(): Promise<number> {
  const child = spawn("sleep", ["1000"], { detached: true });
  children.push(child);
  await once(child, "spawn");
  return child.pid!;
}

/** Watches a tree; `over` resolves with what it uses once that is more than allowed. */
function watched(watch: MemoryWatch, pid: number, allowed: number) {
  const over = Promise.withResolvers<number>();
  let told = 0;
  const end = watch.watch({
    group: pid,
    marker: "no such mark",
    allowed,
    tell: (used) => {
      told += 1;
      over.resolve(used);
    },
  });
  return { over: over.promise, end, told: () => told };
}

it("plans no look while one is under way", async () => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  try {
    const watch = new MemoryWatch();
    const tree = { group: 2 ** 22 + 1, marker: "none", allowed: 1, tell: () => undefined };
    watch.watch(tree);
    expect(vi.getTimerCount()).toBe(1);
    vi.advanceTimersByTime(250);
    watch.watch({ ...tree });
    expect(vi.getTimerCount()).toBe(0);
    await vi.waitFor(() => expect(vi.getTimerCount()).toBe(1));
  } finally {
    vi.useRealTimers();
  }
});

it.runIf(process.platform === "linux")(
  "tells of those alone that use more than allowed, as long as they are watched",
  async () => {
    const watch = new MemoryWatch();
    const [small, large] = [await group(), await group()];
    const within = watched(watch, small, 1e12);
    const first = watched(watch, large, 1);
    expect(await first.over).toBeGreaterThan(1);
    first.end();
    const told = first.told();
    // Looked at by the same watch, some looks later.
    const second = watched(watch, large, 1);
    await second.over;
    expect([within.told(), first.told()]).toEqual([0, told]);
    within.end();
    second.end();
    const third = watched(watch, small, 1);
    expect(await third.over).toBeGreaterThan(1);
    third.end();
  },
);

it.runIf(process.platform === "linux")("tells nobody whose watch ended while it looked", async () => {
  const watch = new MemoryWatch();
  const told: string[] = [];
  const over = Promise.withResolvers<void>();
  const ends: (() => void)[] = [];
  const groups = { first: await group(), second: await group() };
  for (const [name, pid] of Object.entries(groups)) {
    const tell = (): void => {
      told.push(name);
      for (const end of ends) end();
      over.resolve();
    };
    ends.push(watch.watch({ group: pid, marker: "no such mark", allowed: 1, tell }));
  }
  await over.promise;
  expect(told).toEqual(["first"]);
});
