import { describe, expect, it } from "vitest";
import { WorkerPool } from "./worker-pool.ts";

/** A heap of things to do: some seek at once, each thing is done when `finish` says so. */
function heap(things: number, size: number) {
  const seen = {
    left: things,
    most: 0,
    seeking: 0,
    mostSeeking: 0,
    workers: new Set<number>(),
    errors: [] as unknown[],
  };
  const working: (() => void)[] = [];
  const pool = new WorkerPool<number>(size, {
    seek: async (worker) => {
      seen.workers.add(worker);
      seen.seeking += 1;
      seen.mostSeeking = Math.max(seen.mostSeeking, seen.seeking);
      await null;
      seen.seeking -= 1;
      return seen.left > 0 ? seen.left-- : null;
    },
    work: async () => {
      const { promise, resolve } = Promise.withResolvers<void>();
      working.push(resolve);
      seen.most = Math.max(seen.most, working.length);
      await promise;
    },
    fail: (error) => seen.errors.push(error),
  });
  return { pool, seen, working };
}

const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe("WorkerPool", () => {
  it("has all its workers at work while there is enough to do, and begins no more than there is work for", async () => {
    for (const [things, size, most] of [
      [1000, 256, 256],
      [10, 20_000, 10],
      [5, 1, 1],
      [0, 20, 0],
    ] as const) {
      const { pool, seen, working } = heap(things, size);
      const over = pool.run();
      await settle();
      expect(working).toHaveLength(most);
      // Each that found something called two more; no thousands of them.
      expect(seen.workers.size).toBeLessThanOrEqual(Math.min(size, 2 * things + 1));
      while (working.length > 0) {
        working.shift()?.();
        await settle();
      }
      await over;
      expect(seen).toMatchObject({ left: 0, most, errors: [] });
      expect(seen.mostSeeking).toBeLessThanOrEqual(64);
    }
  });

  it("fills up again after all workers ended at once", async () => {
    const { pool, seen, working } = heap(600, 200);
    const over = pool.run();
    await settle();
    for (const done of working.splice(0)) done();
    await settle();
    expect(working).toHaveLength(200);
    while (working.length > 0) {
      for (const done of working.splice(0)) done();
      await settle();
    }
    await over;
    expect(seen.left).toBe(0);
  });

  it("tells errors of seeking and of working, and ends all the same", async () => {
    const errors: unknown[] = [];
    let turn = 0;
    const pool = new WorkerPool<number>(3, {
      seek: async () => {
        turn += 1;
        if (turn === 2) throw new Error("seek");
        return turn === 1 ? turn : null;
      },
      work: async () => {
        throw new Error("work");
      },
      fail: (error) => errors.push((error as Error).message),
    });
    await pool.run();
    expect(errors.sort()).toEqual(["seek", "work"]);
  });
});
