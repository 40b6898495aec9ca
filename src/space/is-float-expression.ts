import type { Expression } from "./expression/expression.ts";
import { UNSIGNED } from "./number-text.ts";

const NUMBER = new RegExp(String.raw`-?\s*${UNSIGNED}`, "y");

/**
 * Whether the numbers of an expression are floats: a float takes part, or a function that makes one, and nothing rounds. A
 * quotient of whole numbers is none.
 *
 * @param text - what the expression was read from, in which `2.0` is told from `2`.
 */
export function isFloatExpression(expression: Expression, text: string, isFloat: (name: string) => boolean): boolean {
  const inner = (part: Expression): boolean => isFloatExpression(part, text, isFloat);
  switch (expression.kind) {
    case "value":
      NUMBER.lastIndex = expression.start;
      return typeof expression.value === "number" && /[.eE]/.test(NUMBER.exec(text)?.[0] ?? "");
    case "name":
      return isFloat(expression.name);
    case "negate":
      return inner(expression.operand);
    case "arithmetic":
      return inner(expression.left) || inner(expression.right);
    case "call":
      switch (expression.name) {
        case "min":
        case "max":
        case "sum":
        case "abs":
          return expression.args.some(inner);
        case "floor":
        case "ceil":
        case "round":
          return false;
        case "sqrt":
        case "exp":
        case "log":
        case "log2":
        case "log10":
          return true;
      }
  }
  return false;
}
