import type { StreamSource } from "../numeric/random/stream-source.ts";
import { isActive } from "./conditions.ts";
import { isFeasible } from "./constraints.ts";
import type { JsonValue, Params } from "./json.ts";
import { middleValue } from "./middle-value.ts";
import { sampleUniform, sampleValue } from "./sample-uniform.ts";
import type { Space } from "./space.ts";

/** Draws of what has no default, until the constraints hold. */
const DRAWS = 200;

/**
 * The configuration in use so far: the defaults, and for parameters without one the middle or the first choice; draws for these where
 * constraints ask for something else. Null when no parameter that is active in it has a default, or when the defaults break a
 * constraint whatever the others are.
 */
export function startParams(space: Space, source: StreamSource): Params | null {
  if (space.parameters.every((p) => p.default === undefined)) return null;
  const middle = withDefaults(space, Object.fromEntries(space.parameters.map((p) => [p.name, middleValue(p)])), source);
  if (middle === null || isFeasible(space, middle)) return middle;
  for (let draw = 0; draw < DRAWS; draw++) {
    const streams = { stream: (key: string) => source.stream(`${draw} ${key}`) };
    const params = withDefaults(space, sampleUniform(space, streams), streams);
    if (params === null || isFeasible(space, params)) return params;
  }
  return null;
}

function withDefaults(space: Space, drawn: Params, streams: StreamSource): Params | null {
  const params: Record<string, JsonValue> = {};
  let hasDefault = false;
  for (const p of space.parameters) {
    if (!isActive(p, params)) continue;
    hasDefault ||= p.default !== undefined;
    // A parameter that its parent's default makes active may have no value in the draw.
    const value = p.default === undefined ? drawn[p.name] : p.default;
    params[p.name] = value === undefined ? sampleValue(p, streams.stream(p.name)) : value;
  }
  return hasDefault ? params : null;
}
