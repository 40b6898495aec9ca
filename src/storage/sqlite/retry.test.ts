import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterEach, describe, expect, it, vi } from "vitest";
import { Retry } from "./retry.ts";
import { VirtualClock } from "./virtual-clock.testing.ts";

describe("trying again while the file is locked", () => {
  it("gets through once the lock is free, and gives up with what to do when it never is", async () => {
    const folder = mkdtempSync(join(tmpdir(), "attune-retry-"));
    const file = join(folder, "study.db");
    const holder = new DatabaseSync(file, { timeout: 0 });
    const waiter = new DatabaseSync(file, { timeout: 0 });
    holder.exec("BEGIN IMMEDIATE");
    const begin = () => waiter.exec("BEGIN IMMEDIATE");
    await expect(new Retry(file).run(begin, { patience: -1 })).rejects.toMatchObject({
      code: "storage-busy",
      message: expect.stringMatching(/study\.db has been locked by another process.*End that process/),
    });
    let refused = 0;
    await new Retry(file).run(begin, {
      // From the first try on, whatever the clock says then.
      patience: performance.now() + 200,
      onBusy: () => {
        if (++refused === 3) holder.exec("ROLLBACK");
      },
    });
    expect(refused).toBe(3);
    expect(waiter.isTransaction).toBe(true);
    waiter.close();
    holder.close();
    rmSync(folder, { recursive: true });
  });

  it("passes other errors on at once", async () => {
    let calls = 0;
    const work = () => {
      calls++;
      throw new Error("not a lock");
    };
    await expect(new Retry("file").run(work)).rejects.toThrow("not a lock");
    expect(calls).toBe(1);
  });

  describe("by the clock", () => {
    const locked = Object.assign(new Error("database is locked"), { errcode: 5 });
    let clock: VirtualClock;
    afterEach(() => clock.stop());

    /** When it was tried and what was said, in ms from the start; the clock stands at these one after the other, and the last is the end. */
    async function waited(times: readonly number[], patience?: number) {
      const rest = [...times];
      const begun = 1_000_000;
      clock = new VirtualClock((_count, { slept }) => {
        clock.now = begun + (rest.shift() ?? 1e12);
        expect(slept.at(-1)).toBeGreaterThanOrEqual(1);
      });
      const [tried, said]: [number[], number[]] = [[], []];
      const retry = new Retry("study.db", (sentence) => {
        expect(sentence).toContain("study.db is locked by another process; what is finished here is kept in memory");
        said.push(clock.now - begun);
      });
      const work = (): never => {
        tried.push(clock.now - begun);
        throw locked;
      };
      const end = await retry.run(work, patience === undefined ? {} : { patience }).catch((error: unknown) => error);
      expect(end).toMatchObject({ code: "storage-busy", cause: locked });
      return { tried, said };
    }

    it("says who is waited for after four seconds, and then every minute", async () => {
      const times = [3_999, 4_000, 4_001, 63_999, 64_000, 64_001, 123_999, 124_000];
      expect((await waited(times, 124_000)).said).toEqual([4_000, 64_000, 124_000]);
    });

    it("gives up after a minute and a half, where it was told of no other patience", async () => {
      expect((await waited([89_999, 90_000, 90_001, 90_002])).tried).toEqual([0, 89_999, 90_000, 90_001]);
    });

    it("pauses for one to eight ms, as chance will have it", async () => {
      const chance = vi.spyOn(Math, "random").mockReturnValueOnce(0).mockReturnValueOnce(0.5).mockReturnValueOnce(0.75);
      await waited([1, 2, 3], 2);
      expect(clock.slept).toEqual([1, 4.5, 6.25]);
      chance.mockRestore();
    });
  });
});
