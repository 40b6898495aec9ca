import type { JsonValue, Params } from "../../space/json.ts";
import type { TrialState } from "../trial.ts";

/** One thing of all rows. */
export interface Alike {
  readonly state?: TrialState | undefined;
  readonly isHidden?: boolean | undefined;
  readonly isReplicate?: boolean | undefined;
  readonly isImported?: boolean | undefined;
  readonly isOfProgram?: boolean | undefined;
  readonly isDecided?: boolean | undefined;
}

/** Trials in rows, from 0: one thing of each is read without the trial being made. What is asked by name is asked of all rows. */
export interface TrialRows {
  readonly length: number;
  /** What all of them have alike, as far as that is known without a look at each. */
  readonly all: Alike;
  /** Number of the first row, where those of the others follow it one by one; null where they do not. */
  readonly first: number | null;
  number(row: number): number;
  state(row: number): TrialState;
  /** True while the trial is marked invalid. */
  isHidden(row: number): boolean;
  configuration(row: number): number;
  /** Configuration of the first row, where those of the others are known to follow it one by one; else null. */
  readonly firstConfiguration: number | null;
  /** True of a run of a configuration on a seed of its own. */
  isReplicate(row: number): boolean;
  isImported(row: number): boolean;
  /** True when its newest attempt was a program's that ended with an exit code. */
  isOfProgram(row: number): boolean;
  /** True when a scheduler decided something about it. */
  isDecided(row: number): boolean;
  /** See `trialSeconds`. */
  seconds(row: number): number | null;
  /** Copies the seconds of all rows to a place of the series; false, and nothing is done, where it has to be looked at each. */
  copySeconds(series: Float64Array, place: number): boolean;
  reportCount(row: number): number;
  /** Names of all metrics that any of them has a value of. */
  metricNames(): Iterable<string>;
  /** Its value of a metric; NaN where it has none. */
  values(metric: string): (row: number) => number;
  /** Copies the values of all rows to a place of the series; false, and nothing is done, where it has to be looked at each. */
  copyValues(metric: string, series: Float64Array, place: number): boolean;
  /** Its value of a parameter; undefined where it has none. */
  params(name: string): (row: number) => JsonValue | undefined;
  /** Whether its parameters are these and no others. */
  hasParams(params: Params): (row: number) => boolean;
}
