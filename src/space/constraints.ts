import type { SourcePosition } from "../errors.ts";
import { type CompiledExpression, compileText } from "./expression/compiled-expression.ts";
import type { Evaluate } from "./expression/evaluate-expression.ts";
import type { Expression } from "./expression/expression.ts";
import { opaquePredicate } from "./expression/opaque-predicate.ts";
import { variableOf } from "./expression/variable.ts";
import type { Params } from "./json.ts";
import type { Space } from "./space.ts";

const compiled = new WeakMap<Space, readonly CompiledExpression[]>();

function compileOpaque(text: string, holds: Evaluate, names: readonly string[]): CompiledExpression {
  const expression: Expression = { kind: "opaque", holds: (values) => holds(values) === true, names, start: 0 };
  return { text, expression, types: new Set(["boolean"]), names: new Set(names), evaluate: holds };
}

/**
 * The constraints of a space, compiled once. Throws AttuneError "invalid-space" with the position, told by `locate` for each
 * of them, when a text is no expression over the space's parameters.
 */
export function constraintsOf(
  space: Space,
  locate: (index: number) => SourcePosition | null = () => null,
): readonly CompiledExpression[] {
  const known = compiled.get(space);
  if (known !== undefined) return known;
  const variables = new Map(space.parameters.map((p) => [p.name, variableOf(p)]));
  const constraints = space.where.map((text, i) => {
    const holds = opaquePredicate(text);
    if (holds !== null) return compileOpaque(text, holds, [...variables.keys()]);
    return compileText(text, { subject: "The constraint", position: locate(i), variables, want: "boolean" });
  });
  compiled.set(space, constraints);
  return constraints;
}

/** The constraints a configuration breaks. One that needs an inactive parameter to be decided is not broken. */
export function brokenConstraints(space: Space, params: Params): readonly CompiledExpression[] {
  if (space.where.length === 0) return [];
  return constraintsOf(space).filter((constraint) => constraint.evaluate(params) === false);
}

/** True when the configuration breaks no constraint of the space; its values are not checked otherwise. */
export function isFeasible(space: Space, params: Params): boolean {
  return space.where.length === 0 || constraintsOf(space).every((constraint) => constraint.evaluate(params) !== false);
}
