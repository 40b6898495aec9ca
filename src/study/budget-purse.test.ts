import { describe, expect, it } from "vitest";
import { float } from "../space/index.ts";
import { openStorage } from "../storage/registry.ts";
import { BudgetPurse } from "./budget-purse.ts";
import { createStudy } from "./create-study.ts";
import { leasedOwner } from "./new-owner.ts";
import type { GivenBudget } from "./parse-budget.ts";
import { StudyLog } from "./study-log.ts";

async function purseOf(given: GivenBudget, keeps: boolean) {
  const storage = await openStorage(":memory:");
  const study = await createStudy({
    name: "s",
    minimize: "loss",
    space: { x: float(0, 1) },
    sampler: "random",
    storage,
  });
  const log = await StudyLog.open(storage, study.id);
  const purse = new BudgetPurse(log, given, keeps);
  /** Runs a trial up to a step, to its end or to a pause; 0 reports none. */
  const ran = async (step: number, isPaused = false): Promise<void> => {
    const owner = leasedOwner("0");
    const { token } = owner;
    const trial = await study.enqueue({ x: 0.5 });
    await log.execute({ type: "claim", owner, limit: null, until: null, candidate: null });
    const values = { loss: 1 };
    if (step > 0) await log.execute({ type: "report", trial, token, reports: [{ seq: 0, step, values }] });
    const end = { message: null, exitCode: 0, signal: null, checkpoint: null } as const;
    if (isPaused) await log.execute({ type: "pause", trial, token, end: { ...end, outcome: "paused" }, values });
    else await log.execute({ type: "finish", trial, token, state: "complete", values, end: { ...end, outcome: "ok" } });
  };
  return { log, purse, ran };
}

describe("a purse", () => {
  it("keeps a full run for the winner until that is released", async () => {
    const { purse, ran } = await purseOf({ unit: "runs", amount: 6 }, true);
    await ran(9);
    expect([purse.purse, purse.all, purse.keeps]).toEqual([{ runs: 5 }, { runs: 6 }, true]);
    purse.release();
    expect([purse.purse, purse.all, purse.keeps]).toEqual([{ runs: 6 }, { runs: 6 }, false]);
    const whole = await purseOf({ unit: "runs", amount: 6 }, false);
    expect([whole.purse.purse, whole.purse.keeps]).toEqual([{ runs: 6 }, false]);
  });

  it("counts a full run in steps once it is known how many it has", async () => {
    const { purse, ran } = await purseOf({ unit: "steps", amount: 100 }, true);
    expect([purse.purse, purse.all]).toEqual([{ steps: 100 }, { steps: 100 }]);
    await ran(9);
    expect([purse.purse, purse.all]).toEqual([{ steps: 91 }, { steps: 100 }]);
    purse.release();
    expect(purse.purse).toEqual({ steps: 100 });
  });

  it("knows whether a trial has run in full", async () => {
    const { purse, ran } = await purseOf({ unit: "runs", amount: 6 }, true);
    expect(purse.hasWhole).toBe(false);
    await ran(3, true);
    expect(purse.hasWhole).toBe(false);
    await ran(9);
    await ran(3, true);
    expect([purse.hasWhole, purse.hasWhole]).toEqual([true, true]);
  });

  it("refuses steps where programs ended without telling one, and nothing else", async () => {
    const steps = await purseOf({ unit: "steps", amount: 100 }, false);
    expect(() => steps.purse.requireSteps()).not.toThrow();
    await steps.ran(0);
    expect(() => steps.purse.requireSteps()).toThrow(
      "The budget is 100 steps, and the study's programs came to their ends without telling one.",
    );
    await steps.ran(4, true);
    expect(() => steps.purse.requireSteps()).not.toThrow();
    await steps.ran(4);
    expect(() => steps.purse.requireSteps()).not.toThrow();
    const runs = await purseOf({ unit: "runs", amount: 100 }, false);
    await runs.ran(0);
    expect(() => runs.purse.requireSteps()).not.toThrow();
  });
});
