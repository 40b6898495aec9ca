import { describe, expect, it } from "vitest";
import { keyedStreams } from "../numeric/random/keyed-streams.ts";
import type { LoggedEvent } from "../trial/event.ts";
import { History } from "../trial/history.ts";
import type { Metric } from "../trial/metric.ts";
import type { Values } from "../trial/trial.ts";
import { decideAgain, decisionOf, isDecided } from "./recheck-decision.ts";
import type { Scheduler, SchedulerStudy } from "./scheduler.ts";
import { type Consultation, SIMULATED_SPACE, type Simulation, Simulator } from "./testing/simulate.testing.ts";

export interface ManyContractOptions {
  /** Makes a fresh instance, as a process does that has just started. */
  readonly make: (metrics: readonly Metric[], study: SchedulerStudy) => Scheduler;
}

const STEPS = 10;
const TRIALS = 30;
const LOSS: Metric = { name: "loss", direction: "minimize" };
const GAIN: Metric = { name: "gain", direction: "maximize" };
const SECONDS: Metric = { name: "seconds", direction: "minimize" };

const draw = (trial: number, what: string): number => keyedStreams(11, trial).stream(what).float();
const loss = (trial: number, step: number): number => draw(trial, "loss") + 1 / step;
const gain = (trial: number): number => draw(trial, "gain") - draw(trial, "loss") / 2;
const seconds = (trial: number, step: number): number => step * (0.5 + draw(trial, "seconds"));

interface Case {
  readonly metrics: readonly Metric[];
  readonly limits?: readonly string[];
  readonly grows?: readonly string[];
  readonly at: (trial: number, step: number) => Values;
  readonly more?: Partial<Simulation>;
}

const CASES: Readonly<Record<string, Case>> = {
  "two objectives": { metrics: [LOSS, GAIN], at: (trial) => ({ gain: gain(trial) }) },
  "three, one of them growing": {
    metrics: [LOSS, GAIN, SECONDS],
    grows: ["seconds"],
    at: (trial, step) => ({ gain: gain(trial), seconds: seconds(trial, step) }),
  },
  "two objectives that are equal everywhere": {
    metrics: [LOSS, GAIN],
    at: () => ({ gain: 1 }),
    more: { curve: () => 1 },
  },
  "an objective that is NaN in some trials": {
    metrics: [LOSS, GAIN],
    at: (trial) => ({ gain: trial % 3 === 0 ? "NaN" : gain(trial) }),
  },
  "one objective with a limit": {
    metrics: [LOSS],
    limits: ["gain >= 0.2"],
    at: (trial) => ({ gain: gain(trial) }),
  },
  "a limit on what grows": {
    metrics: [LOSS, GAIN],
    limits: ["seconds <= 9"],
    grows: ["seconds"],
    at: (trial, step) => ({ gain: gain(trial), seconds: seconds(trial, step) }),
  },
  "a limit that none keeps, and one on a parameter": {
    metrics: [LOSS, GAIN],
    limits: ["gain >= 10", "loss <= 1 + params.x"],
    at: (trial) => ({ gain: gain(trial) }),
  },
  "a limit on what is told at the end alone": {
    metrics: [LOSS, GAIN],
    limits: ["size <= 5"],
    at: (trial, step) => ({ gain: gain(trial), ...(step === STEPS && { size: 10 * draw(trial, "size") }) }),
  },
  "workers that are killed": {
    metrics: [LOSS, GAIN],
    at: (trial) => ({ gain: gain(trial) }),
    more: { dies: (turn) => keyedStreams(5, turn).stream("dies").float() < 0.05 },
  },
  "programs that begin anew": {
    metrics: [LOSS, GAIN],
    at: (trial) => ({ gain: gain(trial) }),
    more: { restarts: true },
  },
};

const studyOf = ({ limits, grows }: Case): SchedulerStudy => ({
  space: SIMULATED_SPACE,
  seed: 1,
  ...(limits && { limits }),
  ...(grows && { grows }),
});

const namesOf = ({ metrics, at }: Case): readonly string[] => [
  ...new Set([...metrics.map(({ name }) => name), ...Object.keys(at(0, STEPS))]),
];

function simulate({ make }: ManyContractOptions, of: Case) {
  const names = namesOf(of).filter((name) => name !== "loss");
  const plan = { metric: LOSS, curve: loss, others: { names, at: of.at }, steps: STEPS, workers: 3, trials: TRIALS };
  return new Simulator(make(of.metrics, studyOf(of)), { ...plan, ...of.more }).run();
}

function again(scheduler: Scheduler, asked: Consultation): unknown {
  if (asked.kind === "next") return scheduler.next(asked.view);
  if (asked.kind === "last") return scheduler.last?.(asked.view);
  if (asked.kind === "report") return scheduler.onReport(asked.view, asked.trial, asked.report);
  return scheduler.onEnd?.(asked.view, asked.trial) ?? { action: "finish" };
}

function checkReplay({ make }: ManyContractOptions, of: Case, log: readonly LoggedEvent[]): number {
  const history = new History(namesOf(of));
  const scheduler = make(of.metrics, studyOf(of));
  let checked = 0;
  for (const logged of log) {
    const { event } = logged;
    if (isDecided(event)) {
      const view = history.view(event.decision.view);
      const stored = decisionOf(event, history.view().trial(event.trial));
      expect(decideAgain(scheduler, view, event)).toEqual(stored);
      expect(decideAgain(make(of.metrics, studyOf(of)), view, event)).toEqual(stored);
      checked += 1;
    }
    history.apply(logged);
  }
  return checked;
}

/** Registers the contract of schedulers that judge several objectives and limits as tests. */
export function schedulerManyContract(name: string, options: ManyContractOptions): void {
  describe(`${name} keeps the contract of several objectives`, () => {
    it.each(Object.keys(CASES))("brings a study to its end, and decides the same when it is read again: %s", (key) => {
      const of = CASES[key]!;
      const { ended, trials, log, consultations } = simulate(options, of);
      expect(ended).toBe(true);
      expect(trials).toHaveLength(TRIALS);
      for (const { state } of trials) expect(["complete", "pruned", "failed", "paused"]).toContain(state);
      expect(trials.some(({ state }) => state === "complete")).toBe(true);
      expect(checkReplay(options, of, log)).toBeGreaterThan(0);
      const another = options.make(of.metrics, studyOf(of));
      for (const asked of consultations.slice(-40).reverse()) expect(again(another, asked)).toEqual(asked.decision);
    });

    it("cuts some trials short, and none that is better in everything than all others", () => {
      const star = 17;
      const at = (trial: number): Values => ({ gain: trial === star ? 5 : gain(trial) });
      const curve = (trial: number, step: number): number => (trial === star ? -5 : loss(trial, step));
      const { trials } = simulate(options, { metrics: [LOSS, GAIN], at, more: { curve } });
      expect(trials[star]!.state).toBe("complete");
      expect(trials.filter(({ state }) => state === "pruned" || state === "paused").length).toBeGreaterThan(5);
    });

    it("runs none on that breaks a limit before those that keep it", () => {
      // Whoever breaks the limit is better in all objectives.
      const breaks = (trial: number): boolean => trial % 5 === 4;
      const of: Case = {
        metrics: [LOSS, GAIN],
        limits: ["size <= 5"],
        at: (trial) => ({ gain: gain(trial) + (breaks(trial) ? 3 : 0), size: breaks(trial) ? 9 : 1 }),
        more: { curve: (trial, step) => loss(trial, step) - (breaks(trial) ? 3 : 0) },
      };
      const done = simulate(options, of)
        .trials.filter(({ state }) => state === "complete")
        .slice(8);
      const broken = done.filter(({ number }) => breaks(number)).length;
      expect(broken).toBeLessThanOrEqual(done.length / 8);
    });

    it("judges by the directions: values and directions turned give the same decisions", () => {
      const actions = (metrics: readonly Metric[], sign: 1 | -1): readonly string[] => {
        const at = (trial: number): Values => ({ gain: sign * gain(trial) });
        const curve = (trial: number, step: number): number => sign * loss(trial, step);
        return simulate(options, { metrics, at, more: { curve } }).consultations.map(({ decision }) => decision.action);
      };
      const turned: readonly Metric[] = [
        { ...LOSS, direction: "maximize" },
        { ...GAIN, direction: "minimize" },
      ];
      expect(actions(turned, -1)).toEqual(actions([LOSS, GAIN], 1));
    });

    it("takes the objectives in any order", () => {
      const trialsOf = (metrics: readonly Metric[]) =>
        simulate(options, { metrics, at: CASES["two objectives"]!.at }).trials.map(({ state }) => state);
      expect(trialsOf([GAIN, LOSS])).toEqual(trialsOf([LOSS, GAIN]));
    });

    it("stops a trial at once by a limit that can only get worse, and says by which", () => {
      const { trials, log } = simulate(options, CASES["a limit on what grows"]!);
      const reasons = log.flatMap(({ event }) => (event.type === "finished" && event.decision ? [event] : []));
      const stopped = reasons.filter(({ decision }) => decision!.reason.startsWith("limit: "));
      expect(stopped.length).toBeGreaterThan(0);
      for (const { trial, decision } of stopped) {
        expect(decision!.reason).toMatch(/breaks "seconds <= 9", which can only get worse$/);
        expect(Number(trials[trial]!.reports.at(-1)!.values.seconds)).toBeGreaterThan(9);
        expect(Number(trials[trial]!.reports.at(-2)!.values.seconds)).toBeLessThanOrEqual(9);
      }
      for (const { state, values } of trials)
        if (state === "complete") expect(Number(values.seconds)).toBeLessThanOrEqual(9);
    });
  });
}
