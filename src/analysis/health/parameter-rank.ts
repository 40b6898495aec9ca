import type { JsonValue } from "../../space/json.ts";
import { jsonIndexOf } from "../../space/json-equal.ts";
import type { Parameter } from "../../space/parameter.ts";

/** True of parameters whose values have an order. */
export function isOrdered(type: Parameter["type"]): boolean {
  return type === "float" || type === "int" || type === "ordinal";
}

/** Place of a value in the order of its parameter, or among its choices. */
export function rankOf(parameter: Parameter, value: JsonValue): number {
  if (parameter.type === "ordinal") return jsonIndexOf(parameter.values, value);
  return parameter.type === "categorical" ? jsonIndexOf(parameter.choices, value) : Number(value);
}
