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
function stored(...events: readonly object[]) {
  const state = studyOf(COUNT);
  const reads: (readonly number[])[] = [];
  const block = (...asked: readonly [number, number, number]): Uint8Array | null => {
    reads.push(asked);
    return asked[1] < 3 ? blockBody(state, asked[1]) : null;
  };
  const rows = events.map((event, k) => ({ revision: COUNT + k, at: 0, body: JSON.stringify(event) }));
  return { trials: new StoredTrials({ block } as unknown as SnapshotTable, 7, 99, rows), reads };
}

it("finds each trial in its block, which is read once while trials of it are asked for", () => {
  const { trials, reads } = stored();
  const seen = [0, 1, TRIALS_PER_BLOCK - 1].map((number) => trials.find(number)?.params);
  expect(seen).toEqual([{ x: 0 }, { x: 1 }, { x: TRIALS_PER_BLOCK - 1 }]);
  expect(reads).toEqual([[7, 0, 99]]);
  expect(trials.find(TRIALS_PER_BLOCK)).toMatchObject({ number: TRIALS_PER_BLOCK, state: "complete" });
  expect(trials.find(COUNT - 1)?.number).toBe(COUNT - 1);
  expect(trials.find(0)?.number).toBe(0);
  expect(reads.map(([, block]) => block)).toEqual([0, 1, 2, 0]);
  expect(trials.find(3 * TRIALS_PER_BLOCK)).toBeNull();
});

it("knows none that changed since, and counts those that came", () => {
  const { trials, reads } = stored(
    { type: "invalidated", trial: 4, reason: "" },
    { type: "reservation-released" },
    { type: "attribute-set", trial: null },
    { type: "proposed", trial: COUNT },
  );
  expect([trials.find(4), trials.find(COUNT)]).toEqual([null, null]);
  expect(reads).toEqual([]);
  expect([trials.find(3)?.number, trials.find(5)?.number]).toEqual([3, 5]);
  expect(trials.count(COUNT)).toBe(COUNT + 1);
  expect(trials.count(COUNT + 5)).toBe(COUNT + 5);
  expect(stored().trials.count(COUNT)).toBe(COUNT);
  expect(stored({ type: "invalidated", trial: 4 }).trials.count(0)).toBe(5);
});
