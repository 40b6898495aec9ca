import type { RandomStream } from "../numeric/random/stream-source.ts";
import { activeParameters } from "./conditions.ts";
import type { JsonValue, Params } from "./json.ts";
import { jsonEqual } from "./json-equal.ts";
import { gridIndex, gridSize, gridValue, type NumericParameter } from "./numeric-domain.ts";
import type { Parameter } from "./parameter.ts";
import { finiteValues } from "./parameter-value.ts";
import { settleParams } from "./settle-params.ts";
import type { Space } from "./space.ts";
import { fromUnit, toUnit } from "./unit-cube.ts";

const SPREAD = 0.2;
const MOST_TRIES = 50;

function isMovable(p: Parameter): boolean {
  return p.type !== "fixed" && (finiteValues(p, 1)?.length ?? 2) > 1;
}

function moveNumber(p: NumericParameter, value: JsonValue, stream: RandomStream): JsonValue {
  const u = toUnit(p, value) + SPREAD * stream.normal();
  const moved = fromUnit(p, Math.min(1, Math.max(0, u < 0 ? -u : u > 1 ? 2 - u : u)));
  const size = gridSize(p);
  if (moved !== value || size === null) return moved;
  const k = gridIndex(p, Number(value));
  const next = stream.int(2) === 0 ? k - 1 : k + 1;
  return gridValue(p, next < 0 ? 1 : next >= size ? size - 2 : next);
}

function moveValue(p: Parameter, value: JsonValue, stream: RandomStream): JsonValue {
  if (p.type === "float" || p.type === "int") return moveNumber(p, value, stream);
  const values = finiteValues(p, Number.POSITIVE_INFINITY)!;
  const at = values.findIndex((other) => jsonEqual(other, value));
  if (p.type !== "ordinal") return values[(at + 1 + stream.int(values.length - 1)) % values.length]!;
  if (at === 0 || at === values.length - 1) return values[at === 0 ? 1 : at - 1]!;
  return values[stream.int(2) === 0 ? at - 1 : at + 1]!;
}

/**
 * A valid configuration that differs in one parameter (and what depends on it): numbers move by about a fifth of their scale,
 * ordinals by one place, choices to any other value; parameters that become active are drawn. Null when 50 tries find none.
 */
export function neighbour(space: Space, params: Params, stream: RandomStream): Params | null {
  const movable = activeParameters(space, params).filter(isMovable);
  if (movable.length === 0) return null;
  for (let n = 0; n < MOST_TRIES; n++) {
    const p = movable[stream.int(movable.length)]!;
    const moved = settleParams(space, { ...params, [p.name]: moveValue(p, params[p.name]!, stream) }, () => stream);
    if (moved !== null && !jsonEqual(moved, params)) return moved;
  }
  return null;
}
