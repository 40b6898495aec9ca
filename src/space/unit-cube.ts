import type { JsonValue } from "./json.ts";
import { jsonIndexOf } from "./json-equal.ts";
import {
  gridBorder,
  gridIndex,
  gridSize,
  gridValue,
  type NumericParameter,
  shareOfValue,
  valueAtShare,
  zeroShare,
} from "./numeric-domain.ts";
import type { Parameter } from "./parameter.ts";
import { fromScale } from "./scale.ts";

function cell(u: number, size: number): number {
  return Math.min(size - 1, Math.max(0, Math.floor(u * size)));
}

function gridIndexAtShare(p: NumericParameter, t: number, size: number): number {
  if (p.scale === "linear") return cell(t, size);
  const low = gridBorder(p, 0, size);
  const high = gridBorder(p, size, size);
  return gridIndex(p, fromScale(p.scale, low * (1 - t) + high * t));
}

function shareOfGridIndex(p: NumericParameter, k: number, size: number): number {
  if (p.scale === "linear") return (k + 0.5) / size;
  const low = gridBorder(p, 0, size);
  const high = gridBorder(p, size, size);
  return ((gridBorder(p, k, size) + gridBorder(p, k + 1, size)) / 2 - low) / (high - low);
}

function numberFromUnit(p: NumericParameter, u: number): number {
  const zero = zeroShare(p);
  if (u < zero) return 0;
  const t = zero === 0 ? u : (u - zero) / (1 - zero);
  const size = gridSize(p);
  return size === null ? valueAtShare(p, t) : gridValue(p, gridIndexAtShare(p, t, size));
}

function numberToUnit(p: NumericParameter, x: number): number {
  const zero = zeroShare(p);
  if (zero > 0 && x === 0) return zero / 2;
  const size = gridSize(p);
  const t = size === null ? shareOfValue(p, x) : shareOfGridIndex(p, gridIndex(p, x), size);
  return zero + t * (1 - zero);
}

/**
 * The value at `u` in [0, 1]: the inverse distribution function of the uniform sample, so that an even spread of `u` gives an
 * even spread on the parameter's scale. Continuous ranges give exactly their bounds at 0 and 1; values with steps, choices and
 * booleans share [0, 1] in their order.
 */
export function fromUnit(p: Parameter, u: number): JsonValue {
  switch (p.type) {
    case "float":
    case "int":
      return numberFromUnit(p, u);
    case "categorical":
      return p.choices[cell(u, p.choices.length)]!;
    case "ordinal":
      return p.values[cell(u, p.values.length)]!;
    case "boolean":
      return u >= 0.5;
    case "fixed":
      return p.value;
  }
}

/** The place in [0, 1] of a value: `fromUnit(p, toUnit(p, value))` is the value; single values lie in the middle of their share. */
export function toUnit(p: Parameter, value: JsonValue): number {
  switch (p.type) {
    case "float":
    case "int":
      return numberToUnit(p, Number(value));
    case "categorical":
      return (jsonIndexOf(p.choices, value) + 0.5) / p.choices.length;
    case "ordinal":
      return (jsonIndexOf(p.values, value) + 0.5) / p.values.length;
    case "boolean":
      return value === true ? 0.75 : 0.25;
    case "fixed":
      return 0.5;
  }
}
