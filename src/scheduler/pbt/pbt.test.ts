import { describe, expect, it } from "vitest";
import { keyedStreams } from "../../numeric/random/keyed-streams.ts";
import type { JsonValue } from "../../space/json.ts";
import type { Metric } from "../../trial/metric.ts";
import { createScheduler } from "../registry.ts";
import { schedulerContract } from "../scheduler.contract.ts";
import type { Scheduler } from "../scheduler.ts";
import { SIMULATED_SPACE, type Simulation, Simulator } from "../testing/simulate.testing.ts";

const LOSS: Metric = { name: "loss", direction: "minimize" };
const make = (options: Readonly<Record<string, JsonValue>> = {}, metrics: readonly Metric[] = [LOSS]): Scheduler =>
  createScheduler({ name: "pbt", options }, metrics, null, { space: SIMULATED_SPACE, seed: 7 });

const SIX = { population: 6, interval: 2, largest: 10 };
schedulerContract("pbt", { make: (metrics) => make(SIX, metrics), ownSteps: true, branches: true });
schedulerContract("pbt, pb2", {
  make: (metrics) => make({ ...SIX, explore: "pb2" }, metrics),
  ownSteps: true,
  branches: true,
});

const level = (trial: number): number => keyedStreams(1, trial).stream("level").float();
const curve: Simulation["curve"] = (trial, step) => level(trial) + 1 / step;

function simulate(options: Readonly<Record<string, JsonValue>>, more: Partial<Simulation> = {}) {
  const plan = { metric: LOSS, curve, steps: 20, workers: 1, trials: 8, ...more };
  return new Simulator(make(options), plan).run();
}

describe("pbt", () => {
  it("replaces the worst at each interval by trials that go on from the best, and members count once", () => {
    const { trials, ended } = simulate({ population: 8, interval: 5, largest: 20 });
    expect(ended).toBe(true);
    const replaced = trials.filter(({ successor }) => successor !== undefined);
    expect(replaced.length).toBeGreaterThan(2);
    for (const { number, state, outcome, message, successor, reports } of replaced) {
      const next = trials[successor!]!;
      expect([state, outcome]).toEqual(["pruned", "stopped"]);
      expect(message).toMatch(
        new RegExp(
          `^begins with the checkpoint of trial ${next.branch!.of} at step \\d+ in the place of trial ${number}: loss [\\d.]+ at step ${reports.at(-1)!.step} is \\d of \\d, where trial ${next.branch!.of} had`,
        ),
      );
      expect(next).toMatchObject({ origin: "scheduler", suggestion: null });
      expect(next.reports[0]!.step).toBe(next.branch!.step + 1);
    }
    // The members: all but the replaced ones come to the end.
    expect(trials.filter(({ state }) => state === "complete")).toHaveLength(8);
    expect(trials).toHaveLength(8 + replaced.length);
  });

  it("gives the places of members that came to their end to new ones, up to the total", () => {
    const { trials } = simulate({ population: 4, interval: 5, largest: 20 }, { trials: 10, workers: 2 });
    expect(trials.filter(({ successor }) => successor === undefined)).toHaveLength(10);
    expect(trials.filter(({ state }) => state === "complete")).toHaveLength(10);
  });

  it("refuses programs that keep no checkpoint, or begin anew with one, and says the way out", () => {
    const way = /let the program save its state in the folder ATTUNE_CHECKPOINT_DIR .* ATTUNE_RESUME_FROM .* asha/;
    const run = (more: Partial<Simulation>) => () =>
      simulate({ population: 2, interval: 5, largest: 20 }, { trials: 2, ...more });
    expect(run({ keeps: false })).toThrow(/trial 0 left none when it came to step 5/);
    expect(run({ keeps: false })).toThrow(way);
    expect(run({ restarts: true, keeps: true })).toThrow(
      /trial \d began at its first step again though it was given one/,
    );
    expect(run({ restarts: true, keeps: true })).toThrow(way);
  });

  it("runs members by a schedule, each from its own checkpoint", () => {
    const schedule = [
      { until: 5, params: { x: 0.1 } },
      { until: 10, params: { x: 0.3 } },
      { until: null, params: { x: 0.2 } },
    ];
    const { trials, ended } = simulate({ schedule }, { trials: 2, workers: 2 });
    expect(ended).toBe(true);
    expect(trials.map(({ params, state }) => [params.x, state])).toEqual([
      [0.1, "pruned"],
      [0.1, "pruned"],
      [0.3, "pruned"],
      [0.3, "pruned"],
      [0.2, "complete"],
      [0.2, "complete"],
    ]);
    for (const { number, branch, reports } of trials.slice(2))
      expect([branch!.of, branch!.step + 1]).toEqual([number - 2, reports[0]!.step]);
    // Run alike: runs of one configuration.
    expect(new Set(trials.slice(4).map(({ configuration }) => configuration)).size).toBe(1);
  });

  it("takes its options, and says what is wrong with others", () => {
    expect(() => make()).toThrow(/give largest \(steps of a full run\), or interval, or declare a fidelity/);
    expect(() => make({ largest: 10, interval: 10 })).toThrow(/interval 10, and a full run is 10 steps/);
    expect(() => make({ interval: 0 })).toThrow(/interval is 0; it takes a number of steps above 0/);
    expect(() => make({ interval: 1, population: 1 })).toThrow(/population is 1; it takes a whole number from 2/);
    expect(() => make({ interval: 1, eta: 3 })).toThrow(
      /no option eta; allowed are schedule, interval, largest, population/,
    );
    for (const schedule of [
      [],
      {},
      3,
      [{ until: 5, params: {} }],
      [{ until: null, params: 1 }],
      [{ params: { x: 1 } }],
    ])
      expect(() => make({ schedule: schedule as JsonValue })).toThrow(/schedule is .*; it takes a list of/);
    expect(() => make({ schedule: [{ until: null, params: { x: 2 } }] })).toThrow(
      /part 1 of the schedule does not fit the space: /,
    );
  });
});
