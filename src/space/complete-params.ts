import { AttuneError } from "../errors.ts";
import { checkParams } from "./check-params.ts";
import { isActive } from "./conditions.ts";
import type { JsonValue, Params } from "./json.ts";
import type { Parameter } from "./parameter.ts";
import { isParameterValue } from "./parameter-value.ts";
import { parseParamValue, snapToStep } from "./parse-param-value.ts";
import type { Space } from "./space.ts";

function complete(p: Parameter, given: JsonValue | undefined): JsonValue | undefined {
  if (given === undefined) return p.type === "fixed" ? p.value : p.default;
  if (isParameterValue(p, given)) return snapToStep(p, given);
  return typeof given === "string" ? parseParamValue(p, given) : given;
}

/**
 * A whole configuration from a part of one, as a user enqueues it: texts become values (`"0.1"` for a float), fixed values and
 * defaults are filled in, parameters stand in the space's order. Throws AttuneError "invalid-params" that names everything
 * missing or wrong.
 */
export function completeParams(space: Space, partial: Readonly<Record<string, JsonValue>>): Params {
  const params: Record<string, JsonValue> = {};
  for (const p of space.parameters) {
    if (!isActive(p, params)) continue;
    const value = complete(p, Object.hasOwn(partial, p.name) ? partial[p.name] : undefined);
    if (value !== undefined) params[p.name] = value;
  }
  for (const [name, value] of Object.entries(partial)) {
    if (!Object.hasOwn(params, name)) params[name] = value;
  }
  const problems = checkParams(space, params);
  if (problems.length > 0) throw new AttuneError("invalid-params", problems.join("\n"), { data: { problems } });
  return params;
}
