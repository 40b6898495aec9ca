import { hasUnit, unitOfTrial } from "../established-unit.ts";
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
  for (const record of trials) if (hasUnit(record)) return record.number;
  return null;
}
