import { AttuneError } from "../errors.ts";
import type { JsonValue } from "./json.ts";
import { gridIndex, gridSize, gridValue, type NumericParameter, shareOfValue, valueAtShare } from "./numeric-domain.ts";
import type { Parameter } from "./parameter.ts";
import { finiteValues } from "./parameter-value.ts";

const DEFAULT_POINTS = 5;
const MOST_VALUES = 100_000;

/** 0.001 and not 0.0010000000000000002: twelve digits are plenty for a grid. The bounds stay as they are. */
function roundInside(p: NumericParameter, x: number): number {
  if (x === p.low || x === p.high) return x;
  return Math.min(p.high, Math.max(p.low, Number(x.toPrecision(12))));
}

function evenValues(p: NumericParameter, points: number): readonly number[] {
  const stepped = gridSize(p) !== null;
  const values: number[] = [];
  const last = stepped ? gridValue(p, gridIndex(p, p.high)) : p.high;
  const end = shareOfValue(p, last);
  for (let i = 0; i < points; i++) {
    const x = valueAtShare(p, points === 1 ? end / 2 : i === points - 1 ? end : (end * i) / (points - 1));
    const value = stepped ? gridValue(p, gridIndex(p, x)) : roundInside(p, x);
    if (!values.includes(value)) values.push(value);
  }
  return values;
}

/**
 * The values a grid takes of one parameter: all of them where they can be counted, 5 for a float without step, ends included
 * and even on its scale. `points` asks for that many even values of a number instead (fewer where steps are that wide).
 */
export function enumerateAxis(p: Parameter, points?: number): readonly JsonValue[] {
  if (p.type !== "float" && p.type !== "int") {
    if (points === undefined) return finiteValues(p, Number.POSITIVE_INFINITY)!;
    const advice = "points are given for floats and ints only; every other type takes all of its values";
    throw new AttuneError(
      "invalid-argument",
      `${p.name} is ${p.type}, but ${points} points were asked for; ${advice}.`,
    );
  }
  if (points !== undefined && !(Number.isInteger(points) && points >= 1 && points <= MOST_VALUES)) {
    const advice = `give a whole number from 1 to ${MOST_VALUES}`;
    throw new AttuneError("invalid-argument", `${points} points of ${p.name} were asked for; ${advice}.`);
  }
  const zero = p.type === "float" && p.orZero ? [0] : [];
  if (points !== undefined) return [...zero, ...evenValues(p, points)];
  if (gridSize(p) === null) return [...zero, ...evenValues(p, DEFAULT_POINTS)];
  const all = finiteValues(p, MOST_VALUES);
  if (all !== null) return all;
  const advice = `a grid takes at most ${MOST_VALUES} of one parameter; ask for fewer with points`;
  throw new AttuneError("invalid-argument", `${p.name} has ${gridSize(p)} values; ${advice}.`);
}
