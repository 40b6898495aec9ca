import { parameterProblem } from "../../space/check-parameter.ts";
import { gridSize, gridValue, type NumericParameter } from "../../space/numeric-domain.ts";
import type { OrdinalParameter, Parameter } from "../../space/parameter.ts";
import { stepValue } from "../../space/step-grid.ts";

/** Which end of a range. */
export type RangeSide = "low" | "high";

/** Ranges on the logarithm that span this factor grow by a decade, narrower ones by the root of what they span. */
const WIDE_RATIO = 100;
const DECADE = 10;
/** Of whole numbers on the logarithm, which are powers of two more often than not. */
const WHOLE_FACTOR = 4;
const DIGITS = 12;

/**
 * The parameter with a range that goes on beyond one of its ends; null where nothing lies beyond that a program would likely take:
 * below 0, below a count of 1, above a share of 1, or beyond ordinal values that follow no rule.
 */
export function widerParameter(parameter: Parameter, side: RangeSide): Parameter | null {
  const wider = widened(parameter, side);
  return wider === null || parameterProblem(wider) !== null ? null : wider;
}

function widened(parameter: Parameter, side: RangeSide): Parameter | null {
  if (parameter.type === "ordinal") return longerOrdinal(parameter, side);
  if (parameter.type !== "float" && parameter.type !== "int") return null;
  const target = side === "low" ? lowerTarget(parameter) : higherTarget(parameter);
  if (target === null) return null;
  const bound = parameter.step === null ? target : steppedBound(parameter, side, target);
  return bound === null || bound === parameter[side] ? null : { ...parameter, [side]: bound };
}

function lowerTarget({ type, scale, low, high }: NumericParameter): number | null {
  const span = high - low;
  if (low === 0 || (type === "int" && low === 1)) return null;
  if (type === "int") {
    const target = scale === "log" ? Math.floor(low / WHOLE_FACTOR) : low - Math.ceil(span / 2);
    return low > 1 ? Math.max(1, target) : target;
  }
  if (scale === "log") return logTarget(low, high, "low");
  if (scale === "logit") return exact(low / DECADE);
  const target = scale === "reverse-log" ? exact(low - (1 - low)) : outward(low - span / 2, span, "low");
  return low > 0 ? Math.max(0, target) : target;
}

function higherTarget({ type, scale, low, high }: NumericParameter): number | null {
  const span = high - low;
  if (high === 0 || (high === 1 && low >= 0 && scale === "linear")) return null;
  if (type === "int") {
    const target = scale === "log" ? high * WHOLE_FACTOR : high + Math.ceil(span / 2);
    return high < 0 ? Math.min(0, target) : target;
  }
  if (scale === "log") return logTarget(low, high, "high");
  if (scale === "logit" || scale === "reverse-log") return exact(1 - (1 - high) / DECADE);
  const target = outward(high + span / 2, span, "high");
  // A share stays below 1, which few of them can be.
  if (low >= 0 && high < 1) return Math.min(target, exact((1 + high) / 2));
  return high < 0 ? Math.min(0, target) : target;
}

function logTarget(low: number, high: number, side: RangeSide): number {
  const ratio = high / low;
  const factor = ratio >= WIDE_RATIO ? DECADE : Math.max(2, Math.sqrt(ratio));
  const target = side === "low" ? low / factor : high * factor;
  return factor === DECADE ? exact(target) : outward(target, target, side);
}

/** Rounded away from the range, to a tenth of the magnitude of `size`. */
function outward(value: number, size: number, side: RangeSide): number {
  const unit = Number(`1e${Number(size.toExponential().split("e")[1]) - 1}`);
  const count = value / unit;
  return exact((side === "low" ? Math.floor(count + 1e-9) : Math.ceil(count - 1e-9)) * unit);
}

/** Without what a division or multiplication left in the last digits. */
function exact(value: number): number {
  return Number(value.toPrecision(DIGITS));
}

/** A bound on the grid of the steps, so that the values so far stay allowed. */
function steppedBound(parameter: NumericParameter, side: RangeSide, target: number): number | null {
  const step = parameter.step ?? 1;
  if (side === "high") {
    const size = gridSize(parameter)!;
    const more = Math.max(1, Math.floor((target - gridValue(parameter, size - 1)) / step + 1e-9));
    return stepValue(parameter.low, step, size - 1 + more);
  }
  const { low } = parameter;
  const more = Math.floor((low - target) / step + 1e-9);
  return more < 1 ? null : -stepValue(-low, step, more);
}

/** Numbers that follow each other by one factor, or one difference, go on by it. */
function longerOrdinal(parameter: OrdinalParameter, side: RangeSide): OrdinalParameter | null {
  const { values } = parameter;
  if (values.length < 3 || !values.every((value) => typeof value === "number")) return null;
  const numbers = values as readonly number[];
  const outer = side === "low" ? numbers : numbers.toReversed();
  const [first, second] = [outer[0]!, outer[1]!];
  const next = continues(outer, (a, b) => a / b) ? first * (first / second) : null;
  const value = next ?? (continues(outer, (a, b) => a - b) ? first + (first - second) : null);
  if (value === null || !Number.isFinite(value) || value <= 0) return null;
  if (numbers.every(Number.isInteger) && !Number.isInteger(exact(value))) return null;
  return { ...parameter, values: side === "low" ? [exact(value), ...values] : [...values, exact(value)] };
}

function continues(numbers: readonly number[], relation: (a: number, b: number) => number): boolean {
  const all = numbers.slice(1).map((value, place) => exact(relation(numbers[place]!, value)));
  return all.every((one) => Number.isFinite(one) && one === all[0]);
}
