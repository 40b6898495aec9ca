import { describe, expect, it } from "vitest";
import { createScheduler, registerScheduler, schedulerAbilities, schedulerNames } from "./registry.ts";
import { schedulerContract } from "./scheduler.contract.ts";
import { HALVING, STOPPING_HALVING } from "./testing/halving.testing.ts";
import { PAUSE_AND_PROMOTE } from "./testing/pause-and-promote.testing.ts";
import { Simulator } from "./testing/simulate.testing.ts";

const METRICS = [{ name: "loss", direction: "minimize" }] as const;

for (const entry of [HALVING, STOPPING_HALVING])
  schedulerContract(entry.name, { make: (metrics) => entry.create({}, metrics), ownSteps: true });
schedulerContract("pause-and-promote", { make: (metrics) => PAUSE_AND_PROMOTE.create({}, metrics), ownSteps: true });

describe("pause-and-promote", () => {
  it("pauses at rungs and runs the best on to their end", () => {
    const curve = (trial: number) => (trial * 7) % 20;
    const plan = { metric: METRICS[0], curve, steps: 10, workers: 1, trials: 12 };
    const { trials, consultations } = new Simulator(PAUSE_AND_PROMOTE.create({}, METRICS), plan).run();
    const actions = new Set(consultations.map(({ decision: { action } }) => action));
    expect(actions).toEqual(new Set(["start-new", "resume", "continue", "pause", "stop"]));
    const complete = trials.filter(({ state }) => state === "complete");
    expect(complete.length).toBeGreaterThan(0);
    for (const trial of complete) expect(trial.segments.map(({ until }) => until)).toEqual([1, 3, null]);
  });
});

describe("successive halving", () => {
  const curve = (trial: number, step: number) => ((trial * 7) % 20) + 1 / step;
  const plan = { metric: METRICS[0], curve, steps: 9, workers: 1, trials: 18 };

  it("pauses programs that ended well at the step they were given, and promotes a third of each rung", () => {
    const { trials } = new Simulator(HALVING.create({}, METRICS), plan).run();
    const untils = trials.map(({ segments }) => segments.map(({ until }) => until).join(" "));
    expect(untils.filter((one) => one === "1")).toHaveLength(12);
    expect(untils.filter((one) => one === "1 3")).toHaveLength(4);
    const complete = trials.filter(({ state }) => state === "complete");
    expect(complete.map(({ segments }) => segments.map(({ until }) => until))).toEqual([
      [1, 3, null],
      [1, 3, null],
    ]);
    expect(complete.every(({ decisions }) => decisions?.length === 5)).toBe(true);
  });

  it("knows from rows alone who passed a rung", () => {
    const { trials, log } = new Simulator(STOPPING_HALVING.create({}, METRICS), plan).run();
    const passed = log.flatMap(({ event }) => (event.type === "passed" ? [event.trial] : []));
    expect(passed.length).toBeGreaterThan(trials.filter(({ state }) => state === "complete").length);
    expect(new Set(trials.map(({ state }) => state))).toEqual(new Set(["complete", "pruned"]));
  });
});

describe("the scheduler registry", () => {
  it("names what there is and the nearest word for an unknown name", () => {
    expect(() => createScheduler({ name: "nome", options: {} }, METRICS)).toThrow(
      /There is no scheduler named "nome"; there are none.* Did you mean "none"\?/,
    );
  });

  it("takes schedulers from outside, once a name", () => {
    registerScheduler(PAUSE_AND_PROMOTE);
    expect(schedulerNames()).toContain("pause-and-promote");
    expect(() => registerScheduler(PAUSE_AND_PROMOTE)).toThrow("registered already");
  });

  it("takes no scheduler that does not say what it can", () => {
    const { watches: _watches, ...silent } = { ...PAUSE_AND_PROMOTE, name: "silent" };
    expect(() => registerScheduler(silent as typeof PAUSE_AND_PROMOTE)).toThrow(
      "The scheduler silent does not say whether it watches; give watches: true or false.",
    );
    expect(schedulerNames()).not.toContain("silent");
  });

  it("tells what each can, and of one that it does not know that it does not", () => {
    const needed: Readonly<Record<string, object>> = { threshold: { upper: 1 }, pbt: { largest: 9 } };
    for (const name of schedulerNames().filter((each) => each !== PAUSE_AND_PROMOTE.name)) {
      const able = { watches: name !== "none", promotes: ["asha", "hyperband", "auto", "pbt"].includes(name) };
      expect(schedulerAbilities(name), name).toMatchObject(able);
      const { next, onEnd } = createScheduler({ name, options: { ...needed[name] } }, METRICS);
      expect([next === undefined, onEnd === undefined], name).toEqual([false, !able.promotes]);
    }
    expect(schedulerAbilities("of-yesterday")).toBeNull();
  });
});
