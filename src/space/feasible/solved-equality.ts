import { compileExpression, type Evaluate } from "../expression/evaluate-expression.ts";
import type { Expression } from "../expression/expression.ts";
import { namesIn } from "../expression/expression.ts";
import type { JsonValue } from "../json.ts";
import { gridIndex, gridValue, type NumericParameter } from "../numeric-domain.ts";
import type { Parameter } from "../parameter.ts";
import type { Component } from "./component.ts";

/** A number that an equation settles once the others are drawn: `a + b + c == 1` settles c. */
export interface SolvedEquality {
  readonly parameter: NumericParameter;
  readonly left: Evaluate;
  readonly right: Evaluate;
}

/** Degree in which the name occurs: 0 or 1, or 2 for anything that is not linear in it. */
function degree(expression: Expression, name: string): number {
  switch (expression.kind) {
    case "name":
      return expression.name === name ? 1 : 0;
    case "negate":
      return degree(expression.operand, name);
    case "arithmetic": {
      const left = degree(expression.left, name);
      const right = degree(expression.right, name);
      if (expression.operator === "+" || expression.operator === "-") return Math.max(left, right);
      if (expression.operator === "*") return left + right;
      if (expression.operator === "/") return right === 0 ? left : 2;
      return left + right === 0 ? 0 : 2;
    }
    case "call":
      if (expression.name === "sum") return Math.max(...expression.args.map((part) => degree(part, name)));
      return namesIn(expression).has(name) ? 2 : 0;
    default:
      return namesIn(expression).has(name) ? 2 : 0;
  }
}

function equationsIn(expression: Expression): readonly Extract<Expression, { kind: "compare" }>[] {
  if (expression.kind === "and") return expression.parts.flatMap(equationsIn);
  return expression.kind === "compare" && expression.operator === "==" ? [expression] : [];
}

/** Continuous floats; with `stepped` also numbers with a step on which no condition depends. */
function solvable(component: Component, stepped: boolean): readonly NumericParameter[] {
  const parents = new Set(component.parameters.flatMap(({ when }) => when.flat().map(({ parent }) => parent)));
  return component.parameters.filter(
    (p) => (p.type === "float" && !p.orZero && p.step === null) || (stepped && isStepped(p) && !parents.has(p.name)),
  ) as readonly NumericParameter[];
}

function isStepped(p: Parameter): boolean {
  return p.type === "int" || (p.type === "float" && !p.orZero);
}

/**
 * The equations of a component that random draws could never meet (they tie continuous floats), each with the float it
 * settles: the last one that occurs linearly and in no equation solved before. To be solved in this order. `stepped`: whole numbers
 * and numbers with a step are settled too, where draws hardly ever meet their equation either.
 */
export function solvableEqualities(component: Component, stepped: boolean): readonly SolvedEquality[] {
  const numbers = solvable(component, stepped);
  const solved: SolvedEquality[] = [];
  const settled = new Set<string>();
  const used = new Set<string>();
  for (const equation of component.constraints.flatMap(({ expression }) => equationsIn(expression))) {
    const free = numbers.findLast((p) => {
      const d = Math.max(degree(equation.left, p.name), degree(equation.right, p.name));
      return d === 1 && !settled.has(p.name) && !used.has(p.name);
    });
    if (free === undefined) continue;
    settled.add(free.name);
    for (const name of namesIn(equation)) used.add(name);
    solved.push({ parameter: free, left: compileExpression(equation.left), right: compileExpression(equation.right) });
  }
  return solved;
}

/** The value that makes both sides equal; null when there is none, or the equation needs an inactive parameter. */
export function solveEquality(
  { parameter, left, right }: SolvedEquality,
  values: Readonly<Record<string, JsonValue>>,
): number | null {
  const at = { ...values };
  const difference = (x: number): number => {
    at[parameter.name] = x;
    const [a, b] = [left(at), right(at)];
    return typeof a === "number" && typeof b === "number" ? a - b : Number.NaN;
  };
  const atZero = difference(0);
  const slope = difference(1) - atZero;
  const x = -atZero / slope + 0;
  if (!Number.isFinite(x)) return null;
  return parameter.step === null ? x : gridValue(parameter, gridIndex(parameter, x));
}
