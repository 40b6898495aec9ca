import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { keyedStreams } from "../../numeric/random/keyed-streams.ts";
import { makeTrial } from "../../objective/testing/make-trial.testing.ts";
import type { FidelityParameter } from "../../space/index.ts";
import type { JsonValue } from "../../space/json.ts";
import { History } from "../../trial/history.ts";
import type { Metric } from "../../trial/metric.ts";
import type { Trial } from "../../trial/trial.ts";
import { createScheduler } from "../registry.ts";
import { schedulerContract } from "../scheduler.contract.ts";
import { type Simulation, Simulator } from "../testing/simulate.testing.ts";

const LOSS: Metric = { name: "loss", direction: "minimize" };
const make = (options: Readonly<Record<string, JsonValue>> = {}) =>
  createScheduler({ name: "hyperband", options }, [LOSS]);

schedulerContract("hyperband", { make: (metrics) => createScheduler({ name: "hyperband", options: {} }, metrics) });
schedulerContract("hyperband, largest given", {
  make: (metrics) => createScheduler({ name: "hyperband", options: { largest: 10, reduction: 2 } }, metrics),
});

const level = (trial: number): number => keyedStreams(1, trial).stream("level").float();

function simulate(options: Readonly<Record<string, JsonValue>>, more: Partial<Simulation> = {}) {
  const curve: Simulation["curve"] = (trial, step) => level(trial) + 1 / step;
  return new Simulator(make(options), { metric: LOSS, curve, steps: 27, workers: 4, trials: 90, ...more }).run();
}

/** Steps that trials ran, by the step that they were first run up to. */
function costsOf(trials: readonly Trial[]): ReadonlyMap<number | null, number> {
  const costs = new Map<number | null, number>();
  for (const { segments, reports } of trials) {
    const first = segments[0]!.until;
    costs.set(first, (costs.get(first) ?? 0) + reports.length);
  }
  return costs;
}

describe("hyperband", () => {
  it.each([{}, { restarts: true }, { heeds: false }, { workers: 16 }])(
    "spends as much on each bracket, whatever becomes of the trials: %j",
    (more) => {
      const { trials } = simulate({ largest: 27 }, { trials: 150, ...more });
      const costs = costsOf(trials);
      expect([...costs.keys()].sort((a, b) => (a ?? 99) - (b ?? 99))).toEqual([1, 3, 9, null]);
      const [least, most] = [Math.min(...costs.values()), Math.max(...costs.values())];
      // Two full runs either way: nobody cuts a run in parts to be fair.
      expect(most - least).toBeLessThan(4 * 27 + ("workers" in more ? 6 * 27 : 0));
    },
  );

  it("judges trials among those of their own bracket", () => {
    const { log, trials } = simulate({ largest: 27 });
    const first = trials.map(({ segments }) => segments[0]!.until);
    for (const { event } of log) {
      if (event.type !== "paused") continue;
      const [, of] = /: \d+\w\w of (\d+) there/.exec(event.decision?.reason ?? "") ?? [];
      const bracket = first.filter((until) => until === first[event.trial]).length;
      if (of !== undefined) expect(Number(of)).toBeLessThanOrEqual(bracket);
    }
  });

  it("runs the first trials to their own end where the largest step is not known, then all brackets", () => {
    const { trials } = simulate({}, { workers: 1, trials: 40 });
    expect(trials[0]!.segments.map(({ until }) => until)).toEqual([null]);
    expect(new Set(trials.map(({ segments }) => segments[0]!.until))).toEqual(new Set([null, 1, 3, 9]));
  });

  it("gives brackets the values of a fidelity", () => {
    const fidelity: FidelityParameter = {
      ...{ name: "e", type: "int", low: 1, high: 9, step: 1, scale: "linear", prior: null, when: [], fidelity: true },
    };
    const scheduler = createScheduler({ name: "hyperband", options: {} }, [LOSS], fidelity);
    expect(scheduler.next(new History(["loss"]).view())).toEqual({ action: "start-new", until: 3 });
  });

  it("says the same of a view read at once as of many read one after another, whatever was hidden between", () => {
    const { log } = simulate({ largest: 27 }, { trials: 30 });
    fc.assert(
      fc.property(fc.array(fc.nat(log.length - 1), { maxLength: 8 }), fc.nat(29), (stops, hidden) => {
        const history = new History(["loss"]);
        const warm = make({ largest: 27 });
        for (const [k, logged] of log.entries()) {
          history.apply(logged);
          if (stops.includes(k)) expect(warm.next(history.view())).toEqual(make({ largest: 27 }).next(history.view()));
        }
        if (history.view().trial(hidden) !== undefined)
          history.apply({
            revision: log.length + 1,
            at: 0,
            event: { type: "invalidated", trial: hidden, reason: null },
          });
        const cold = make({ largest: 27 });
        expect(warm.next(history.view())).toEqual(cold.next(history.view()));
        expect(warm.last!(history.view())).toEqual(cold.last!(history.view()));
      }),
      { numRuns: 20 },
    );
  });

  it("runs all to their end where there is no metric to judge by, and refuses options it has not", () => {
    const view = new History([]).view();
    const scheduler = createScheduler({ name: "hyperband", options: {} }, []);
    expect(scheduler.next(view)).toEqual({ action: "start-new", until: null });
    const trial = makeTrial(0, 1, { state: "running", reports: [{ seq: 0, step: 1, values: {} }] });
    expect(scheduler.onReport(view, trial, trial.reports[0]!)).toEqual({ action: "continue" });
    expect(() => make({ form: "stopping" })).toThrow(/allowed are reduction, smallest, largest, smooth/);
  });
});
