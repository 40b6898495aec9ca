import type { JsonValue } from "./json.ts";
import { jsonIndexOf } from "./json-equal.ts";
import type { Parameter } from "./parameter.ts";

/**
 * The number a history column holds for a value: the number itself; for categorical and ordinal its index (-1 when it is none
 * of the values); boolean 0 or 1; fixed 0.
 */
export function encodeValue(p: Parameter, value: JsonValue): number {
  switch (p.type) {
    case "float":
    case "int":
      return typeof value === "number" ? value : Number.NaN;
    case "categorical":
      return jsonIndexOf(p.choices, value);
    case "ordinal":
      return jsonIndexOf(p.values, value);
    case "boolean":
      return value === true ? 1 : 0;
    case "fixed":
      return 0;
  }
}

/** Inverse of {@link encodeValue}; throws RangeError for an index that the parameter does not have. */
export function decodeValue(p: Parameter, code: number): JsonValue {
  switch (p.type) {
    case "float":
    case "int":
      return code;
    case "categorical":
    case "ordinal": {
      const value = (p.type === "categorical" ? p.choices : p.values)[code];
      if (value === undefined) throw new RangeError(`${p.name} has no value of index ${code}`);
      return value;
    }
    case "boolean":
      return code === 1;
    case "fixed":
      return p.value;
  }
}
