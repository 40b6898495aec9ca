import type { Expression } from "../space/expression/expression.ts";
import { parseExpression } from "../space/expression/parse-expression.ts";
import { metricOfName } from "./limit.ts";

/** Which way a value goes while a trial runs on: 1 up, -1 down, 0 not at all; null where that is not known. */
type Trend = 1 | 0 | -1 | null;

/**
 * Of each comparison of a limit, by place, whether what it is broken by can only become more while a trial runs on, the metrics `grows` growing: then it is
 * broken for good once it is broken. Parameters stay as they are; nothing is known of other metrics.
 */
export function worseningComparisons(text: string, grows: ReadonlySet<string>): readonly boolean[] {
  const found: boolean[] = [];
  const walk = (expression: Expression): void => {
    if (expression.kind === "and" || expression.kind === "or") for (const part of expression.parts) walk(part);
    if (expression.kind !== "compare") return;
    const { operator, left, right } = expression;
    const difference = joined(trendOf(left, grows), turned(trendOf(right, grows)));
    const excess = operator.startsWith("<") ? difference : operator.startsWith(">") ? turned(difference) : null;
    found.push(excess === 1);
  };
  walk(parseExpression({ text, subject: "The limit", position: null, tolerances: true }));
  return found;
}

function trendOf(expression: Expression, grows: ReadonlySet<string>): Trend {
  switch (expression.kind) {
    case "value":
      return 0;
    case "name": {
      const metric = metricOfName(expression.name);
      if (metric === null) return 0;
      return grows.has(metric) ? 1 : null;
    }
    case "negate":
      return turned(trendOf(expression.operand, grows));
    case "arithmetic":
      return arithmeticTrend(expression, grows);
    case "call": {
      const trends = expression.args.map((part) => trendOf(part, grows));
      if (trends.every((trend) => trend === 0)) return 0;
      // All of the others never fall when what they are made of does not.
      return expression.name === "abs" ? null : trends.reduce(joined, 0);
    }
    default:
      return null;
  }
}

function arithmeticTrend(
  { operator, left, right }: Extract<Expression, { kind: "arithmetic" }>,
  grows: ReadonlySet<string>,
): Trend {
  const [a, b] = [trendOf(left, grows), trendOf(right, grows)];
  if (a === 0 && b === 0) return 0;
  if (operator === "+") return joined(a, b);
  if (operator === "-") return joined(a, turned(b));
  // By a number alone, of which the sign is known.
  if (operator === "*") return b === 0 ? scaled(a, signOf(right)) : a === 0 ? scaled(b, signOf(left)) : null;
  return operator === "/" && b === 0 ? scaled(a, signOf(right)) : null;
}

function joined(a: Trend, b: Trend): Trend {
  if (a === null || b === null) return null;
  if (a === 0 || b === 0 || a === b) return a === 0 ? b : a;
  return null;
}

function turned(trend: Trend): Trend {
  return trend === null || trend === 0 ? trend : trend === 1 ? -1 : 1;
}

function scaled(trend: Trend, sign: 1 | -1 | null): Trend {
  return sign === null ? null : sign === 1 ? trend : turned(trend);
}

function signOf(expression: Expression): 1 | -1 | null {
  if (expression.kind === "negate") {
    const sign = signOf(expression.operand);
    return sign === null ? null : sign === 1 ? -1 : 1;
  }
  if (expression.kind !== "value" || typeof expression.value !== "number" || expression.value === 0) return null;
  return expression.value > 0 ? 1 : -1;
}
