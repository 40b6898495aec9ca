import type { Scale } from "../parameter.ts";

const COMMON = ["type", "default", "unit", "description", "when"];
const NUMERIC = ["low", "high", "log", "scale", "step", "about", "prior", "fidelity"];

/** The fields of each kind of definition. */
export const FIELDS = {
  float: [...NUMERIC, "orZero", ...COMMON],
  int: [...NUMERIC, ...COMMON],
  categorical: ["choice", "choices", "labels", ...COMMON],
  ordinal: ["ordinal", "values", ...COMMON],
  boolean: COMMON,
  fixed: ["fixed", "value", ...COMMON],
  oneOf: ["oneOf", ...COMMON],
  repeat: ["repeat", "parameters"],
  derived: ["derived", "type", "unit", "description"],
} as const;

export type Kind = keyof typeof FIELDS;

export const KINDS = Object.keys(FIELDS) as readonly Kind[];
/** Other words for types. */
export const SHORT_TYPES: Readonly<Record<string, Kind>> = {
  choice: "categorical",
  bool: "boolean",
  integer: "int",
  number: "float",
  constant: "fixed",
};
export const SCALES: readonly Scale[] = ["linear", "log", "logit", "reverse-log"];
