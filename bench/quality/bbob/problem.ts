import { BBOB_FUNCTIONS } from "./functions.ts";
import { optimalValue } from "./instance.ts";

export interface BbobProblem {
  /** The value at the optimum. */
  readonly optimal: number;
  /** The value above it; 0 at the optimum. */
  gap(x: Float64Array): number;
}

/** Functions that share the seeds of another, as its variants. */
const SEED_OF: Readonly<Record<number, number>> = { 4: 3, 18: 17 };

/** Function 1 to 24 in an instance from 1 on, with the shifts and rotations of the published instances. */
export function bbobProblem(number: number, instance: number, dimension: number): BbobProblem {
  const seed = (SEED_OF[number] ?? number) + 10_000 * instance;
  return { optimal: optimalValue(seed), gap: BBOB_FUNCTIONS[number - 1]!(seed, dimension) };
}
