import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { committed } from "./budget.ts";
import { evolve } from "./evolve/evolve.ts";
import { stateToJson } from "./evolve/state-to-json.testing.ts";
import { throughSnapshot } from "./evolve/through-snapshot.testing.ts";
import { ALL_COMMANDS, draws, WITHIN_BUDGET } from "./random-command.testing.ts";
import { Simulation } from "./simulate.testing.ts";
import { StudyState } from "./study-state.ts";
import type { Trial } from "./trial.ts";

const WORLD = { spaces: [{ version: "a" }, { version: "b" }], limit: 12 };

function isInvalid(trial: Trial): boolean {
  return trial.invalid.some((mark) => mark.to === null);
}

function ranElsewhere({ origin, startedRevision, proposedRevision }: Trial): boolean {
  return origin === "imported" && startedRevision === proposedRevision;
}

/** What the state keeps in O(1) must be what a look at all trials says. */
function checkState(state: StudyState): void {
  const trials = state.trials();
  expect(trials.map((trial) => trial.number)).toEqual(trials.map((_trial, n) => n));
  const weighing = trials.filter((trial) => !ranElsewhere(trial) && !isInvalid(trial));
  const count = (...states: readonly string[]): number =>
    weighing.filter((trial) => states.includes(trial.state) && trial.successor === undefined).length;
  expect(state.budget).toEqual({
    trialsSpent: count("complete", "pruned", "failed"),
    running: count("running"),
    paused: count("paused"),
    waiting: count("waiting"),
    reserved: state.reservation?.count ?? 0,
  });
  const waiting = trials.find((trial) => trial.state === "waiting" && !isInvalid(trial));
  expect(state.nextWaiting()).toBe(waiting?.number ?? null);
  expect([...state.running()].sort((a, b) => a - b)).toEqual(numbers(trials, "running"));
  expect([...state.paused()].sort((a, b) => a - b)).toEqual(numbers(trials, "paused"));
  expect(
    state
      .holdings()
      .flatMap((holding) => [...holding.trials])
      .sort((a, b) => a - b),
  ).toEqual(
    trials.filter((trial) => trial.segments.at(-1)?.attempts.at(-1)?.endedAt === null).map((trial) => trial.number),
  );
  for (const trial of trials) {
    expect(trial.reports.map((report) => report.seq)).toEqual(trial.reports.map((_report, seq) => seq));
    const open = trial.segments.flatMap((segment) => segment.attempts).filter((attempt) => attempt.endedAt === null);
    expect(open.length).toBeLessThanOrEqual(trial.state === "running" ? 1 : 0);
    expect(trial.losses).toBeLessThanOrEqual(3);
  }
}

function numbers(trials: readonly Trial[], state: string): readonly number[] {
  return trials.filter((trial) => trial.state === state).map((trial) => trial.number);
}

describe("any sequence of commands", () => {
  it("keeps numbers contiguous and the tables true", () => {
    fc.assert(
      fc.property(draws(ALL_COMMANDS, 60), (sequence) => {
        const simulation = new Simulation(WORLD);
        for (const draw of sequence) {
          simulation.step(draw);
          checkState(simulation.state);
        }
      }),
      { numRuns: 300 },
    );
  });

  it("never lets more trials count than the limit", () => {
    fc.assert(
      fc.property(draws(WITHIN_BUDGET, 150), fc.integer({ min: 1, max: 8 }), (sequence, limit) => {
        const simulation = new Simulation({ ...WORLD, limit });
        for (const draw of sequence) {
          simulation.step(draw);
          const { budget } = simulation.state;
          expect(budget.trialsSpent + budget.running + budget.paused).toBeLessThanOrEqual(limit);
        }
      }),
      { numRuns: 300 },
    );
  });

  it("proposes no more than the limit has room for, when nothing is enqueued", () => {
    const types = WITHIN_BUDGET.filter((type) => type !== "enqueue");
    fc.assert(
      fc.property(draws(types, 150), fc.integer({ min: 1, max: 8 }), (sequence, limit) => {
        const simulation = new Simulation({ ...WORLD, limit });
        for (const draw of sequence) {
          simulation.step(draw);
          expect(committed(simulation.state.budget)).toBeLessThanOrEqual(limit);
        }
      }),
      { numRuns: 200 },
    );
  });

  it("leaves a state that its snapshot gives back, and that goes on the same", () => {
    fc.assert(
      fc.property(draws(ALL_COMMANDS, 60), fc.nat(60), (sequence, cut) => {
        const simulation = new Simulation(WORLD);
        for (const draw of sequence.slice(0, cut)) simulation.step(draw);
        const at = simulation.state.revision;
        const restored = throughSnapshot(simulation.state);
        checkState(restored);
        for (const draw of sequence.slice(cut)) simulation.step(draw);
        for (const logged of simulation.log.slice(at)) evolve(restored, logged);
        expect(stateToJson(restored)).toEqual(stateToJson(simulation.state));
        expect(restored.trials()).toEqual(simulation.state.trials());
        expect(restored.holdings()).toEqual(expect.arrayContaining([...simulation.state.holdings()]));
        expect(restored.budget).toEqual(simulation.state.budget);
      }),
      { numRuns: 200 },
    );
  });

  it("gives the same state when the log is read again", () => {
    fc.assert(
      fc.property(draws(ALL_COMMANDS, 80), (sequence) => {
        const simulation = new Simulation(WORLD);
        for (const draw of sequence) simulation.step(draw);
        const again = new StudyState();
        for (const logged of simulation.log) evolve(again, logged);
        expect(stateToJson(again)).toEqual(stateToJson(simulation.state));
      }),
      { numRuns: 100 },
    );
  });
});

describe("deciding", () => {
  it("changes nothing by itself", () => {
    fc.assert(
      fc.property(draws(ALL_COMMANDS, 30), (sequence) => {
        const simulation = new Simulation(WORLD);
        for (const draw of sequence) {
          const before = JSON.stringify(stateToJson(simulation.state));
          const length = simulation.log.length;
          const events = simulation.step(draw);
          if (events.length === 0) expect(JSON.stringify(stateToJson(simulation.state))).toBe(before);
          expect(simulation.log.length).toBe(length + events.length);
        }
      }),
      { numRuns: 100 },
    );
  });

  it("makes use of every kind of command in these tests", () => {
    const made = new Set<string>();
    fc.assert(
      fc.property(draws(ALL_COMMANDS, 100), (sequence) => {
        const simulation = new Simulation(WORLD);
        for (const draw of sequence) if (simulation.step(draw).length > 0) made.add(draw.type);
      }),
      { numRuns: 50, seed: 1 },
    );
    expect([...made].sort()).toEqual([...new Set(ALL_COMMANDS)].sort());
  });
});

describe("evolving", () => {
  it("refuses a revision that does not follow, and an event that does not fit", () => {
    const simulation = new Simulation(WORLD);
    const { state } = simulation;
    const invalidated = { type: "invalidated", trial: 4, reason: null } as const;
    expect(() => evolve(state, { revision: 5, at: 0, event: invalidated })).toThrowError(/jumps from revision 1 to 5/);
    expect(() => evolve(state, { revision: 2, at: 0, event: invalidated })).toThrowError(
      /trial 4, which it never proposed/,
    );
  });

  it("refuses a log that holds what it does not know, or what lacks something", () => {
    const { state } = new Simulation(WORLD);
    const log = (event: object) => () => evolve(state, { revision: 2, at: 0, event: event as never });
    expect(log({ type: "painted" })).toThrowError(
      expect.objectContaining({
        code: "storage-corrupt",
        message: 'The log holds an event of type "painted", which this version does not know.',
      }),
    );
    expect(log({ type: "finished" })).toThrowError(expect.objectContaining({ code: "storage-corrupt" }));
  });
});
