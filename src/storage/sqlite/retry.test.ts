import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { describe, expect, it } from "vitest";
import { Retry } from "./retry.ts";

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

  it("says who is waited for after four seconds, and not again for a minute", async () => {
    const folder = mkdtempSync(join(tmpdir(), "attune-retry-"));
    const file = join(folder, "study.db");
    const holder = new DatabaseSync(file, { timeout: 0 });
    const waiter = new DatabaseSync(file, { timeout: 0 });
    holder.exec("BEGIN IMMEDIATE");
    const said: number[] = [];
    const begun = performance.now();
    const retry = new Retry(file, (sentence) => {
      expect(sentence).toContain("study.db is locked by another process; what is finished here is kept in memory");
      said.push(performance.now() - begun);
    });
    const patience = { patience: 4_500 };
    await expect(retry.run(() => waiter.exec("BEGIN IMMEDIATE"), patience)).rejects.toMatchObject({
      code: "storage-busy",
    });
    expect(said).toHaveLength(1);
    expect(said[0]).toBeGreaterThanOrEqual(4_000);
    for (const database of [holder, waiter]) database.close();
    rmSync(folder, { recursive: true });
  });
});
