import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { defineSpace, float, int, spaceToJson } from "../../space/index.ts";
import { ALL_COMMANDS, type Draw, draws } from "../random-command.testing.ts";
import { Simulation } from "../simulate.testing.ts";
import type { StudyState } from "../study-state.ts";
import type { Trial } from "../trial.ts";
import { throughSnapshot } from "./through-snapshot.testing.ts";
import { changedAt, trialAt } from "./trial-at.ts";
import { isFinished } from "./trial-record.ts";

const SPACES = [
  spaceToJson(defineSpace({ x: float(0, 1) })),
  spaceToJson(defineSpace({ x: float(0, 2), y: int(0, 1000) })),
];

const ALL_KINDS = [
  ...[
    "attribute-set",
    "defined",
    "finished",
    "given-up",
    "held-out",
    "imported",
    "invalidated",
    "passed",
    "paused",
    "proposed",
    "reported",
  ],
  ...["reservation-moved", "reservation-released", "reserved", "restored", "returned", "settings-changed"],
  ...["space-changed", "started", "study-created"],
];

/** Every trial as each revision had it, from a log that is written anew: `then[r - 1]` are those after revision r. */
function simulated(sequence: readonly Draw[]) {
  const simulation = new Simulation({ spaces: SPACES, limit: null });
  for (const draw of sequence) simulation.step(draw);
  const again = new Simulation({ spaces: SPACES, limit: null });
  const then = [again.state.trials()];
  for (const { event } of simulation.log.slice(1)) {
    again.append(event);
    then.push(again.state.trials());
  }
  return { log: simulation.log, now: simulation.state, then };
}

function told(state: StudyState, revision: number): readonly (Trial | undefined)[] {
  return [...state.tables.trials].map((record) => trialAt(record, revision));
}

describe("a trial as of an earlier revision", () => {
  it("is what the log had told by then, whatever came after, also from a snapshot", () => {
    const kinds = new Set<string>();
    fc.assert(
      fc.property(draws(ALL_COMMANDS, 120), (sequence) => {
        const { log, now, then } = simulated(sequence);
        for (const { event } of log) kinds.add(event.type);
        for (const state of [now, throughSnapshot(now)]) {
          for (const [k, trials] of then.entries()) {
            const later = Array.from({ length: now.nextNumber - trials.length }, () => undefined);
            expect(told(state, k + 1)).toEqual([...trials, ...later]);
          }
        }
      }),
      { numRuns: 200 },
    );
    expect([...kinds].sort()).toEqual(ALL_KINDS);
  });

  it("is the trial of today from its newest change on, and another before; of one that has ended nothing is held on to", () => {
    fc.assert(
      fc.property(draws(ALL_COMMANDS, 60), (sequence) => {
        const { now } = simulated(sequence);
        for (const record of now.tables.trials) {
          const changed = changedAt(record);
          expect(trialAt(record, changed)).toEqual(now.trial(record.number));
          expect(record.shown === null).toBe(isFinished(record));
          expect(trialAt(record, changed - 1)).not.toEqual(now.trial(record.number));
        }
      }),
      { numRuns: 100 },
    );
  });

  it("keeps nothing beside the record of a trial that waits, runs once and ends", () => {
    const simulation = new Simulation({ spaces: SPACES, limit: null });
    const step = (type: Draw["type"], a = 1): unknown => simulation.step({ type, a, b: 1, wrong: false });
    step("claim");
    step("report");
    step("finish");
    const first = simulation.state.tables.trials.get(0)!;
    expect([first.state, first.past]).toEqual(["pruned", null]);
    step("claim");
    step("return");
    const second = simulation.state.tables.trials.get(1)!;
    expect(second.past?.turns.map(({ state }) => state)).toEqual(["waiting", "running", "waiting"]);
  });
});
