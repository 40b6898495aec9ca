import { BY_HAND } from "./by-hand.ts";
import type { Fault } from "./fault.ts";
import { KILLS } from "./kills.ts";
import { MISBEHAVIOURS, SWAPS } from "./misbehaviours.ts";
import { SIGNALS } from "./signals.ts";
import { STOPS } from "./stops.ts";
import { SURROUNDINGS } from "./surroundings.ts";
import { TERMINALS } from "./terminals.ts";

/** All kinds of faults, in families that are drawn from equally often. */
const FAMILIES: readonly (readonly Fault[])[] = [
  KILLS,
  STOPS,
  SWAPS,
  MISBEHAVIOURS,
  SIGNALS,
  SURROUNDINGS,
  TERMINALS,
  BY_HAND,
];

/** The families, or what of them is named: a kind or the beginning of one. */
export function faultFamilies(names?: readonly string[]): readonly (readonly Fault[])[] {
  const wanted = ({ kind }: Fault): boolean => names === undefined || names.some((name) => kind.startsWith(name));
  return FAMILIES.map((family) => family.filter(wanted)).filter((family) => family.length > 0);
}
