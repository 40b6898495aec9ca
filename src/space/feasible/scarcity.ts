import type { Space } from "../space.ts";
import { type Component, componentsOf } from "./component.ts";
import { ComponentSampler } from "./component-sampler.ts";
import { componentSamplers } from "./feasibility.ts";

/** How little of a space its constraints leave, and which of them leaves so little. */
export interface Scarcity {
  /** Estimated share of the box that is feasible (floats that equations settle not counted); 0 where no draw of 40,000 was. */
  readonly share: number;
  /** The constraint without which the most would be feasible, of the parameters that leave the least. */
  readonly constraint: string;
  /** Estimated share of those parameters' box that satisfies this constraint alone. */
  readonly alone: number;
  /** Estimated share of it that satisfies all the others; 1 when there are none. */
  readonly without: number;
}

/** A space of which less than this share is feasible is nearly empty. */
export const SCARCE_SHARE = 1e-4;
const FIRST_DRAWS = 2000;
const DRAWS = 40_000;
const SUSPECT_DRAWS = 2000;

/**
 * Looks, with a fixed number of draws, for constraints that leave less than one in 10,000 of the space; null when more is left.
 * The space must have a feasible configuration at all, which building it makes sure of.
 */
export function findScarcity(space: Space): Scarcity | null {
  if (space.where.length === 0) return null;
  const samplers = componentSamplers(space);
  if (product(samplers.map((sampler) => sampler.feasibleShare(FIRST_DRAWS))) >= 10 * SCARCE_SHARE) return null;
  const shares = samplers.map((sampler) => sampler.feasibleShare(DRAWS));
  const share = product(shares);
  if (share >= SCARCE_SHARE) return null;
  const least = shares.indexOf(Math.min(...shares));
  return { share, ...culprit(componentsOf(space)[least]!) };
}

function culprit({ parameters, constraints }: Component): Omit<Scarcity, "share"> {
  const shareOf = (kept: Component["constraints"]): number =>
    kept.length === 0 ? 1 : new ComponentSampler({ parameters, constraints: kept }).feasibleShare(SUSPECT_DRAWS);
  const without = constraints.map((_, i) => shareOf(constraints.toSpliced(i, 1)));
  const index = without.indexOf(Math.max(...without));
  const suspect = constraints[index]!;
  return { constraint: suspect.text, alone: shareOf([suspect]), without: without[index]! };
}

function product(shares: readonly number[]): number {
  return shares.reduce((all, share) => all * share, 1);
}
