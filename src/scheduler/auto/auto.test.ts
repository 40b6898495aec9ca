import { describe, expect, it } from "vitest";
import { keyedStreams } from "../../numeric/random/keyed-streams.ts";
import type { FidelityParameter } from "../../space/index.ts";
import { History } from "../../trial/history.ts";
import type { Metric } from "../../trial/metric.ts";
import { createScheduler } from "../registry.ts";
import { schedulerContract } from "../scheduler.contract.ts";
import { type Simulation, Simulator } from "../testing/simulate.testing.ts";

const LOSS: Metric = { name: "loss", direction: "minimize" };
const make = (options = {}) => createScheduler({ name: "auto", options }, [LOSS]);

schedulerContract("auto", { make: (metrics) => createScheduler({ name: "auto", options: {} }, metrics) });
schedulerContract("auto, many at once", {
  make: (metrics) => createScheduler({ name: "auto", options: { few: 2 } }, metrics),
});

const level = (trial: number): number => keyedStreams(1, trial).stream("level").float();

function simulate(options: object, more: Partial<Simulation> = {}) {
  const scheduler = make(options);
  const curve: Simulation["curve"] = (trial, step) => level(trial) + 1 / step;
  const plan = { metric: LOSS, curve, steps: 27, workers: 2, trials: 60, ...more };
  const result = new Simulator(scheduler, plan).run();
  const history = new History(["loss"]);
  for (const logged of result.log) history.apply(logged);
  const reasons = result.log.flatMap(({ event }) =>
    "decision" in event && event.decision !== undefined && event.decision.reason !== "" ? [event.decision.reason] : [],
  );
  return { ...result, reasons, words: scheduler.explain!(history.view()) };
}

describe("auto", () => {
  it("does nothing where programs tell nothing before their end, and says so", () => {
    for (const tells of [() => [], (_trial: number, step: number) => [{ step, values: { other: 1 } }]]) {
      const { trials, words, reasons } = simulate({}, { tells });
      expect(trials.every(({ state }) => state === "complete")).toBe(true);
      expect(words).toBe("none: no trial tells loss before its end");
      expect(reasons).toEqual([]);
    }
    const { trials, words } = simulate({}, { steps: 2 });
    expect(trials.every(({ state }) => state === "complete")).toBe(true);
    expect(words).toBe("none: trials tell loss at 2 steps, too few to cut short");
    expect(make().explain!(new History(["loss"]).view())).toBe("none so far: no trial is complete yet");
  });

  it("goes by median while there are few trials, by asha from then on, and each decision says by which", () => {
    const few = simulate({}, { trials: 12 });
    expect(few.words).toBe("median: trials tell loss at 27 steps, and no more than 12 have come to an end or a rung");
    expect(few.reasons.length).toBeGreaterThan(0);
    expect(few.reasons.every((reason) => reason.startsWith("median: "))).toBe(true);
    const many = simulate({});
    expect(many.words).toBe("asha: trials tell loss at 27 steps, and more than 12 have come to an end or a rung");
    const first = many.reasons.findIndex((reason) => !reason.startsWith("median: "));
    expect(first).toBeGreaterThan(0);
    expect(many.reasons.slice(first).some((reason) => reason.startsWith("asha: loss "))).toBe(true);
    expect(many.trials.some(({ state }) => state === "paused")).toBe(true);
    const best = [...Array(60).keys()].reduce((a, b) => (level(b) < level(a) ? b : a));
    expect(many.trials[best]!.state).toBe("complete");
  });

  it("goes by asha from the first trial on where the study declares a fidelity", () => {
    const fidelity: FidelityParameter = {
      ...{ name: "e", type: "int", low: 1, high: 27, step: 1, scale: "linear", prior: null, when: [], fidelity: true },
    };
    const scheduler = createScheduler({ name: "auto", options: {} }, [LOSS], fidelity);
    const view = new History(["loss"]).view();
    const asha = createScheduler({ name: "asha", options: {} }, [LOSS], fidelity);
    expect(scheduler.next(view)).toEqual(asha.next(view));
    expect(scheduler.explain!(view)).toBe("asha: the study declares a fidelity, so that trials can be run in part");
  });

  it("runs all to their end where there is no metric to judge by, and refuses options it has not", () => {
    const scheduler = createScheduler({ name: "auto", options: {} }, []);
    const view = new History([]).view();
    expect(scheduler.next(view)).toEqual({ action: "start-new", until: null });
    expect(scheduler.explain!(view)).toBe("none: the study has no metric to go by");
    expect(() => make({ few: 0 })).toThrow(/few is 0/);
    expect(() => make({ startup: 3 })).toThrow(/has no option startup/);
  });
});
