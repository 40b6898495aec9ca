import { describe, expect, it } from "vitest";
import type { JsonValue } from "../../space/json.ts";
import type { Report, Trial } from "../../trial/trial.ts";
import { createScheduler } from "../registry.ts";
import { schedulerContract } from "../scheduler.contract.ts";
import { Simulator } from "../testing/simulate.testing.ts";

const LOSS = { name: "loss", direction: "minimize" } as const;
const make = (options: Readonly<Record<string, JsonValue>> = {}, metrics: readonly (typeof LOSS)[] = [LOSS]) =>
  createScheduler({ name: "median", options }, metrics);

schedulerContract("median", { make: (metrics) => createScheduler({ name: "median", options: {} }, metrics) });

/** Steps at which trials of these levels were stopped, null where they ran to their end of ten steps. */
function stops(levels: readonly number[], options: Readonly<Record<string, JsonValue>>): readonly (number | null)[] {
  const curve = (trial: number, step: number): number => levels[trial]! + 1 / step;
  const plan = { metric: LOSS, curve, steps: 10, workers: 1, trials: levels.length };
  const { trials } = new Simulator(make(options), plan).run();
  return trials.slice(0, levels.length).map(({ state, reports }) => (state === "pruned" ? reports.length : null));
}

describe("median", () => {
  it("stops what is worse than the median of complete trials, once there are enough", () => {
    expect(stops([3, 9, 1, 2, 8, 2.5], { startup: 3 })).toEqual([null, null, null, null, 1, null]);
    expect(stops([3, 9, 1, 2, 8, 2.5], { startup: 5 })).toEqual([null, null, null, null, null, null]);
  });

  it("waits for the warm-up", () => {
    expect(stops([1, 2, 9, 8], { startup: 2, warmup: 4 })).toEqual([null, null, 4, 4]);
  });

  it("judges by a trial's best value so far, not by its newest", () => {
    const curve = (trial: number, step: number): number => (trial < 2 ? trial : step === 1 ? -1 : 9);
    const plan = { metric: LOSS, curve, steps: 5, workers: 1, trials: 3 };
    expect(new Simulator(make({ startup: 2 }), plan).run().trials[2]!.state).toBe("complete");
  });

  it("keeps the better part that the percentile says", () => {
    const levels = [1, 2, 3, 4, 5, 3.5, 1.9];
    expect(stops(levels, { startup: 5, percentile: 75 }).slice(5)).toEqual([null, null]);
    expect(stops(levels, { startup: 5, percentile: 25 }).slice(5)).toEqual([1, null]);
  });

  it("says by which bar a trial was stopped", () => {
    const curve = (trial: number): number => trial;
    const plan = { metric: LOSS, curve, steps: 3, workers: 1, trials: 6 };
    const said = (options: object): readonly string[] =>
      new Simulator(make({ startup: 5, ...options }), plan)
        .run()
        .consultations.flatMap(({ decision }) => (decision.action === "stop" ? [decision.reason] : []));
    expect(said({})[0]).toMatch(/worse than the median \(2\) of 5 complete trials/);
    expect(said({ percentile: 25 })[0]).toMatch(/worse than percentile 25 \(1\) of 5/);
  });

  it("stops what reports no number", () => {
    const curve = (trial: number): number => (trial === 5 ? Number.NaN : trial);
    const plan = { metric: LOSS, curve, steps: 3, workers: 1, trials: 6 };
    expect(new Simulator(make(), plan).run().trials[5]!.state).toBe("pruned");
  });

  it("looks at each report a few times only, however many there are", () => {
    const curve = (trial: number, step: number): number => -trial - step;
    const plan = { metric: LOSS, curve, steps: 500, workers: 1, trials: 6 };
    const { consultations, trials } = new Simulator(make(), plan).run();
    let looks = 0;
    const reports = (trial: Trial): readonly Report[] =>
      new Proxy(trial.reports, {
        get: (target, key) => {
          looks += 1;
          return Reflect.get(target, key);
        },
      });
    const watched = trials.map((trial) => ({ ...trial, reports: reports(trial) }));
    const { view } = consultations.at(-1)!;
    const scheduler = make();
    for (const report of trials[5]!.reports)
      scheduler.onReport({ ...view, trial: (number) => watched[number] }, watched[5]!, report);
    expect(looks).toBeLessThan(5 * 6 * 500);
  });

  it("refuses options that it does not take", () => {
    expect(() => make({ percentile: 101 })).toThrow(/percentile is 101; it takes a number from 0 to 100/);
    expect(() => make({ startup: 0 })).toThrow(/startup is 0/);
    expect(() => make({ warmups: 1 })).toThrow(/no option warmups.*Did you mean "warmup"/);
  });
});
