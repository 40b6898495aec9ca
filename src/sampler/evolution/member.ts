import type { Excesses } from "../../objective/limit-standing.ts";

/** One of a population: a complete trial. */
export interface Member {
  readonly trial: number;
  /** Its configuration: see `PointSpace`. */
  readonly point: Float64Array;
  readonly key: string;
  /** Its objectives, all to be made small; what is better than a goal counts as the goal. */
  readonly values: Float64Array;
  /** The same as they were measured. */
  readonly measured: Float64Array;
  /** By how much it breaks the limits. */
  readonly excesses: Excesses;
}

/** How members stand to each other; 0 is best. */
export type Ranks = Int32Array;

/** How an evolutionary algorithm compares the members of its population. */
export interface Survival {
  /** How many live. */
  readonly size: number;
  /** Place of the one of the last rank that is given up; `last` are the places of that rank, two at least. */
  surplus(members: readonly Member[], ranks: Ranks, last: readonly number[]): number;
  /** Among members of equal rank, the larger is the better parent. */
  merit(members: readonly Member[], ranks: Ranks): Float64Array;
}
