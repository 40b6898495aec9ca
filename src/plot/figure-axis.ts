import { encodeValue, isParameterValue, type JsonValue, type Parameter, toUnit } from "../space/index.ts";
import { type AxisTick, axisTicks } from "./axis-ticks.ts";

/** How a parameter's values lie along an axis of a figure, from 0 to 1. */
export interface FigureAxis {
  readonly name: string;
  /** The ends of a range, or null for a parameter of single values. */
  readonly range: { readonly low: number; readonly high: number; readonly scale: string } | null;
  /** The single values in order, as text; null for a range. */
  readonly values: readonly string[] | null;
  /** Round numbers along a range; empty for single values. */
  readonly ticks: readonly AxisTick[];
}

/** The axis of a parameter. */
export function figureAxis(parameter: Parameter): FigureAxis {
  const { name } = parameter;
  switch (parameter.type) {
    case "float":
    case "int": {
      const { low, high, scale } = parameter;
      return { name, range: { low, high, scale }, values: null, ticks: axisTicks(parameter) };
    }
    case "categorical":
      return { name, range: null, values: parameter.labels ?? parameter.choices.map(text), ticks: [] };
    case "ordinal":
      return { name, range: null, values: parameter.values.map(text), ticks: [] };
    case "boolean":
      return { name, range: null, values: ["false", "true"], ticks: [] };
    case "fixed":
      return { name, range: null, values: [text(parameter.value)], ticks: [] };
  }
}

/**
 * Where a value lies on its parameter's axis: from 0 to 1 in a range, the place in the list of single values; null for what the axis
 * does not hold.
 */
export function placeOnAxis(parameter: Parameter, value: JsonValue | undefined): number | null {
  if (value === undefined || !isParameterValue(parameter, value)) return null;
  return parameter.type === "float" || parameter.type === "int"
    ? toUnit(parameter, value)
    : encodeValue(parameter, value);
}

function text(value: JsonValue): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}
