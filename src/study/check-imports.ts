import { AttuneError } from "../errors.ts";
import {
  checkParams,
  describeValues,
  domainOf,
  isParameterValue,
  isSingleDomain,
  type JsonValue,
  jsonEqual,
  type Parameter,
  parameterOf,
  type Space,
} from "../space/index.ts";
import type { ImportedTrial } from "../trial/imported-trial.ts";
import type { Metric } from "../trial/metric.ts";
import type { Definition } from "../trial/trial.ts";

/**
 * Refuses trials that do not fit, or are complete without a value of each metric: `params` by the space, all of them unless the trial
 * has `definitions`, and each of these by its own domain.
 *
 * @throws AttuneError `invalid-params` that names the trial by its place, from 0.
 */
export function checkImports(trials: readonly ImportedTrial[], space: Space, metrics: readonly Metric[]): void {
  for (const [place, trial] of trials.entries()) {
    const missing = metrics.filter(({ name }) => trial.state === "complete" && !Object.hasOwn(trial.values, name));
    const problems = [...paramProblems(trial, space), ...missing.map(({ name }) => `It has no value of ${name}.`)];
    if (problems.length === 0) continue;
    const data = { place, problems };
    throw new AttuneError("invalid-params", `Trial ${place} to import: ${problems.join(" ")}`, { data });
  }
}

function paramProblems({ params, definitions }: ImportedTrial, space: Space): readonly string[] {
  if (definitions === undefined || definitions.length === 0) return checkParams(space, params);
  const derived = new Map(space.derived?.map(({ name, expression }) => [name, expression.trim()]));
  return [...partProblems(params, space), ...definitions.flatMap((one) => definitionProblems(one, derived))];
}

/** What is given of the space must be of it; the rest may be unknown of a trial that was chosen from other domains. */
function partProblems(params: ImportedTrial["params"], space: Space): readonly string[] {
  const given = space.parameters.filter(({ name }) => Object.hasOwn(params, name));
  return checkParams({ ...space, parameters: given.map((p) => ({ ...p, when: [] })), where: [] }, params);
}

function definitionProblems(
  { name, domain, value }: Definition,
  derived: ReadonlyMap<string, string>,
): readonly string[] {
  const expression = derived.get(name);
  if (expression !== undefined) return [`${name} follows from the other values (${expression}); leave it out.`];
  if (isSingleDomain(domain)) {
    const { low } = domain as { readonly low: JsonValue };
    return jsonEqual(value, low) ? [] : [`${name} is ${JSON.stringify(value)}; allowed: ${JSON.stringify(low)}.`];
  }
  const parameter = readDomain(name, domain);
  if (typeof parameter === "string") return [parameter];
  if (isParameterValue(parameter, value)) return [];
  return [`${name} is ${JSON.stringify(value)}; allowed: ${describeValues(parameter)}.`];
}

/** The parameter, or what is wrong with its domain in words. */
function readDomain(name: string, domain: JsonValue): Parameter | string {
  try {
    const parameter = parameterOf(name, domain);
    if (jsonEqual(domainOf(parameter), domain)) return parameter;
    return `The domain of ${name} is ${JSON.stringify(domain)}; write it as ${JSON.stringify(domainOf(parameter))}.`;
  } catch (error) {
    if (error instanceof AttuneError) return `${name} has a domain that none can have: ${error.message}`;
    throw error;
  }
}
