import { AttuneError } from "../errors.ts";
import type { JsonValue } from "./json.ts";
import type { Parameter } from "./parameter.ts";
import { spaceFromJson } from "./space-from-json.ts";
import { parameterToJson, SPACE_FORM_VERSION } from "./space-json.ts";

/** What decides a parameter's values: its canonical JSON form without name, conditions, default, words and spelling. */
export function domainOf(parameter: Parameter): JsonValue {
  const { name: _name, default: _default, unit: _unit, description: _words, ...domain } = parameter;
  const {
    name: _again,
    spelling: _written,
    ...json
  } = parameterToJson({ ...domain, name: "x", when: [] } as Parameter) as JsonObject;
  return json;
}

/** The parameter of that name with a domain from {@link domainOf}. Throws AttuneError "invalid-space" for anything else. */
export function parameterOf(name: string, domain: JsonValue): Parameter {
  const parameters = [{ name, ...(domain as JsonObject) }];
  return spaceFromJson({ version: SPACE_FORM_VERSION, parameters }).parameters[0]!;
}

/** The same, or null for a name or a domain that no space can have, as other tools do. */
export function readableParameter(name: string, domain: JsonValue): Parameter | null {
  try {
    return parameterOf(name, domain);
  } catch (error) {
    if (error instanceof AttuneError && error.code === "invalid-space") return null;
    throw error;
  }
}

/** True for the domain of a range of one value, which is no search and no parameter of a space. */
export function isSingleDomain(domain: JsonValue): boolean {
  const { low, high } = (domain ?? {}) as JsonObject;
  return low !== undefined && low === high;
}

type JsonObject = Readonly<Record<string, JsonValue>>;
