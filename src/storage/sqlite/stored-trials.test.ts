import { expect, it } from "vitest";
import type { StudyEvent } from "../../trial/event.ts";
import { evolve } from "../../trial/evolve/evolve.ts";
import { blockBody, TRIALS_PER_BLOCK } from "../../trial/evolve/snapshot.ts";
import { StudyState } from "../../trial/study-state.ts";
import { definition } from "../contract/driver.testing.ts";
import type { SnapshotTable } from "./snapshot-table.ts";
import { StoredTrials } from "./stored-trials.ts";

const COUNT = 2 * TRIALS_PER_BLOCK + 3;

function studyOf(count: number): StudyState {
  const state = new StudyState();
  const events: StudyEvent[] = [{ type: "study-created", definition: definition("stored") }];
  for (let trial = 0; trial < count; trial++) {
    const rest = { values: { loss: trial }, reports: [], startedAt: 1, finishedAt: 2, attributes: {} };
    events.push({ type: "imported", trial, params: { x: trial }, state: "complete", ...rest });
  }
  for (const [k, event] of events.entries()) evolve(state, { revision: k + 1, at: k + 1, event });
  return state;
}

/** The trials of a snapshot, those that these events are about having changed since; `reads`: blocks that were read. */
function stored(...events: readonly StudyEvent[]) {
  const state = studyOf(COUNT);
  const reads: (readonly number[])[] = [];
  const block = (...asked: readonly [number, number, number]): Uint8Array | null => {
    reads.push(asked);
    return asked[1] < 3 ? blockBody(state, asked[1]) : null;
  };
  return { trials: new StoredTrials({ block } as unknown as SnapshotTable, 7, 99, events), reads };
}

it("finds each trial in its block, which is read once while trials of it are asked for", () => {
  const { trials, reads } = stored();
  const seen = [0, 1, TRIALS_PER_BLOCK - 1].map((number) => trials.trial(number)?.params);
  expect(seen).toEqual([{ x: 0 }, { x: 1 }, { x: TRIALS_PER_BLOCK - 1 }]);
  expect(reads).toEqual([[7, 0, 99]]);
  expect(trials.trial(TRIALS_PER_BLOCK)).toMatchObject({ number: TRIALS_PER_BLOCK, state: "complete" });
  expect(trials.trial(COUNT - 1)?.number).toBe(COUNT - 1);
  expect(trials.trial(0)?.number).toBe(0);
  expect(reads.map(([, block]) => block)).toEqual([0, 1, 2, 0]);
  expect(trials.trial(3 * TRIALS_PER_BLOCK)).toBeNull();
});

it("shows single fields of them from the same block", () => {
  const { trials, reads } = stored();
  expect([trials.view(5)?.values, trials.trial(5)?.values]).toEqual([{ loss: 5 }, { loss: 5 }]);
  expect(reads).toHaveLength(1);
  expect(trials.view(3 * TRIALS_PER_BLOCK)).toBeNull();
});

it("knows none that changed since", () => {
  const { trials, reads } = stored(
    { type: "invalidated", trial: 4, reason: "" },
    { type: "reservation-released" },
    { type: "attribute-set", trial: null, system: false, key: "k", text: "1" },
    { type: "restored", trial: COUNT },
  );
  expect([trials.trial(4), trials.view(4), trials.trial(COUNT)]).toEqual([null, null, null]);
  expect(reads).toEqual([]);
  expect([trials.trial(3)?.number, trials.trial(5)?.number]).toEqual([3, 5]);
});
