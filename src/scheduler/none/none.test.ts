import { describe, expect, it } from "vitest";
import { createScheduler } from "../registry.ts";
import { schedulerContract } from "../scheduler.contract.ts";
import { Simulator } from "../testing/simulate.testing.ts";

schedulerContract("none", { make: (metrics) => createScheduler({ name: "none", options: {} }, metrics) });

describe("none", () => {
  it("lets every trial run to its own end", () => {
    const metric = { name: "loss", direction: "minimize" } as const;
    const scheduler = createScheduler({ name: "none", options: {} }, [metric]);
    const plan = { metric, curve: (trial: number) => trial, steps: 4, workers: 2, trials: 5 };
    const { trials } = new Simulator(scheduler, plan).run();
    const complete = trials.filter(({ state }) => state === "complete");
    expect(complete).toHaveLength(5);
    for (const trial of complete) expect(trial.reports).toHaveLength(4);
  });

  it("takes no options", () => {
    expect(() => createScheduler({ name: "none", options: { rungs: 3 } }, [])).toThrow("takes no options");
  });
});
