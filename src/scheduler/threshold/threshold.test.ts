import { describe, expect, it } from "vitest";
import type { JsonValue } from "../../space/json.ts";
import { createScheduler } from "../registry.ts";
import { schedulerContract } from "../scheduler.contract.ts";
import { Simulator } from "../testing/simulate.testing.ts";

const LOSS = { name: "loss", direction: "minimize" } as const;
const make = (options: Readonly<Record<string, JsonValue>>) => createScheduler({ name: "threshold", options }, [LOSS]);

schedulerContract("threshold", {
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

  it("refuses bands that say nothing", () => {
    expect(() => make({})).toThrow(/has no bound; give lower, upper or both/);
    expect(() => make({ lower: 2, upper: 1 })).toThrow(/lower 2 above upper 1/);
    expect(() => make({ upper: "x" })).toThrow(/upper is "x"/);
  });
});
