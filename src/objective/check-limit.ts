import { AttuneError } from "../errors.ts";
import type { Expression } from "../space/expression/expression.ts";
import { namesIn } from "../space/expression/expression.ts";
import { type ExpressionSource, expressionError } from "../space/expression/expression-tokens.ts";
import { parseExpression } from "../space/expression/parse-expression.ts";
import { resolveExpression } from "../space/expression/resolve-expression.ts";
import { respellExpression } from "../space/expression/respell-expression.ts";
import { type Variable, variableOf } from "../space/expression/variable.ts";
import type { Space } from "../space/space.ts";
import type { Metric } from "../trial/metric.ts";
import { compileLimit, metricOfName } from "./limit.ts";

const NUMBER: Variable = { types: new Set(["number"]), values: null, ordered: false };

/**
 * The canonical text of a limit as a user wrote it: one spelling, parameters as `params.NAME`. A bare name is an objective, else a
 * parameter, else a metric that is kept; `values.NAME` is always a metric.
 *
 * @throws AttuneError `invalid-argument` for what is no limit: it compares no result, or not by how much it is broken.
 */
export function checkLimit(given: string, space: Space, metrics: readonly Metric[]): string {
  const source: ExpressionSource = { text: given, subject: "The limit", position: null, tolerances: true };
  const objectives = new Set(metrics.map(({ name }) => name));
  const parameters = new Map(space.parameters.map((parameter) => [parameter.name, parameter]));
  const rename = (name: string): string => {
    if (metricOfName(name) !== name) return name;
    return !objectives.has(name) && parameters.has(name) ? `params.${name}` : name;
  };
  try {
    const text = respellExpression(source, rename);
    const canonical = { ...source, text };
    const expression = parseExpression(canonical);
    const variables = new Map<string, Variable>();
    for (const name of namesIn(expression)) {
      const parameter = metricOfName(name) === null ? parameters.get(name.slice("params.".length)) : null;
      if (parameter === undefined) throw noParameter(canonical, name, [...parameters.keys()]);
      if (parameter === null) refuseDerived(canonical, name, space);
      variables.set(name, parameter === null ? NUMBER : variableOf(parameter));
    }
    resolveExpression(expression, canonical, variables);
    requireNumbers(expression, canonical, variables);
    const limit = compileLimit(text);
    if (limit.metrics.length === 0)
      throw expressionError(canonical, 0, "it looks at no result, so it is a constraint; give it as where");
    return text;
  } catch (error) {
    if (!(error instanceof AttuneError)) throw error;
    const position = error.position === null ? {} : { position: error.position };
    throw new AttuneError("invalid-argument", error.message, { ...position, data: { limit: given } });
  }
}

function noParameter(source: ExpressionSource, name: string, known: readonly string[]): AttuneError {
  const there = known.length === 0 ? "none is declared" : `there are ${known.slice(0, 12).join(", ")}`;
  return expressionError(source, source.text.indexOf(name), `${name} is no parameter; ${there}`);
}

function refuseDerived(source: ExpressionSource, name: string, { derived = [] }: Space): void {
  const found = derived.find((one) => one.name === name);
  if (found === undefined) return;
  const advice = `write what it follows from (${found.expression.trim()})`;
  throw expressionError(
    source,
    source.text.indexOf(name),
    `${name} is a derived value, which a limit cannot name; ${advice}`,
  );
}

/** Texts, lists, true and false are equal or not, but not nearly so. */
function requireNumbers(
  expression: Expression,
  source: ExpressionSource,
  variables: ReadonlyMap<string, Variable>,
): void {
  if (expression.kind === "and" || expression.kind === "or") {
    for (const part of expression.parts) requireNumbers(part, source, variables);
  }
  if (expression.kind !== "compare") return;
  for (const side of [expression.left, expression.right]) {
    const { types } = resolveExpression(side, source, variables);
    if (types.size === 1 && types.has("number")) continue;
    throw expressionError(
      source,
      side.start,
      "a limit compares numbers, so that it can be told by how much it is broken",
    );
  }
}
