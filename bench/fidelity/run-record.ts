import type { RunRecord } from "../quality/runner/run-record.ts";

/** One run: `budget` and the costs of its incumbents are full runs, and the values of these are at full fidelity. */
export interface FidelityRecord extends RunRecord {
  /** Full runs spent in all. */
  readonly spent: number;
  /** Configurations begun. */
  readonly trials: number;
  /** How often each fidelity was run up to. */
  readonly evaluations: Readonly<Record<string, number>>;
}
