import type { JsonValue } from "../json.ts";
import type { Parameter } from "../parameter.ts";

export type ValueType = "number" | "boolean" | "text" | "other";

/** What an expression may know of a name. */
export interface Variable {
  readonly types: ReadonlySet<ValueType>;
  /** All its values, where comparing with another one must be a mistake; null where they are not listed. */
  readonly values: readonly JsonValue[] | null;
  /** True when `values` have an order of their own, in which `<` compares. */
  readonly ordered: boolean;
}

export function typeOfValue(value: JsonValue): ValueType {
  if (typeof value === "number") return "number";
  if (typeof value === "boolean") return "boolean";
  return typeof value === "string" ? "text" : "other";
}

function listed(values: readonly JsonValue[], ordered: boolean): Variable {
  const types = new Set(values.map(typeOfValue));
  return { types, values, ordered: ordered && (types.size > 1 || !types.has("number")) };
}

/** A variable for a parameter's values. */
export function variableOf(p: Parameter): Variable {
  switch (p.type) {
    case "float":
    case "int":
      return { types: new Set(["number"]), values: null, ordered: false };
    case "categorical":
      return listed(p.choices, false);
    case "ordinal":
      return listed(p.values, true);
    case "boolean":
      return { types: new Set(["boolean"]), values: null, ordered: false };
    case "fixed":
      return { types: new Set([typeOfValue(p.value)]), values: null, ordered: false };
  }
}
