import { describe, expect, it } from "vitest";
import type { JsonValue } from "../../space/json.ts";
import type { Metric } from "../../trial/metric.ts";
import { createScheduler } from "../registry.ts";
import { schedulerContract } from "../scheduler.contract.ts";
import { Simulator } from "../testing/simulate.testing.ts";

const LOSS: Metric = { name: "loss", direction: "minimize" };
const make = (options: Readonly<Record<string, JsonValue>> = {}, metric = LOSS) =>
  createScheduler({ name: "patient", options }, [metric]);

schedulerContract("patient", {
  make: (metrics) => createScheduler({ name: "patient", options: { patience: 3 } }, metrics),
});

/** Steps that a trial with these values ran, and what it was told at its end. */
function run(values: readonly number[], options: Readonly<Record<string, JsonValue>>, metric = LOSS) {
  const curve = (_trial: number, step: number): number => values[step - 1]!;
  const plan = { metric, curve, steps: values.length, workers: 1, trials: 1 };
  const [trial] = new Simulator(make(options, metric), plan).run().trials;
  return trial!.reports.length;
}

describe("patient", () => {
  it.each([
    [{ patience: 2 }, [5, 4, 3, 2, 1], 5],
    [{ patience: 2 }, [5, 4, 4, 4, 1], 4],
    [{ patience: 2 }, [5, 4, 4.5, 3, 3, 3], 6],
    [{ patience: 3 }, [5, 6, 7, 8, 1], 4],
    [{ patience: 2, delta: 0.5 }, [5, 4.6, 4.6, 1], 3],
    [{ patience: 2, delta: 0.5 }, [5, 4.4, 4.4, 3.8, 3], 5],
    [{ patience: 1, warmup: 3 }, [5, 6, 7, 8], 3],
    [{ patience: 2 }, [Number.NaN, Number.NaN, 1, 1], 2],
    [{ patience: 3 }, [Number.NaN, Number.NaN, 9, 8, 8, 8, 8], 7],
    [{ patience: 2 }, [Number.POSITIVE_INFINITY, 3, 3, 3], 4],
  ])("with %j lets a trial of %j run %i steps", (options, values, steps) => {
    expect(run(values, options)).toBe(steps);
    const turned = values.map((value) => -value);
    expect(run(turned, options, { name: "loss", direction: "maximize" })).toBe(steps);
  });

  it("says what came of how many reports", () => {
    const plan = {
      metric: LOSS,
      curve: (_: number, step: number) => Math.abs(step - 3),
      steps: 9,
      workers: 1,
      trials: 1,
    };
    const { consultations } = new Simulator(make({ patience: 4 }), plan).run();
    const stop = consultations.find(({ decision }) => decision.action === "stop")!;
    expect(stop.decision).toMatchObject({
      reason: "loss came to nothing better than 0 of step 3 in 4 reports, up to step 7",
    });
  });

  it("refuses options that make no sense", () => {
    expect(() => make({ patience: 0 })).toThrow(/patience is 0/);
    expect(() => make({ min_delta: 1 })).toThrow(/allowed are patience, delta, warmup/);
  });
});
