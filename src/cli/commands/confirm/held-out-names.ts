import { AttuneError } from "../../../errors.ts";
import type { Metric } from "../../../trial/metric.ts";

/**
 * What a held-out program calls each objective, in their order: the objective's own name, or what `given` says: `NAME` of the one there is, `OBJECTIVE=NAME` of one of several.
 *
 * @throws AttuneError `invalid-argument` for a name that is said of no objective of several, for two names of one objective and for two objectives of one name.
 */
export function heldOutNames(objectives: readonly Metric[], given: readonly string[]): readonly string[] {
  const said = new Map<string, string>();
  for (const text of given) {
    const [objective, name] = split(text, objectives);
    if (said.has(objective))
      throw refused(`--metric says two names of ${objective}: ${said.get(objective)} and ${name}. Give one.`);
    said.set(objective, name);
  }
  const names = objectives.map(({ name }) => said.get(name) ?? name);
  const twice = names.find((name, at) => names.indexOf(name) !== at);
  if (twice === undefined) return names;
  const both = objectives.filter((_objective, at) => names[at] === twice).map(({ name }) => name);
  throw refused(`${both.join(" and ")} would both be read from ${twice}; give each a metric of its own.`);
}

function split(text: string, objectives: readonly Metric[]): readonly [objective: string, name: string] {
  const own = objectives
    .filter(({ name }) => text.startsWith(`${name}=`))
    .sort((a, b) => b.name.length - a.name.length);
  const [found] = own;
  if (found !== undefined && text.length > found.name.length + 1)
    return [found.name, text.slice(found.name.length + 1)];
  const [only, ...others] = objectives;
  if (others.length === 0) return [only!.name, text];
  const ways = objectives.map(({ name }) => `${name}=NAME`).join(" or ");
  throw refused(`--metric ${text} does not say which objective it is of; write ${ways}.`);
}

function refused(message: string): AttuneError {
  return new AttuneError("invalid-argument", message);
}
