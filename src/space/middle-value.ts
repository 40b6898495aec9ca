import type { JsonValue } from "./json.ts";
import type { Parameter } from "./parameter.ts";
import { fromUnit } from "./unit-cube.ts";

/** A value to begin with where none is known: the middle of a range on its own scale, the first of choices, false. */
export function middleValue(p: Parameter): JsonValue {
  switch (p.type) {
    case "fixed":
      return p.value;
    case "categorical":
      return p.choices[0]!;
    case "boolean":
      return false;
    case "float":
    case "int":
    case "ordinal":
      return fromUnit(p, 0.5);
  }
}
