import fc from "fast-check";
import { expect, it } from "vitest";
import { type TrialRecord, toTrial } from "./evolve/trial-record.ts";
import { PackedTrials } from "./table/packed-trials.ts";
import { anyRecords } from "./table/records.testing.ts";
import type { Trial } from "./trial.ts";
import { trialSeconds } from "./trial-seconds.ts";
import { TrialView } from "./trial-view.ts";

/** All fields of a trial, read one by one. */
function read(trial: Trial): unknown {
  const keys = [
    ...["number", "configuration", "replicate", "params", "offered", "definitions", "spaceVersion", "origin"],
    ...["suggestion", "state", "outcome", "message", "values", "segments", "reports", "losses", "proposedRevision"],
    ...["startedRevision", "finishedRevision", "proposedAt", "startedAt", "finishedAt", "invalid", "attributes"],
    "systemAttributes",
  ] as const;
  return Object.fromEntries(keys.map((key) => [key, trial[key as keyof Trial]]));
}

/** Fields that a trial has as its record does. */
const AS_KEPT = [
  ...["number", "configuration", "replicate", "params", "spaceVersion", "origin", "suggestion", "state", "outcome"],
  ...["message", "values", "losses", "proposedRevision", "startedRevision", "finishedRevision", "proposedAt"],
  ...["startedAt", "finishedAt", "invalid", "attributes", "systemAttributes"],
] as readonly (keyof Trial & keyof TrialRecord & keyof TrialView)[];

it("shows each field as the whole trial has it, of packed records and of others", () => {
  fc.assert(
    fc.property(anyRecords, (records) => {
      const packed = new PackedTrials(PackedTrials.pack(records));
      for (const record of records) {
        const trial = toTrial(record);
        for (const view of [new TrialView(record), new TrialView(packed.get(record.number)!)]) {
          expect(read(view)).toEqual(read(trial));
          expect(view.whole).toEqual(trial);
          expect(view.newestReport).toEqual(trial.reports.at(-1));
          expect(view.seconds).toBe(trialSeconds(trial));
          for (const key of AS_KEPT) expect(view[key], key).toEqual(record[key]);
        }
      }
    }),
  );
});
