import { isActive } from "./conditions.ts";
import { brokenConstraints } from "./constraints.ts";
import type { JsonValue, Params } from "./json.ts";
import { didYouMean } from "./nearest-word.ts";
import { describeValues, isParameterValue } from "./parameter-value.ts";
import type { Space } from "./space.ts";

/** What is wrong with a configuration, one sentence each; empty when it is valid. Inactive parameters must be left out. */
export function checkParams(space: Space, params: Params): readonly string[] {
  const problems: string[] = [];
  const known: Record<string, JsonValue> = {};
  const names = new Set<string>();
  for (const p of space.parameters) {
    names.add(p.name);
    const given = Object.hasOwn(params, p.name);
    if (!isActive(p, known)) {
      if (given) problems.push(`${p.name} is given but not active with these values; leave it out.`);
      continue;
    }
    if (!given) {
      problems.push(`${p.name} is missing; allowed: ${describeValues(p)}.`);
      continue;
    }
    const value = params[p.name]!;
    if (isParameterValue(p, value)) known[p.name] = value;
    else problems.push(`${p.name} is ${JSON.stringify(value)}; allowed: ${describeValues(p)}.`);
  }
  const derived = new Map(space.derived?.map(({ name, expression }) => [name, expression.trim()]));
  for (const name of Object.keys(params)) {
    if (names.has(name)) continue;
    const expression = derived.get(name);
    if (space.fidelity?.name === name)
      problems.push(`${name} is the fidelity, which each run is given by the study; leave it out.`);
    else if (expression !== undefined)
      problems.push(`${name} follows from the other values (${expression}); leave it out.`);
    else problems.push(`${name} is no parameter of this space.${didYouMean(name, names)}`);
  }
  if (problems.length > 0) return problems;
  return brokenConstraints(space, params).map(({ text }) => `The constraint ${JSON.stringify(text)} does not hold.`);
}
