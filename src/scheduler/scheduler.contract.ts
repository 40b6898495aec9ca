import { describe, expect, it } from "vitest";
import { keyedStreams } from "../numeric/random/keyed-streams.ts";
import type { Metric } from "../trial/metric.ts";
import type { Scheduler } from "./scheduler.ts";
import { type Consultation, type Simulation, Simulator } from "./testing/simulate.testing.ts";

export interface SchedulerContractOptions {
  /** Makes a fresh instance, as a process does that has just started. */
  readonly make: (metrics: readonly Metric[]) => Scheduler;
}

const MINIMIZE: Metric = { name: "loss", direction: "minimize" };
const MAXIMIZE: Metric = { name: "loss", direction: "maximize" };

/** Learning curves by name: one level a trial, falling with the step. */
const CURVES: Readonly<Record<string, Simulation["curve"]>> = {
  ordinary: (trial, step) => keyedStreams(3, trial).stream("level").float() + 1 / step,
  crossing: (trial, step) => (trial % 2 === 0 ? 1 / step : 0.4 + 0.1 / step) + trial / 1000,
  constant: () => 0.5,
  "all NaN": () => Number.NaN,
  "some NaN": (trial, step) => (trial % 3 === 0 ? Number.NaN : 1 / (trial + step)),
  infinite: (trial) => [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 1][trial % 3]!,
  "one outlier": (trial, step) => (trial === 4 ? 1e300 : 1 / step),
};

function simulate({ make }: SchedulerContractOptions, curve: Simulation["curve"], workers = 3, metric = MINIMIZE) {
  return new Simulator(make([metric]), { metric, curve, steps: 10, workers, trials: 20 }).run();
}

/** Asks a scheduler the same again. */
function again(scheduler: Scheduler, asked: Consultation): unknown {
  return asked.kind === "next" ? scheduler.next(asked.view) : scheduler.onReport(asked.view, asked.trial, asked.report);
}

function checkDecision(asked: Consultation): void {
  const { decision, view } = asked;
  if (asked.kind === "report") {
    if (asked.decision.action !== "continue") expect(asked.decision.reason).not.toBe("");
    return;
  }
  if (decision.action === "resume") {
    const trial = view.trial(decision.trial)!;
    expect(trial.state).toBe("paused");
    expect(decision.until ?? Number.POSITIVE_INFINITY).toBeGreaterThan(trial.reports.at(-1)!.step);
  }
  if (decision.action === "wait")
    expect(view.pending.some(({ number }) => view.trial(number)!.state === "running")).toBe(true);
}

/** Registers the contract as tests. */
export function schedulerContract(name: string, options: SchedulerContractOptions): void {
  describe(`${name} keeps the scheduler contract`, () => {
    it.each(Object.keys(CURVES))("brings a study to its end with decisions that can be carried out: %s", (shape) => {
      for (const workers of [1, 4]) {
        const { consultations, ended } = simulate(options, CURVES[shape]!, workers);
        expect(ended).toBe(true);
        for (const asked of consultations) checkDecision(asked);
      }
    });

    it("is a pure function: a fresh instance says the same, in any order of asking", () => {
      const { consultations } = simulate(options, CURVES.ordinary!);
      const another = options.make([MINIMIZE]);
      for (const asked of consultations.toReversed()) {
        expect(again(another, asked)).toEqual(asked.decision);
        expect(again(options.make([MINIMIZE]), asked)).toEqual(asked.decision);
      }
    });

    it("leaves the view as it is", () => {
      for (const asked of simulate(options, CURVES.ordinary!).consultations.slice(-20)) {
        const before = structuredClone([asked.view.columns, asked.view.rows, asked.view.pending]);
        again(options.make([MINIMIZE]), asked);
        expect([asked.view.columns, asked.view.rows, asked.view.pending]).toEqual(before);
      }
    });

    it("judges by the metric's direction: values and direction turned give the same decisions", () => {
      const actions = (curve: Simulation["curve"], metric: Metric) =>
        simulate(options, curve, 3, metric).consultations.map(({ decision: { action } }) => action);
      const curve = CURVES.ordinary!;
      expect(actions((trial, step) => -curve(trial, step), MAXIMIZE)).toEqual(actions(curve, MINIMIZE));
    });
  });
}
