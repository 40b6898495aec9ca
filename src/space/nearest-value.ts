import type { JsonValue } from "./json.ts";
import { gridIndex, gridValue } from "./numeric-domain.ts";
import type { Parameter } from "./parameter.ts";
import { isParameterValue } from "./parameter-value.ts";

/** The value itself when it is allowed, else the nearest allowed number; undefined when there is no such thing. */
export function nearestValue(p: Parameter, value: JsonValue): JsonValue | undefined {
  if (isParameterValue(p, value)) return value;
  if ((p.type !== "float" && p.type !== "int") || typeof value !== "number" || Number.isNaN(value)) return undefined;
  if (p.type === "float" && p.orZero && value < p.low / 2) return 0;
  const clipped = Math.min(p.high, Math.max(p.low, value));
  return p.step === null ? clipped : gridValue(p, gridIndex(p, clipped));
}
