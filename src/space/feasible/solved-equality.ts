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
  /** The equation has to hold where all of these are false: `model != 'mix' or a + b == 1`. */
  readonly unless: readonly Evaluate[];
}

interface Equation {
  readonly left: Expression;
  readonly right: Expression;
  readonly unless: readonly Expression[];
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

/** The expression with negations moved inwards, as far as equations may come to light by it. */
function asserted(expression: Expression): Expression {
  if (expression.kind !== "not") return expression;
  const { operand } = expression;
  if (operand.kind === "not") return asserted(operand.operand);
  if (operand.kind === "compare" && operand.operator === "!=") return { ...operand, operator: "==" };
  if (operand.kind !== "and" && operand.kind !== "or") return expression;
  const parts = operand.parts.map((part) => asserted({ kind: "not", operand: part, start: part.start }));
  return { kind: operand.kind === "and" ? "or" : "and", parts, start: operand.start };
}

/** Equations that must hold, always or where other conditions do not. */
function equationsIn(given: Expression, numbers: readonly NumericParameter[]): readonly Equation[] {
  const expression = asserted(given);
  if (expression.kind === "and") return expression.parts.flatMap((part) => equationsIn(part, numbers));
  if (expression.kind === "or") {
    const found = expression.parts.map((part) => equationsIn(part, numbers));
    const [at] = [...found.keys()].filter((i) => found[i]!.length > 0);
    // With two equations to choose from, random draws may meet either.
    if (at === undefined || found.filter((equations) => equations.length > 0).length > 1) return [];
    const others = expression.parts.toSpliced(at, 1);
    return found[at]!.map((equation) => ({ ...equation, unless: [...equation.unless, ...others] }));
  }
  if (expression.kind !== "compare" || expression.operator !== "==") return [];
  return numbers.some((p) => isLinear(expression, p.name)) ? [{ ...expression, unless: [] }] : [];
}

function isLinear({ left, right }: Pick<Equation, "left" | "right">, name: string): boolean {
  return Math.max(degree(left, name), degree(right, name)) === 1;
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
  const equations = component.constraints.flatMap(({ expression }) => equationsIn(expression, numbers));
  const solved: SolvedEquality[] = [];
  const taken = new Set<string>();
  for (const equation of equations.toSorted((a, b) => Math.sign(a.unless.length) - Math.sign(b.unless.length))) {
    const guards = new Set(equation.unless.flatMap((guard) => [...namesIn(guard)]));
    const free = numbers.findLast(({ name }) => isLinear(equation, name) && !taken.has(name) && !guards.has(name));
    if (free === undefined) continue;
    const compiled = { left: compileExpression(equation.left), right: compileExpression(equation.right) };
    solved.push({ parameter: free, ...compiled, unless: equation.unless.map(compileExpression) });
    // Those of different cases (`mode == 'x'`, `mode == 'y'`) may settle the same number.
    if (equation.unless.length > 0) continue;
    for (const part of [equation.left, equation.right]) for (const name of namesIn(part)) taken.add(name);
  }
  return solved;
}

/** The value that makes both sides equal; null when there is none, the equation needs an inactive parameter or need not hold. */
export function solveEquality(
  { parameter, left, right, unless }: SolvedEquality,
  values: Readonly<Record<string, JsonValue>>,
): number | null {
  if (unless.some((guard) => guard(values) !== false)) return null;
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
