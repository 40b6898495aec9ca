import { isActive } from "./conditions.ts";
import type { JsonValue, Params } from "./json.ts";
import type { Space } from "./space.ts";

/** The configuration of all defaults, or null when a parameter that is active in it has none. */
export function defaultParams(space: Space): Params | null {
  const params: Record<string, JsonValue> = {};
  for (const parameter of space.parameters) {
    if (!isActive(parameter, params)) continue;
    const value = parameter.type === "fixed" ? parameter.value : parameter.default;
    if (value === undefined) return null;
    params[parameter.name] = value;
  }
  return params;
}
