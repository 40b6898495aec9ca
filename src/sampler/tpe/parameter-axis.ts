import { decodeValue } from "../../space/encode-value.ts";
import type { JsonValue } from "../../space/json.ts";
import { gridBorder, gridIndex, gridSize, type NumericParameter, zeroShare } from "../../space/numeric-domain.ts";
import type { Parameter } from "../../space/parameter.ts";
import { fromUnit, toUnit } from "../../space/unit-cube.ts";
import type { ParzenAxis } from "../../surrogate/parzen/parzen-axis.ts";
import type { ParzenPoints } from "../../surrogate/parzen/parzen-points.ts";

/** How one parameter lies on an axis of a density. */
export class ParameterAxis {
  readonly parameter: Parameter;
  readonly axis: ParzenAxis;

  constructor(parameter: Parameter) {
    this.parameter = parameter;
    this.axis = axisOf(parameter);
  }

  /** The place on the axis of a value as history columns hold it; NaN when inactive or not a value of this parameter. */
  encode(code: number): number {
    const { parameter, axis } = this;
    if (Number.isNaN(code)) return Number.NaN;
    if (parameter.type === "float" || parameter.type === "int") return toUnit(parameter, code);
    const size = axis.type === "choice" ? axis.size : sizeOf(parameter);
    if (!Number.isInteger(code) || code < 0 || code >= size) return Number.NaN;
    return axis.type === "choice" ? code : (code + 0.5) / size;
  }

  /** Moves a sampled place to that of the value it means, with the borders of its cell. */
  settle(points: ParzenPoints, at: number): void {
    if (this.axis.type !== "cells") return;
    const value = fromUnit(this.parameter, points.values[at]!);
    points.values[at] = toUnit(this.parameter, value);
    const [lower, upper] = cellOf(this.parameter, value, points.values[at]!);
    points.lower[at] = lower;
    points.upper[at] = upper;
  }

  value(place: number): JsonValue {
    return this.axis.type === "choice" ? decodeValue(this.parameter, place) : fromUnit(this.parameter, place);
  }
}

function axisOf(parameter: Parameter): ParzenAxis {
  switch (parameter.type) {
    case "float":
      return { type: parameter.step === null ? "continuous" : "cells" };
    case "int":
    case "ordinal":
      return { type: "cells" };
    default:
      return { type: "choice", size: sizeOf(parameter) };
  }
}

function sizeOf(parameter: Parameter): number {
  switch (parameter.type) {
    case "categorical":
      return parameter.choices.length;
    case "ordinal":
      return parameter.values.length;
    case "boolean":
      return 2;
    default:
      return 1;
  }
}

function cellOf(parameter: Parameter, value: JsonValue, middle: number): readonly [number, number] {
  if (parameter.type !== "float" && parameter.type !== "int") {
    const half = 0.5 / sizeOf(parameter);
    return [middle - half, middle + half];
  }
  const zero = zeroShare(parameter);
  if (zero > 0 && value === 0) return [0, zero];
  const size = gridSize(parameter)!;
  const index = gridIndex(parameter, Number(value));
  const place = (border: number): number => zero + (1 - zero) * border;
  return [place(borderShare(parameter, index, size)), place(borderShare(parameter, index + 1, size))];
}

/** Place in [0, 1] of the border below the k-th of `size` values. */
function borderShare(parameter: NumericParameter, k: number, size: number): number {
  if (parameter.scale === "linear") return k / size;
  const low = gridBorder(parameter, 0, size);
  return (gridBorder(parameter, k, size) - low) / (gridBorder(parameter, size, size) - low);
}
