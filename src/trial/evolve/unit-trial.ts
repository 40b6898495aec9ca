import { hasUnit, unitOfTrial } from "../unit-of-trial.ts";
import type { StudyTables } from "./study-tables.ts";
import type { TrialRecord } from "./trial-record.ts";

/** The unit that a metric's values have in the study, null for none; undefined before a program gave one. */
export function studyUnit(tables: StudyTables, metric: string): string | null | undefined {
  if (tables.unitTrial === undefined) tables.unitTrial = firstWithUnit(tables);
  const { unitTrial } = tables;
  return unitTrial === null ? undefined : unitOfTrial(tables.trials.get(unitTrial)!, metric);
}

/** A trial has changed: what is known of the units stays known without looking at all trials again. */
export function followUnit(tables: StudyTables, record: TrialRecord): void {
  const { unitTrial } = tables;
  if (unitTrial === undefined) return;
  if (record.number === unitTrial) tables.unitTrial = hasUnit(record) ? unitTrial : undefined;
  else if ((unitTrial === null || record.number < unitTrial) && hasUnit(record)) tables.unitTrial = record.number;
}

function firstWithUnit({ trials }: StudyTables): number | null {
  for (const block of trials.blocks()) {
    let first = Number.POSITIVE_INFINITY;
    for (const part of block) {
      if (part.all.isOfProgram === false) continue;
      part.look((rows) => {
        if (rows.all.isOfProgram === false) return;
        for (let row = 0; row < rows.length; row++) {
          if (!rows.isOfProgram(row) || rows.number(row) >= first) continue;
          // A row may have been changed since.
          const record = trials.get(rows.number(row))!;
          if (hasUnit(record)) first = record.number;
        }
      });
    }
    if (Number.isFinite(first)) return first;
  }
  return null;
}
