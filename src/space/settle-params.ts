import type { RandomStream } from "../numeric/random/stream-source.ts";
import { isActive } from "./conditions.ts";
import { isFeasible } from "./constraints.ts";
import { componentSamplers } from "./feasible/feasibility.ts";
import type { JsonValue, Params } from "./json.ts";
import { nearestValue } from "./nearest-value.ts";
import type { Parameter } from "./parameter.ts";
import { sampleValue } from "./sample-uniform.ts";
import type { Space } from "./space.ts";

/**
 * A configuration with exactly the active parameters: values of `wanted` where they are allowed (numbers are moved to the nearest
 * allowed one), drawn values where there is none, and floats settled where equations tie them. Null when it breaks a constraint.
 */
export function settleParams(space: Space, wanted: Params, streamOf: (p: Parameter) => RandomStream): Params | null {
  const params: Record<string, JsonValue> = {};
  for (const p of space.parameters) {
    if (!isActive(p, params)) continue;
    const given = Object.hasOwn(wanted, p.name) ? wanted[p.name]! : undefined;
    const near = given === undefined ? undefined : nearestValue(p, given);
    params[p.name] = near === undefined ? sampleValue(p, streamOf(p)) : near;
  }
  if (space.where.length === 0) return params;
  const settled = componentSamplers(space).every((sampler) => sampler.settle(params));
  return settled && isFeasible(space, params) ? params : null;
}
