import { AttuneError } from "../../errors.ts";
import { readCommandTemplate } from "../../protocol/index.ts";
import {
  type Parameter,
  parameterOf,
  readDefinitions,
  readSpace,
  type Space,
  type SpaceParts,
} from "../../space/index.ts";
import type { JsonValue } from "../../space/json.ts";
import type { CommandTemplate } from "../../trial/study-definition.ts";

type Given = Readonly<Record<string, unknown>>;

/** A space as a caller writes it: parameters by name, or the canonical form. AttuneError `invalid-space`. */
export function readGivenSpace(given: Given): Space {
  return readSpace(given as JsonValue);
}

/**
 * The space of a study that gets this command: `given`, or where there is none what the command declares (`{lr: 1e-5..1e-1 log}`); undefined where it
 * declares nothing either.
 *
 * @throws AttuneError `invalid-space` where the command declares a parameter that the space lacks: its argument would never be given.
 */
export function spaceWithCommand(command: CommandTemplate | undefined, given: Space | undefined): Space | undefined {
  const declarations = command === undefined ? [] : readCommandTemplate(command).declarations;
  if (declarations.length === 0) return given;
  const declared = readGivenSpace(Object.fromEntries(declarations.map(({ name, text }) => [name, text])));
  if (given === undefined) return declared;
  const { parameters, fidelity } = given;
  const known = new Set([...parameters.map(({ name }) => name), fidelity?.name]);
  const missing = declared.parameters.map(({ name }) => name).filter((name) => !known.has(name));
  if (missing.length === 0) return given;
  const names = missing.join(", ");
  const message = `The command declares ${names}, and the space of the study does not; add it to the space, or leave the space out for a new study to have the command's.`;
  throw new AttuneError("invalid-space", message, { data: { missing } });
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
