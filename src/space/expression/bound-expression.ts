import { jsonEqual, jsonIndexOf } from "../json-equal.ts";
import { ABSENT, type Bound, type Box, FALSE, isAbsent, numberBound, rangeOf, TRUE, valuesOf } from "./bound.ts";
import { arithmeticInterval, callInterval, type Interval } from "./bound-arithmetic.ts";
import { compareNumbers, nearlyEqual } from "./compare-numbers.ts";
import type { CompareOperator, Expression } from "./expression.ts";

const NOTHING: Bound = { kind: "values", values: [], absent: true };

function truth(mask: number): Bound {
  return { kind: "truth", mask };
}

function maskOf(bound: Bound): number {
  if (bound.kind === "truth") return bound.mask;
  let mask = isAbsent(bound) ? ABSENT : 0;
  for (const value of valuesOf(bound) ?? [true, false]) mask |= value === true ? TRUE : FALSE;
  return mask;
}

function negateMask(mask: number): number {
  return (mask & ABSENT) | (mask & TRUE ? FALSE : 0) | (mask & FALSE ? TRUE : 0);
}

function boundNumbers(
  parts: readonly Expression[],
  box: Box,
  combine: (intervals: readonly Interval[]) => Interval,
): Bound {
  const intervals: Interval[] = [];
  let absent = false;
  for (const part of parts) {
    const bound = boundExpression(part, box);
    absent ||= isAbsent(bound);
    const range = rangeOf(bound);
    if (range === null) return NOTHING;
    intervals.push(range);
  }
  const { low, high } = combine(intervals);
  return numberBound(low, high, absent);
}

function equalMask(a: Bound, b: Bound): number {
  const left = valuesOf(a);
  const right = valuesOf(b);
  if (left !== null && right !== null) {
    let mask = 0;
    for (const x of left) {
      for (const y of right) {
        const same = typeof x === "number" && typeof y === "number" ? nearlyEqual(x, y) : jsonEqual(x, y);
        mask |= same ? TRUE : FALSE;
      }
      if (mask === (TRUE | FALSE)) break;
    }
    return mask;
  }
  const x = rangeOf(a);
  const y = rangeOf(b);
  if (x === null || y === null) return 0;
  const overlap = compareNumbers("<=", x.low, y.high) && compareNumbers(">=", x.high, y.low);
  return overlap ? TRUE | FALSE : FALSE;
}

function orderMask(operator: CompareOperator, a: Bound, b: Bound): number {
  const x = rangeOf(a);
  const y = rangeOf(b);
  if (x === null || y === null) return 0;
  const grows = operator === "<" || operator === "<=";
  const likely = grows ? compareNumbers(operator, x.low, y.high) : compareNumbers(operator, x.high, y.low);
  const surely = grows ? compareNumbers(operator, x.high, y.low) : compareNumbers(operator, x.low, y.high);
  return (likely ? TRUE : 0) | (surely ? 0 : FALSE);
}

function boundCompare(operator: CompareOperator, a: Bound, b: Bound): Bound {
  const absent = isAbsent(a) || isAbsent(b) ? ABSENT : 0;
  if (operator === "==") return truth(absent | equalMask(a, b));
  if (operator === "!=") return truth(absent | negateMask(equalMask(a, b)));
  return truth(absent | orderMask(operator, a, b));
}

function boundMembership(left: Bound, items: readonly Bound[]): Bound {
  const masks = items.map((item) => equalMask(left, item));
  const absent = isAbsent(left) ? ABSENT : 0;
  const known = valuesOf(left);
  if (known?.length === 0) return truth(absent);
  const lists = items.map(valuesOf);
  if (known !== null && lists.every((list) => list !== null)) {
    const all = lists.flat();
    const inside = known.filter((value) =>
      all.some((item) => maskOf(boundCompare("==", one(value), one(item))) & TRUE),
    );
    // An item that may be one of several values may also be another one.
    const sure = lists.every((list) => list.length === 1);
    return truth(absent | (inside.length > 0 ? TRUE : 0) | (sure && inside.length === known.length ? 0 : FALSE));
  }
  const surely = masks.some((mask) => mask === TRUE);
  return truth(absent | (masks.some((mask) => mask & TRUE) ? TRUE : 0) | (surely ? 0 : FALSE));
}

function one(value: Extract<Bound, { kind: "values" }>["values"][number]): Bound {
  return { kind: "values", values: [value], absent: false };
}

/** `and` of masks; `or` is the same on negated masks. */
function andMasks(masks: readonly number[]): number {
  let all = 0;
  if (masks.some((mask) => mask & FALSE)) all |= FALSE;
  if (masks.every((mask) => mask & TRUE)) all |= TRUE;
  if (masks.some((mask) => mask & ABSENT) && masks.every((mask) => mask & (TRUE | ABSENT))) all |= ABSENT;
  return all;
}

/** What the expression may be anywhere in the box; never less than the truth, sometimes more. */
export function boundExpression(expression: Expression, box: Box): Bound {
  switch (expression.kind) {
    case "value":
      return one(expression.value);
    case "name":
      return box(expression.name);
    case "list": {
      const values = expression.items.map((item) => valuesOf(boundExpression(item, box)));
      const known = values.every((list) => list?.length === 1);
      // Lists of moving parts are compared only by evaluating them.
      return known ? one(values.map((list) => list![0]!)) : numberBound(Number.NaN, Number.NaN, true);
    }
    case "opaque":
      return truth(TRUE | FALSE);
    case "rank": {
      const operand = boundExpression(expression.operand, box);
      const ranks = (valuesOf(operand) ?? []).map((value) => jsonIndexOf(expression.values, value));
      return { kind: "values", values: ranks, absent: isAbsent(operand) };
    }
    case "negate":
      return boundNumbers([expression.operand], box, ([x]) => ({ low: -x!.high, high: -x!.low }));
    case "not":
      return truth(negateMask(maskOf(boundExpression(expression.operand, box))));
    case "arithmetic":
      return boundNumbers([expression.left, expression.right], box, ([a, b]) =>
        arithmeticInterval(expression.operator, a!, b!),
      );
    case "compare":
      return boundCompare(
        expression.operator,
        boundExpression(expression.left, box),
        boundExpression(expression.right, box),
      );
    case "in":
      return boundMembership(
        boundExpression(expression.left, box),
        expression.items.map((item) => boundExpression(item, box)),
      );
    case "and":
      return truth(andMasks(expression.parts.map((part) => maskOf(boundExpression(part, box)))));
    case "or":
      return truth(
        negateMask(andMasks(expression.parts.map((part) => negateMask(maskOf(boundExpression(part, box)))))),
      );
    case "call":
      return boundNumbers(expression.args, box, (args) => callInterval(expression.name, args));
  }
}

/** Truths (bits TRUE, FALSE, ABSENT) a condition may have in the box. */
export function boundCondition(expression: Expression, box: Box): number {
  return maskOf(boundExpression(expression, box));
}
