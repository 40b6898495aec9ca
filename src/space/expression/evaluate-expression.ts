import type { JsonValue } from "../json.ts";
import { jsonEqual, jsonIndexOf } from "../json-equal.ts";
import { arithmetic, callFunction } from "./arithmetic.ts";
import { compareNumbers } from "./compare-numbers.ts";
import type { Expression } from "./expression.ts";

type Values = Readonly<Record<string, JsonValue>>;

/** Undefined: a name it needs has no value (an inactive parameter), so that the expression says nothing. */
export type Evaluate = (values: Values) => JsonValue | undefined;

function areEqual(a: JsonValue, b: JsonValue): boolean {
  return typeof a === "number" && typeof b === "number" ? compareNumbers("==", a, b) : jsonEqual(a, b);
}

function compileNumbers(parts: readonly Expression[], combine: (numbers: readonly number[]) => JsonValue): Evaluate {
  const compiled = parts.map(compileExpression);
  return (values) => {
    const numbers: number[] = [];
    for (const part of compiled) {
      const value = part(values);
      if (typeof value !== "number") return undefined;
      numbers.push(value);
    }
    return combine(numbers);
  };
}

/** `stop` decides at once; otherwise a part that says nothing makes the whole say nothing. */
function compileJunction(parts: readonly Expression[], stop: boolean): Evaluate {
  const compiled = parts.map(compileExpression);
  return (values) => {
    let unknown = false;
    for (const part of compiled) {
      const value = part(values);
      if (value === stop) return stop;
      if (value === undefined) unknown = true;
    }
    return unknown ? undefined : !stop;
  };
}

function compileArithmetic(expression: Extract<Expression, { kind: "arithmetic" }>): Evaluate {
  const { operator } = expression;
  const left = compileExpression(expression.left);
  const right = compileExpression(expression.right);
  return (values) => {
    const a = left(values);
    const b = right(values);
    return typeof a === "number" && typeof b === "number" ? arithmetic(operator, a, b) : undefined;
  };
}

function compileCompare(expression: Extract<Expression, { kind: "compare" }>): Evaluate {
  const { operator } = expression;
  const left = compileExpression(expression.left);
  const right = compileExpression(expression.right);
  return (values) => {
    const a = left(values);
    const b = right(values);
    if (a === undefined || b === undefined) return undefined;
    if (typeof a === "number" && typeof b === "number") return compareNumbers(operator, a, b);
    if (operator === "==") return jsonEqual(a, b);
    if (operator === "!=") return !jsonEqual(a, b);
    return undefined;
  };
}

/**
 * A function that gives an expression's value. Whether types fit has been checked before; a part whose names have no value says
 * nothing: `and`, `or` and `not` then follow the rest (false and nothing is false, true and nothing is nothing).
 */
export function compileExpression(expression: Expression): Evaluate {
  switch (expression.kind) {
    case "value": {
      const { value } = expression;
      return () => value;
    }
    case "name": {
      const { name } = expression;
      return (values) => (Object.hasOwn(values, name) ? values[name] : undefined);
    }
    case "list": {
      const items = expression.items.map(compileExpression);
      return (values) => {
        const list = items.map((item) => item(values));
        return list.includes(undefined) ? undefined : (list as JsonValue[]);
      };
    }
    case "opaque":
      return expression.holds;
    case "rank": {
      const operand = compileExpression(expression.operand);
      return (values) => {
        const value = operand(values);
        return value === undefined ? undefined : jsonIndexOf(expression.values, value);
      };
    }
    case "negate":
      return compileNumbers([expression.operand], ([x]) => -x!);
    case "not": {
      const operand = compileExpression(expression.operand);
      return (values) => {
        const value = operand(values);
        return value === undefined ? undefined : value !== true;
      };
    }
    case "arithmetic":
      return compileArithmetic(expression);
    case "compare":
      return compileCompare(expression);
    case "in": {
      const left = compileExpression(expression.left);
      const items = expression.items.map(compileExpression);
      return (values) => {
        const value = left(values);
        if (value === undefined) return undefined;
        return items.some((item) => {
          const other = item(values);
          return other !== undefined && areEqual(value, other);
        });
      };
    }
    case "and":
      return compileJunction(expression.parts, false);
    case "or":
      return compileJunction(expression.parts, true);
    case "call": {
      const { name } = expression;
      return compileNumbers(expression.args, (numbers) => callFunction(name, numbers));
    }
  }
}
