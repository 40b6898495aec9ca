import { describe, expect, it } from "vitest";
import { makeTrial } from "../../objective/testing/make-trial.testing.ts";
import { makeView } from "../../sampler/testing/make-view.testing.ts";
import { defineSpace } from "../../space/define-space.ts";
import type { JsonValue } from "../../space/json.ts";
import type { Values } from "../../trial/trial.ts";
import { createScheduler } from "../registry.ts";
import { schedulerContract } from "../scheduler.contract.ts";
import { Simulator } from "../testing/simulate.testing.ts";

const LOSS = { name: "loss", direction: "minimize" } as const;
const make = (options: Readonly<Record<string, JsonValue>>) => createScheduler({ name: "threshold", options }, [LOSS]);

schedulerContract("threshold", {
  ownSteps: true,
  make: (metrics) => {
    const options: Readonly<Record<string, JsonValue>> =
      metrics[0]!.direction === "minimize" ? { upper: 0.9, at: 3 } : { lower: -0.9, at: 3 };
    return createScheduler({ name: "threshold", options }, metrics);
  },
});

/** How many steps of five a trial with these values ran. */
function steps(values: readonly number[], options: Readonly<Record<string, JsonValue>>): number {
  const curve = (_trial: number, step: number): number => values[step - 1]!;
  const plan = { metric: LOSS, curve, steps: values.length, workers: 1, trials: 1 };
  return new Simulator(make(options), plan).run().trials[0]!.reports.length;
}

describe("threshold", () => {
  it.each([
    [{ upper: 5 }, [9, 1, 1], 1],
    [{ upper: 5, at: 2 }, [9, 1, 1], 3],
    [{ upper: 5, at: 2 }, [9, 6, 1], 2],
    [{ lower: 2 }, [3, 2, 1], 3],
    [{ lower: 2, upper: 4 }, [3, 4, 2, 5, 3], 4],
    [{ upper: 5 }, [1, Number.NaN, 1], 2],
    [{ lower: 0 }, [1, Number.NEGATIVE_INFINITY, 1], 2],
  ])("%j lets %j run %i steps", (options, values, ran) => expect(steps(values, options)).toBe(ran));

  it("counts steps from 0, and judges nothing where there is no metric or the report has none", () => {
    const decide = (metrics: readonly (typeof LOSS)[], values: Values, at = 0) => {
      const report = { seq: 0, step: 0, values };
      const trial = makeTrial(0, 9, { state: "running", params: {}, reports: [report] });
      const view = makeView({ space: defineSpace({}), metrics, rows: [], pending: [], revision: 1 });
      const scheduler = createScheduler({ name: "threshold", options: { upper: 5, ...(at > 0 && { at }) } }, metrics);
      return scheduler.onReport(view, trial, report);
    };
    expect(decide([LOSS], { loss: 9 })).toEqual({ action: "stop", reason: "at step 0: loss 9 is above 5" });
    expect(decide([LOSS], { loss: 9 }, 0.5)).toEqual({ action: "continue" });
    expect(decide([LOSS], { other: 9 })).toEqual({ action: "continue" });
    expect(decide([], { loss: 9 })).toEqual({ action: "continue" });
  });

  it("takes a band of one value", () => expect(steps([2, 2, 3], { lower: 2, upper: 2 })).toBe(3));

  it("refuses bands that say nothing", () => {
    expect(() => make({})).toThrow(/has no bound; give lower, upper or both/);
    expect(() => make({ lower: 2, upper: 1 })).toThrow(/lower 2 above upper 1/);
    expect(() => make({ upper: "x" })).toThrow(/upper is "x"/);
    expect(() => make({ upper: 1, at: -1 })).toThrow(/at is -1; it takes a number from 0 to/);
    expect(() => make({ upper: 1, above: 1 })).toThrow(/no option above; allowed are lower, upper, at/);
  });
});
