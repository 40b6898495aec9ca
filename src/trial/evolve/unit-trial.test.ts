import fc from "fast-check";
import { expect, it } from "vitest";
import { hasUnit, unitOfTrial } from "../unit-of-trial.ts";
import { StudyTables } from "./study-tables.ts";
import type { TrialRecord } from "./trial-record.ts";
import { followUnit, studyUnit } from "./unit-trial.ts";

const record = (number: number, state: string, exitCode: number | null, unit: string | null, hidden: boolean) =>
  ({
    number,
    state,
    invalid: hidden ? [{ from: 1, to: null }] : [],
    segments: [{ attempts: [{ exitCode, ...(unit !== null && { units: { loss: unit } }) }] }],
  }) as unknown as TrialRecord;

function establishedUnit(tables: StudyTables): string | null | undefined {
  const first = [...tables.trials].find(hasUnit);
  return first && unitOfTrial(first, "loss");
}

it("knows at any moment what a look at all trials would find, whatever ends, is hidden and comes back in which order", () => {
  const change = fc.record({
    number: fc.nat(7),
    state: fc.constantFrom("running", "complete", "failed"),
    exitCode: fc.constantFrom(0, null),
    unit: fc.constantFrom("seconds", "bytes", null),
    hidden: fc.boolean(),
    asked: fc.boolean(),
  });
  fc.assert(
    fc.property(fc.array(change, { maxLength: 40 }), (changes) => {
      const tables = new StudyTables();
      for (let number = 0; number < 8; number++) tables.trials.add(record(number, "waiting", null, null, false));
      for (const { number, state, exitCode, unit, hidden, asked } of changes) {
        const changed = Object.assign(tables.trials.change(number)!, record(number, state, exitCode, unit, hidden));
        followUnit(tables, changed);
        if (asked) expect(studyUnit(tables, "loss")).toBe(establishedUnit(tables));
      }
      expect(studyUnit(tables, "loss")).toBe(establishedUnit(tables));
    }),
  );
});
