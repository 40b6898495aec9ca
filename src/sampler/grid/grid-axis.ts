import { encodeValue } from "../../space/encode-value.ts";
import { enumerateAxis } from "../../space/enumerate-axis.ts";
import type { JsonValue } from "../../space/json.ts";
import { gridIndex, gridSize, gridValue, type NumericParameter } from "../../space/numeric-domain.ts";
import type { Parameter } from "../../space/parameter.ts";

/** The values that one parameter takes in a grid, by their place (digit) from 0; a long integer range is never listed. */
export class GridAxis {
  readonly size: number;
  readonly #parameter: Parameter;
  /** Null for a parameter with a step taken whole. */
  readonly #values: readonly JsonValue[] | null;
  readonly #digits = new Map<number, number>();

  /** `points`: how many values of a numeric parameter, or undefined for all (with a step) or five (without). */
  constructor(parameter: Parameter, points: number | undefined) {
    this.#parameter = parameter;
    if (points === undefined && isStepped(parameter)) {
      this.#values = null;
      this.size = gridSize(parameter)!;
      return;
    }
    this.#values = enumerateAxis(parameter, points);
    this.size = this.#values.length;
    for (const [digit, value] of this.#values.entries()) this.#digits.set(this.column(value), digit);
  }

  value(digit: number): JsonValue {
    return this.#values === null ? gridValue(this.#parameter as NumericParameter, digit) : this.#values[digit]!;
  }

  /** A value as history columns hold it; NaN for undefined. */
  column(value: JsonValue | undefined): number {
    return value === undefined ? Number.NaN : encodeValue(this.#parameter, value);
  }

  /** The digit of a value given as a column holds it, or -1 when the axis does not have it. */
  digit(column: number): number {
    if (this.#parameter.type === "fixed") return 0;
    if (this.#values !== null) return this.#digits.get(column) ?? -1;
    if (Number.isNaN(column)) return -1;
    const parameter = this.#parameter as NumericParameter;
    const digit = gridIndex(parameter, column);
    return Math.abs(gridValue(parameter, digit) - column) <= 1e-9 * parameter.step! ? digit : -1;
  }
}

function isStepped(parameter: Parameter): parameter is NumericParameter {
  return parameter.type === "int" || (parameter.type === "float" && parameter.step !== null && !parameter.orZero);
}
