import type { JsonValue, Params } from "../../space/json.ts";
import { jsonIndexOf } from "../../space/json-equal.ts";
import { gridSize, gridValue, type NumericParameter, shareOfValue } from "../../space/numeric-domain.ts";
import type { Parameter } from "../../space/parameter.ts";
import type { Space } from "../../space/space.ts";
import { type RangeSide, widerParameter } from "./wider-parameter.ts";

/** A value that lies at an end of its parameter's range, so that better ones may lie beyond. */
export interface EdgeValue {
  readonly parameter: string;
  readonly value: JsonValue;
  readonly side: RangeSide;
  /** The end itself: the value, or one close by. */
  readonly bound: JsonValue;
  /** Whether the values are a list in order, of which nobody knows how it goes on, rather than a range. */
  readonly listed: boolean;
  /** The parameter with a range that goes on there, for `attune space edit --set`; null where the end is likely a natural bound. */
  readonly wider: Parameter | null;
}

/** Share of a range, on the parameter's own scale, that counts as its end. */
export const NEAR = 0.02;
/** A range of two values has nothing but ends. */
const FEWEST_VALUES = 3;

/** The values of a configuration that lie at an end of their range, in the order of the space. Choices without order have no ends. */
export function winnerEdges(space: Space, params: Params): readonly EdgeValue[] {
  return space.parameters.flatMap((parameter) => {
    const value = Object.hasOwn(params, parameter.name) ? params[parameter.name]! : null;
    const end = value === null ? null : endOf(parameter, value);
    if (value === null || end === null) return [];
    return [{ parameter: parameter.name, value, ...end, wider: widerParameter(parameter, end.side) }];
  });
}

type End = Pick<EdgeValue, "side" | "bound" | "listed">;

function endOf(parameter: Parameter, value: JsonValue): End | null {
  switch (parameter.type) {
    case "float":
    case "int":
      return typeof value === "number" ? endOfRange(parameter, value) : null;
    case "ordinal": {
      const { values } = parameter;
      const place = jsonIndexOf(values, value);
      if (values.length < FEWEST_VALUES || (place !== 0 && place !== values.length - 1)) return null;
      return { side: place === 0 ? "low" : "high", bound: value, listed: true };
    }
    case "categorical":
    case "boolean":
    case "fixed":
      return null;
  }
}

function endOfRange(parameter: NumericParameter, value: number): End | null {
  const { low } = parameter;
  const size = gridSize(parameter);
  const high = size === null ? parameter.high : gridValue(parameter, size - 1);
  // An exact zero besides a range has nothing beyond; after an edit of the space a value may lie outside.
  if (value < low || value > high || (size !== null && size < FEWEST_VALUES)) return null;
  const share = shareOfValue({ ...parameter, high }, value);
  if (share <= NEAR) return { side: "low", bound: low, listed: false };
  return share >= 1 - NEAR ? { side: "high", bound: high, listed: false } : null;
}
