import type { StudyReport } from "../analysis/index.ts";
import type { Params } from "../space/json.ts";
import type { Values } from "../trial/trial.ts";
import { type CommandSource, commandOfTrial } from "./winning-command.ts";

/** What `best --json` prints. */
export interface BestRecord {
  readonly number: number;
  readonly params: Params;
  readonly values: Values;
  readonly replicates: number;
  /** Standard error of the objective; null at one replicate. */
  readonly uncertainty: number | null;
  readonly command: string | null;
}

/** The winner as a record, or null while there is none. */
export function bestRecord(report: StudyReport, study: CommandSource): BestRecord | null {
  const { winner } = report;
  if (winner === null) return null;
  const { number, params, values, replicates, uncertainty } = winner;
  return { number, params, values, replicates, uncertainty, command: commandOfTrial(study, number) };
}
