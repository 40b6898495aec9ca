import type { JsonValue } from "./json.ts";
import { jsonEqual, jsonIndexOf } from "./json-equal.ts";
import { gridIndex, gridValue, type NumericParameter } from "./numeric-domain.ts";
import type { Parameter } from "./parameter.ts";

const LONGEST_LIST = 12;

/** Values in words: `a, b, c and 4 more`. */
export function listValues(values: readonly JsonValue[]): string {
  const shown = values.slice(0, LONGEST_LIST).map((value) => JSON.stringify(value));
  if (values.length > LONGEST_LIST) return `${shown.join(", ")} and ${values.length - LONGEST_LIST} more`;
  return shown.join(", ");
}

/** The values a parameter may take, in words that follow "allowed: ". */
export function describeValues(p: Parameter): string {
  switch (p.type) {
    case "float":
    case "int": {
      const kind = p.type === "int" ? "whole numbers" : "numbers";
      const step = p.step === null || (p.type === "int" && p.step === 1) ? "" : ` in steps of ${p.step}`;
      return `${p.type === "float" && p.orZero ? "0 and " : ""}${kind} from ${p.low} to ${p.high}${step}`;
    }
    case "categorical":
      return listValues(p.choices);
    case "ordinal":
      return listValues(p.values);
    case "boolean":
      return "true, false";
    case "fixed":
      return `only ${JSON.stringify(p.value)}`;
  }
}

function isNumericValue(p: NumericParameter, value: JsonValue): boolean {
  if (typeof value !== "number" || !Number.isFinite(value)) return false;
  if (p.type === "float" && p.orZero && value === 0) return true;
  if (p.type === "int" && !Number.isSafeInteger(value)) return false;
  if (value < p.low || value > p.high) {
    if (p.type === "int" || p.step === null) return false;
  }
  if (p.step === null) return true;
  const nearest = gridValue(p, gridIndex(p, value));
  return p.type === "int" ? nearest === value : Math.abs(nearest - value) <= 1e-9 * p.step;
}

/** True when the parameter may take this value. With a step, a value off by rounding only (1e-9 steps) is taken. */
export function isParameterValue(p: Parameter, value: JsonValue): boolean {
  switch (p.type) {
    case "float":
    case "int":
      return isNumericValue(p, value);
    case "categorical":
      return jsonIndexOf(p.choices, value) >= 0;
    case "ordinal":
      return jsonIndexOf(p.values, value) >= 0;
    case "boolean":
      return typeof value === "boolean";
    case "fixed":
      return jsonEqual(p.value, value);
  }
}

/** All values of a parameter that has at most `limit` of them, in order; null otherwise. */
export function finiteValues(p: Parameter, limit: number): readonly JsonValue[] | null {
  switch (p.type) {
    case "float":
    case "int": {
      if (p.step === null) return null;
      const size = gridIndex(p, Number.POSITIVE_INFINITY) + 1;
      if (size > limit) return null;
      const values = Array.from({ length: size }, (_, k) => gridValue(p, k));
      return p.type === "float" && p.orZero ? [0, ...values] : values;
    }
    case "categorical":
      return p.choices.length > limit ? null : p.choices;
    case "ordinal":
      return p.values.length > limit ? null : p.values;
    case "boolean":
      return [false, true];
    case "fixed":
      return [p.value];
  }
}
