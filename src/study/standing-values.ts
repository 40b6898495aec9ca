import {
  isParameterValue,
  isSingleDomain,
  type JsonValue,
  mergeParameters,
  type Parameter,
  readableParameter,
  type Space,
} from "../space/index.ts";
import type { Definition, Trial } from "../trial/trial.ts";

/** A value that a trial has already, and what may stand in its place. */
export interface StandingValue {
  readonly parameter: Parameter;
  readonly value: JsonValue;
}

/**
 * The values that a trial has when its program asks for the parameter `wanted`: the declared ones, those asked for so far, and those
 * kept for what it has not asked for yet. `knownAs` tells the range of all trials together; values of names that it does not know,
 * or knew as something else, are left out.
 */
export function standingValues(
  wanted: string,
  trial: Trial,
  space: Space,
  asked: readonly Definition[],
  knownAs: (name: string) => Parameter | null,
): readonly StandingValue[] {
  const declared = space.parameters.filter(({ type, name }) => type !== "fixed" && Object.hasOwn(trial.params, name));
  const standing = declared.map((parameter) => standingValue(parameter, trial.params[parameter.name]!));
  for (const { name, domain, value } of asked) {
    const known = knownAs(name);
    const parameter =
      known === null || isSingleDomain(domain) ? known : widened(known, readableParameter(name, domain));
    if (parameter !== null) standing.push(standingValue(parameter, value));
  }
  const taken = new Set([wanted, ...[...space.parameters, ...asked].map(({ name }) => name)]);
  for (const [name, value] of Object.entries(trial.offered ?? {})) {
    const known = taken.has(name) ? null : knownAs(name);
    if (known !== null) standing.push(standingValue(known, value));
  }
  return standing.filter(({ parameter, value }) => isParameterValue(parameter, value));
}

/** What is known with this trial's own range besides, null where that is none of ours. */
function widened(known: Parameter, own: Parameter | null): Parameter | null {
  return own === null ? null : mergeParameters(known, own);
}

function standingValue(parameter: Parameter, value: JsonValue): StandingValue {
  return { parameter: { ...parameter, when: [] }, value };
}
