import { describe, expect, it } from "vitest";
import { keyedStreams } from "../numeric/random/keyed-streams.ts";
import type { LoggedEvent } from "../trial/event.ts";
import { History } from "../trial/history.ts";
import type { Metric } from "../trial/metric.ts";
import { decideAgain, decisionOf, isDecided } from "./recheck-decision.ts";
import type { Scheduler } from "./scheduler.ts";
import { type Consultation, type Simulation, Simulator, type Told } from "./testing/simulate.testing.ts";

export interface SchedulerContractOptions {
  /** Makes a fresh instance, as a process does that has just started. */
  readonly make: (metrics: readonly Metric[]) => Scheduler;
  /** True for one that decides at steps of its own, which programs are to report: those that have other steps are left out. */
  readonly ownSteps?: boolean;
  /** True for one that begins trials with checkpoints of others: programs that begin anew are left out, and there may be more trials than are wanted. */
  readonly branches?: boolean;
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

/** Ways in which programs go on, and workers are lost. */
const WAYS: Readonly<Record<string, Partial<Simulation>>> = {
  "heeding the step to run up to": {},
  "not heeding it": { heeds: false },
  "begun anew when run on": { restarts: true },
  "not heeding it, begun anew": { heeds: false, restarts: true },
  "their workers killed at some points": { dies: (turn) => keyedStreams(5, turn).stream("dies").float() < 0.05 },
};

type Tells = NonNullable<Simulation["tells"]>;

/** Told at other steps than the program's own. */
const scaled =
  (by: number): Tells =>
  (_trial, step, loss) => [{ step: by * step, values: { loss } }];

/** Programs that tell awkwardly, or end so. */
const AWKWARD: Readonly<Record<string, Partial<Simulation>>> = {
  "ignore that they are asked to stop, and report after their end": { ignores: 3 },
  "tell each step again, first another value": {
    tells: (_trial, step, loss) => [
      { step, values: { loss: -loss } },
      { step, values: { loss } },
    ],
  },
  "tell each step again, and one long ago": {
    tells: (_trial, step, loss) => [
      { step, values: { loss } },
      { step: Math.ceil(step / 2), values: { loss: loss + 1 } },
    ],
  },
  "report late": { tells: (_trial, step, loss) => (step < 3 ? [] : [{ step: step - 2, values: { loss } }]) },
  "report out of order": {
    tells: (_trial, step, loss) => [{ step: step % 2 === 0 ? step - 1 : step + 1, values: { loss } }],
  },
  "begin again at the first step when run on": { restarts: true },
  "tell the metric at every third report": {
    tells: (_trial, step, loss): readonly Told[] => [{ step, values: step % 3 === 0 ? { loss } : { other: 1 } }],
  },
  "tell the metric at their end alone": { tells: (_trial, step) => [{ step, values: { other: 1 } }] },
  "report nothing": { tells: () => [] },
  "stop early by themselves, each where it likes": {
    endsAt: (trial) => 1 + Math.floor(10 * keyedStreams(7, trial).stream("end").float()),
  },
  "stop early by themselves, not heeding a step": { heeds: false, endsAt: (trial) => 10 - (trial % 7) },
  "give the best of their values at their end": { result: (values) => Math.min(...values) },
  "give the mean of their last three values": {
    result: (values) => values.slice(-3).reduce((sum, value) => sum + value, 0) / values.slice(-3).length,
  },
};

const OF_OTHER_STEPS: typeof AWKWARD = {
  "report at fractions of a step": { tells: scaled(0.01) },
  "report at billions of steps": { tells: scaled(3e9) },
};

function simulate({ make }: SchedulerContractOptions, curve: Simulation["curve"], more: Partial<Simulation> = {}) {
  const plan = { metric: MINIMIZE, curve, steps: 10, workers: 3, trials: 20, ...more };
  return new Simulator(make([plan.metric]), plan).run();
}

/** Asks a scheduler the same again. */
function again(scheduler: Scheduler, asked: Consultation): unknown {
  if (asked.kind === "next") return scheduler.next(asked.view);
  if (asked.kind === "last") return scheduler.last?.(asked.view);
  if (asked.kind === "report") return scheduler.onReport(asked.view, asked.trial, asked.report);
  return scheduler.onEnd?.(asked.view, asked.trial) ?? { action: "finish" };
}

function checkDecision(asked: Consultation): void {
  const { decision, view } = asked;
  if ("reason" in decision) expect(decision.reason).not.toBe("");
  if (decision.action === "resume") {
    const trial = view.trial(decision.trial)!;
    expect(trial.state).toBe("paused");
    // What was told at a step that a late report is of, the trial had come to before.
    const came = Math.max(...trial.reports.map(({ step }) => step));
    expect(decision.until ?? Number.POSITIVE_INFINITY).toBeGreaterThan(came);
  }
  if (decision.action === "wait")
    expect(view.pending.some(({ number }) => view.trial(number)!.state === "running")).toBe(true);
}

/** A process that reads the log from its beginning decides what was decided. */
function checkReplay({ make }: SchedulerContractOptions, log: readonly LoggedEvent[]): void {
  const history = new History(["loss"]);
  const scheduler = make([MINIMIZE]);
  for (const logged of log) {
    const { event } = logged;
    if (isDecided(event)) {
      const { view } = event.decision;
      const stored = decisionOf(event, history.view().trial(event.trial));
      expect(decideAgain(scheduler, history.view(view), event)).toEqual(stored);
      expect(decideAgain(make([MINIMIZE]), history.view(view), event)).toEqual(stored);
    }
    history.apply(logged);
  }
}

/** Registers the contract as tests. */
export function schedulerContract(name: string, options: SchedulerContractOptions): void {
  describe(`${name} keeps the scheduler contract`, () => {
    it.each(Object.keys(CURVES))("brings a study to its end with decisions that can be carried out: %s", (shape) => {
      for (const workers of [1, 4]) {
        const { consultations, ended } = simulate(options, CURVES[shape]!, { workers });
        expect(ended).toBe(true);
        for (const asked of consultations) checkDecision(asked);
      }
    });

    const goesOn = (ways: typeof WAYS) =>
      Object.keys(ways).filter((way) => options.branches !== true || ways[way]!.restarts !== true);
    const checkCount = ({ length }: readonly unknown[]): void =>
      options.branches === true ? expect(length).toBeGreaterThanOrEqual(30) : expect(length).toBe(30);
    it.each(goesOn(WAYS))("brings each trial to an end or leaves it paused, and replays, with programs %s", (way) => {
      const { consultations, ended, trials, log } = simulate(options, CURVES.ordinary!, { ...WAYS[way], trials: 30 });
      expect(ended).toBe(true);
      checkCount(trials);
      for (const { state } of trials) expect(["complete", "pruned", "failed", "paused"]).toContain(state);
      expect(trials.some(({ state }) => state === "complete")).toBe(true);
      for (const asked of consultations) checkDecision(asked);
      checkReplay(options, log);
    });

    const awkward = options.ownSteps === true ? AWKWARD : { ...AWKWARD, ...OF_OTHER_STEPS };
    it.each(goesOn(awkward))("is right by programs that %s", (way) => {
      const { consultations, ended, trials, log } = simulate(options, CURVES.ordinary!, {
        ...awkward[way],
        trials: 30,
      });
      expect(ended).toBe(true);
      checkCount(trials);
      for (const { state } of trials) expect(["complete", "pruned", "paused"]).toContain(state);
      if (options.ownSteps !== true) expect(trials.some(({ state }) => state === "complete")).toBe(true);
      for (const asked of consultations) checkDecision(asked);
      checkReplay(options, log);
      const another = options.make([MINIMIZE]);
      for (const asked of consultations.slice(-40).reverse()) expect(again(another, asked)).toEqual(asked.decision);
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
        simulate(options, curve, { metric }).consultations.map(({ decision: { action } }) => action);
      const curve = CURVES.ordinary!;
      expect(actions((trial, step) => -curve(trial, step), MAXIMIZE)).toEqual(actions(curve, MINIMIZE));
    });
  });
}
