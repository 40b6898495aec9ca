import { AttuneError, type SourcePosition } from "../errors.ts";
import { declaredParameters } from "./declared-parameters.ts";
import { type CompiledExpression, compileText } from "./expression/compiled-expression.ts";
import { type Variable, variableOf } from "./expression/variable.ts";
import type { JsonValue, Params } from "./json.ts";
import { toJsonValue } from "./json-value.ts";
import type { Space } from "./space.ts";

const compiled = new WeakMap<Space, readonly CompiledExpression[]>();

/** The expressions of the derived values in their order, compiled once; each may use the ones before it. */
export function compileDerived(
  space: Space,
  locate: (name: string) => SourcePosition | null = () => null,
): readonly CompiledExpression[] {
  const known = compiled.get(space);
  if (known !== undefined) return known;
  const variables = new Map<string, Variable>(declaredParameters(space).map((p) => [p.name, variableOf(p)]));
  const expressions = (space.derived ?? []).map(({ name, expression }) => {
    const subject = `The derived value ${name} :=`;
    const made = compileText(expression, { subject, variables, want: "any", position: locate(name) });
    variables.set(name, { types: made.types, values: null, ordered: false });
    return made;
  });
  compiled.set(space, expressions);
  return expressions;
}

/**
 * The configuration with the derived values that can be computed from it, as the program gets it. Values that need an inactive
 * parameter are left out. Throws AttuneError "invalid-params" when one is no finite number.
 */
export function withDerived(space: Space, params: Params): Params {
  if (space.derived === undefined) return params;
  const values: Record<string, JsonValue> = { ...params };
  for (const [i, { evaluate, text }] of compileDerived(space).entries()) {
    const { name } = space.derived[i]!;
    const value = evaluate(values);
    if (value === undefined) continue;
    const json = toJsonValue(value);
    if (json === undefined) {
      const advice = "change the expression, or forbid such configurations with a constraint";
      throw new AttuneError("invalid-params", `${name} = ${text} is ${String(value)}, no finite number; ${advice}.`);
    }
    values[name] = json;
  }
  return values;
}
