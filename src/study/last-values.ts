import type { Values } from "../trial/trial.ts";
import type { StudyLog } from "./study-log.ts";

/** The newest value that a trial reported of each metric. */
export function lastValues(log: Pick<StudyLog, "state">, trial: number): Values {
  const values: Record<string, Values[string]> = {};
  const reports = log.state.reports(trial);
  for (let seq = 0; seq < (reports?.length ?? 0); seq++) Object.assign(values, reports!.at(seq)!.values);
  return values;
}
