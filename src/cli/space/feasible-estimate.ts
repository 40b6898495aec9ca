import { componentSamplers } from "../../space/feasible/feasibility.ts";
import type { Space } from "../../space/index.ts";

/** The share of a space's box that satisfies the constraints. */
export interface FeasibleEstimate {
  readonly share: number;
  /** Standard error of `share`; 0 where it is known exactly. */
  readonly error: number;
}

const DRAWS = 4000;

/**
 * Estimates how much of the box (floats that equations settle not counted) is feasible. Draws fall only where something may be
 * feasible, so that small shares are found too.
 */
export function feasibleEstimate(space: Space): FeasibleEstimate {
  if (space.where.length === 0) return { share: 1, error: 0 };
  let share = 1;
  let variance = 0;
  for (const sampler of componentSamplers(space)) {
    const part = sampler.feasibleShare(DRAWS);
    const accepted = sampler.regionShare === 0 ? 0 : part / sampler.regionShare;
    // Where nothing was found, at most 3 in DRAWS would have been missed with 95 % probability: half of that is the error.
    const error = accepted === 0 ? 1.5 / DRAWS : Math.sqrt((accepted * (1 - accepted)) / DRAWS);
    const partError = error * sampler.regionShare;
    variance = variance * part * part + partError * partError * (share * share + variance);
    share *= part;
  }
  return { share, error: Math.sqrt(variance) };
}
