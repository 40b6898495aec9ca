import { AttuneError } from "../../errors.ts";
import {
  type Parameter,
  parameterOf,
  readDefinitions,
  readSpace,
  type Space,
  type SpaceParts,
} from "../../space/index.ts";
import type { JsonValue } from "../../space/json.ts";

type Given = Readonly<Record<string, unknown>>;

/** A space as a caller writes it: parameters by name, or the canonical form. AttuneError `invalid-space`. */
export function readGivenSpace(given: Given): Space {
  return readSpace(given as JsonValue);
}

/** Some parameters and derived values by name. AttuneError `invalid-space`. */
export function readParts(given: Given): SpaceParts {
  return readDefinitions(given as JsonValue);
}

/** A parameter that a trial asks for: its domain as study files write it, or in canonical form. AttuneError `invalid-space`. */
export function readParameter(name: string, domain: string | Given): Parameter {
  if (typeof domain === "object" && typeof domain.type === "string") return parameterOf(name, domain as JsonValue);
  const { parameters, derived } = readParts({ [name]: domain });
  const [parameter] = parameters;
  if (parameter !== undefined && derived.length === 0 && parameters.length === 1 && parameter.name === name)
    return parameter as Parameter;
  throw new AttuneError(
    "invalid-space",
    `${name} is asked for as more than one parameter; ask for one with its own values.`,
  );
}
