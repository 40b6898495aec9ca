import { expect, it } from "vitest";
import type { ImportedTrial } from "../../trial/imported-trial.ts";
import type { TrialState, Values } from "../../trial/trial.ts";
import { Driver, ended, leased, type StorageFixture } from "./driver.testing.ts";

function claimKind(driver: Driver, limit: number | null, token = "other"): Promise<string> {
  const claim = { type: "claim", owner: leased(token), limit, until: null, candidate: driver.candidate() } as const;
  return driver.run(claim).then((result) => result.kind);
}

export function imported(state: TrialState, more: Partial<ImportedTrial> = {}): ImportedTrial {
  const values: Values = state === "complete" ? { loss: 1 } : {};
  return { params: { x: 1 }, state, values, reports: [], startedAt: 1000, finishedAt: 2000, attributes: {}, ...more };
}

export function budgetContract(fixture: () => StorageFixture): void {
  it("counts complete, pruned and failed trials, and stops at the limit exactly", async () => {
    const driver = await Driver.create(fixture().storage);
    for (const [k, state] of (["complete", "pruned", "failed"] as const).entries()) {
      await driver.claim(`t${k}`, 3);
      const end = ended(state === "complete" ? "ok" : "stopped");
      await driver.run({ type: "finish", trial: k, token: `t${k}`, state, values: {}, end });
      expect(driver.state.budget.trialsSpent).toBe(k + 1);
    }
    expect(await claimKind(driver, 3)).toBe("done");
    expect(await claimKind(driver, 2)).toBe("done");
    expect(await claimKind(driver, 4)).toBe("trial");
  });

  it("answers wait while what is left of the budget is under way", async () => {
    const driver = await Driver.create(fixture().storage);
    await driver.claim("a", 2);
    await driver.claim("b", 2);
    expect(await claimKind(driver, 2)).toBe("wait");
    expect(
      (await driver.run({ type: "reserve", proposer: leased("p"), count: 1, limit: 2, evidence: null })).kind,
    ).toBe("wait");
    await driver.finish(0, "a");
    expect(await claimKind(driver, 2)).toBe("wait");
    await driver.lose(1, "b");
    expect(await claimKind(driver, 2)).toBe("trial");
  });

  it("holds back waiting trials beyond the limit", async () => {
    const driver = await Driver.create(fixture().storage);
    for (const x of [1, 2, 3]) await driver.run({ type: "enqueue", params: { x }, origin: "user", replicate: null });
    await driver.claim("a", 2);
    await driver.claim("b", 2);
    expect(await claimKind(driver, 2)).toBe("wait");
    await driver.finish(0, "a");
    await driver.finish(1, "b");
    expect(await claimKind(driver, 2)).toBe("done");
    expect(driver.state.budget).toMatchObject({ trialsSpent: 2, waiting: 1 });
  });

  it("reserves no more than the budget has left, and a reservation takes part in it", async () => {
    const driver = await Driver.create(fixture().storage);
    await driver.claim("a", 4);
    const reserve = { type: "reserve", proposer: leased("p"), count: 10, limit: 4, evidence: null } as const;
    expect(await driver.run(reserve)).toMatchObject({ kind: "reserved", count: 3 });
    expect(driver.state.budget).toMatchObject({ running: 1, reserved: 3 });
    expect(await claimKind(driver, 4)).toBe("reserve");
    expect((await driver.run({ ...reserve, proposer: leased("q") })).kind).toBe("busy");
    await driver.run({ type: "release", token: "p" });
    expect(await claimKind(driver, 4)).toBe("trial");
    await driver.finish(0, "a");
    expect((await driver.run({ ...reserve, limit: 1 })).kind).toBe("done");
  });

  it("gets past a dead proposer that holds all that is left of the budget", async () => {
    const driver = await Driver.create(fixture().storage);
    const reserve = { type: "reserve", proposer: leased("dead"), count: 5, limit: 2, evidence: null } as const;
    const held = await driver.run(reserve);
    expect(held).toMatchObject({ kind: "reserved", count: 2 });
    expect(await claimKind(driver, 2)).toBe("reserve");
    const evidence = { evidence: "dead-process", holder: "dead" } as const;
    expect(await driver.run({ ...reserve, proposer: leased("next"), ...evidence })).toEqual(held);
  });

  it("imports trials in any state, with their times; they take numbers, and count only if they run here", async () => {
    const driver = await Driver.create(fixture().storage);
    const reports = [{ seq: 0, step: 5, values: { loss: "NaN" as const } }];
    const attributes = { "optuna:user": '{"a": 1}' };
    const states: readonly TrialState[] = ["complete", "pruned", "failed", "running", "paused", "waiting"];
    const trials = states.map((state) => imported(state, { reports, attributes }));
    expect(await driver.run({ type: "import", trials })).toEqual({ numbers: [0, 1, 2, 3, 4, 5] });
    const cold = await driver.cold();
    expect(cold.trials().map((trial) => trial.state)).toEqual(states);
    expect(cold.trial(0)).toMatchObject({
      origin: "imported",
      outcome: "ok",
      values: { loss: 1 },
      reports,
      attributes,
      startedAt: 1000,
      finishedAt: 2000,
    });
    expect(cold.budget).toEqual({ trialsSpent: 0, running: 0, paused: 0, waiting: 1, reserved: 0 });
    expect(await claimKind(driver, 2)).toBe("trial");
    expect(driver.trial(5).state).toBe("running");
    expect(driver.state.budget).toMatchObject({ running: 1, waiting: 0 });
    expect((await driver.cold()).budget).toEqual(driver.state.budget);
    expect(await claimKind(driver, 1, "over")).toBe("wait");
    expect(await claimKind(driver, 2, "next")).toBe("trial");
    expect(driver.trial(6).origin).toBe("sampler");
  });

  it("takes invalid trials out of the budget and restored ones back in", async () => {
    const driver = await Driver.create(fixture().storage);
    await driver.claim("a", 1);
    await driver.finish(0, "a");
    await driver.run({ type: "invalidate", trial: 0, reason: "wrong data" });
    expect(driver.state.budget.trialsSpent).toBe(0);
    expect(await claimKind(driver, 1, "b")).toBe("trial");
    await driver.run({ type: "restore", trial: 0 });
    expect(driver.state.budget).toMatchObject({ trialsSpent: 1, running: 1 });
    expect(await claimKind(driver, 1)).toBe("done");
  });

  it("hides by intervals: invalidated, restored and invalidated again", async () => {
    const driver = await Driver.create(fixture().storage);
    await driver.claim("a");
    await driver.run({ type: "invalidate", trial: 0, reason: null });
    const from = driver.state.revision;
    await driver.run({ type: "invalidate", trial: 0, reason: "again" });
    expect(driver.state.revision).toBe(from);
    await driver.finish(0, "a");
    await driver.run({ type: "restore", trial: 0 });
    const to = driver.state.revision;
    await driver.run({ type: "restore", trial: 0 });
    expect(driver.state.revision).toBe(to);
    await driver.run({ type: "invalidate", trial: 0, reason: null });
    expect((await driver.cold()).trial(0)?.invalid).toEqual([
      { from, to },
      { from: to + 1, to: null },
    ]);
    expect(driver.trial(0).state).toBe("complete");
  });

  it("does not hand out an invalid waiting trial until it is restored", async () => {
    const driver = await Driver.create(fixture().storage);
    await driver.run({ type: "enqueue", params: { x: 1 }, origin: "user", replicate: null });
    await driver.run({ type: "invalidate", trial: 0, reason: null });
    expect(driver.state.nextWaiting()).toBeNull();
    await expect(driver.run({ type: "start", trial: 0, owner: leased("s"), until: null })).rejects.toMatchObject({
      code: "conflict",
    });
    expect(await driver.claim("a")).toMatchObject({ trial: 1 });
    await driver.run({ type: "restore", trial: 0 });
    expect(await driver.claim("b")).toMatchObject({ trial: 0 });
  });

  it("sums what ended attempts used up, and begins none that the rest of a purse cannot pay", async () => {
    const driver = await Driver.create(fixture().storage);
    const purse = { steps: 10 };
    const begin = (token: string, until: number) => {
      const claim = { type: "claim", owner: leased(token), limit: null, until, candidate: driver.candidate() } as const;
      return driver.run({ ...claim, purse }).then(({ kind }) => kind);
    };
    expect(await begin("a", 6)).toBe("trial");
    expect(await begin("b", 6)).toBe("wait");
    expect(await begin("b", 4)).toBe("trial");
    const reports = [{ seq: 0, step: 2, values: { loss: 1 } }];
    await driver.run({ type: "report", trial: 0, token: "a", reports });
    const values: Values = { loss: 1 };
    const end = { ...ended("ok"), seconds: 1.5, cost: 0.25 };
    await driver.run({ type: "finish", trial: 0, token: "a", state: "complete", values, end });
    await driver.lose(1, "b");
    for (const state of [driver.state, await driver.cold()])
      expect(state.ledger).toEqual({ steps: 2, runs: 0, seconds: 1.5, cost: 0.25 });
    expect(await begin("c", 9)).toBe("trial");
  });

  it("adds tuning time once for parallel callers, and none for a time asleep", async () => {
    const driver = await Driver.create(fixture().storage);
    const { storage, id } = driver;
    expect(await storage.addTuningTime(id, 0)).toBe(0);
    // Nobody's clock moved by an hour since the call before: what passed in between is all that counts.
    const total = await storage.addTuningTime(id, 3_600_000);
    expect(total).toBeLessThan(60_000);
    expect(await storage.addTuningTime(id, 0)).toBe(total);
    expect(await storage.addTuningTime(id, -5)).toBe(total);
    const other = await fixture().another();
    expect(await other.addTuningTime(id, 0)).toBe(total);
  });
}
