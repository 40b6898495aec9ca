import type { Trial } from "../../trial/trial.ts";
import type { TrialField } from "../trials/trial-field.ts";
import { renderTable } from "./table.ts";

/** Trials as lines of a table, one column for each field. */
export function trialTable(trials: readonly Trial[], fields: readonly TrialField[], width: number): readonly string[] {
  const columns = fields.map(({ name, align }) => ({ title: name, align }));
  const rows = trials.map((trial) => fields.map((field) => field.text(trial)));
  return renderTable(columns, rows, width);
}
