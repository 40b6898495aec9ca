import { compareNumbers } from "../space/expression/compare-numbers.ts";
import { compileExpression, type Evaluate } from "../space/expression/evaluate-expression.ts";
import { type CompareOperator, type Expression, namesIn } from "../space/expression/expression.ts";
import { expressionError } from "../space/expression/expression-tokens.ts";
import { parseExpression } from "../space/expression/parse-expression.ts";
import type { JsonValue, Params } from "../space/json.ts";

const PARAMETER = "params.";
const METRIC = "values.";
/** The smallest number with all its digits. */
const SMALLEST = 2.2250738585072014e-308;

const NO_LIMITS: readonly string[] = [];

/** What a limit looks at: results by metric (non-finite: none), and the parameters that gave them. */
export interface LimitedResult {
  readonly params: Params;
  value(metric: string): number;
  /** Whether a metric was told yet; a limit says nothing of what was not. Left out where nothing is to come: what is missing breaks a limit. */
  isTold?(metric: string): boolean;
}

/** How the comparisons of a limit are joined; `place` is that of a comparison in the limit. */
export type LimitTree =
  | { readonly kind: "and" | "or"; readonly parts: readonly LimitTree[] }
  | { readonly kind: "comparison"; readonly place: number };

/** A comparison over results that a configuration should keep: `ms <= 20`. */
export interface Limit {
  readonly text: string;
  /** Metrics it looks at. */
  readonly metrics: readonly string[];
  /** Names of the parameters it looks at. */
  readonly parameters: readonly string[];
  readonly tree: LimitTree;
  /**
   * Of each of its comparisons by how much it is broken, in the unit of its sides: above 0 broken, 0 and below kept. NaN where a
   * metric has no finite value; -Infinity where a parameter is inactive, so that the comparison says nothing.
   */
  excesses(result: LimitedResult): readonly number[];
}

interface Comparison {
  readonly metrics: readonly string[];
  readonly names: readonly string[];
  readonly operator: CompareOperator;
  readonly left: Evaluate;
  readonly right: Evaluate;
}

/** The metric that a name of a limit stands for, or null for a parameter (`params.NAME`). */
export function metricOfName(name: string): string | null {
  if (name.startsWith(PARAMETER)) return null;
  return name.startsWith(METRIC) ? name.slice(METRIC.length) : name;
}

/**
 * A limit from its canonical text, in which parameters are called `params.NAME`.
 *
 * @throws AttuneError `invalid-space` for what is no comparison of numbers.
 */
export function compileLimit(text: string): Limit {
  const source = { text, subject: "The limit", position: null, tolerances: true };
  const comparisons: Comparison[] = [];
  const build = (expression: Expression): LimitTree => {
    if (expression.kind === "and" || expression.kind === "or")
      return { kind: expression.kind, parts: expression.parts.map(build) };
    if (expression.kind !== "compare" || expression.operator === "!=") {
      const advice = 'write it with <=, >=, == (or "== … within …") between numbers, joined by and, or';
      throw expressionError(source, expression.start, `by how much this is broken cannot be told; ${advice}`);
    }
    comparisons.push(comparisonOf(expression));
    return { kind: "comparison", place: comparisons.length - 1 };
  };
  const tree = build(parseExpression(source));
  const names = [...new Set(comparisons.flatMap((comparison) => comparison.names))];
  const metrics = names.map(metricOfName).filter((metric) => metric !== null);
  return {
    text,
    metrics: [...new Set(metrics)],
    parameters: names.filter((name) => metricOfName(name) === null).map((name) => name.slice(PARAMETER.length)),
    tree,
    excesses: (result) => comparisons.map((comparison) => excess(comparison, result)),
  };
}

function comparisonOf({ operator, left, right }: Extract<Expression, { kind: "compare" }>): Comparison {
  const names = [...namesIn(right, new Set(namesIn(left)))];
  const metrics = names.map(metricOfName).filter((metric) => metric !== null);
  return { metrics, names, operator, left: compileExpression(left), right: compileExpression(right) };
}

function excess({ metrics, names, operator, left, right }: Comparison, result: LimitedResult): number {
  if (metrics.some((metric) => !Number.isFinite(result.value(metric)))) return Number.NaN;
  const values: Record<string, JsonValue> = {};
  for (const name of names) {
    const metric = metricOfName(name);
    const parameter = name.slice(PARAMETER.length);
    if (metric !== null) values[name] = result.value(metric);
    else if (Object.hasOwn(result.params, parameter)) values[name] = result.params[parameter]!;
  }
  const [a, b] = [left(values), right(values)];
  if (typeof a !== "number" || typeof b !== "number") return Number.NEGATIVE_INFINITY;
  const over = operator === "==" ? Math.abs(a - b) : operator.startsWith("<") ? a - b : b - a;
  if (Number.isNaN(over)) return Number.NaN;
  if (compareNumbers(operator, a, b)) return Math.min(0, over);
  // 20 < 20 is broken by nothing that could be measured, and yet broken.
  return Math.max(over, Number.EPSILON * Math.abs(b), SMALLEST);
}

const compiled = new WeakMap<readonly string[], readonly Limit[]>();

/** The limits of a study's settings, compiled once. */
export function compileLimits(texts: readonly string[] = NO_LIMITS): readonly Limit[] {
  let known = compiled.get(texts);
  if (known === undefined) {
    known = texts.map(compileLimit);
    compiled.set(texts, known);
  }
  return known;
}
