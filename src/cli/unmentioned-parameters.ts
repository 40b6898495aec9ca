import { readCommandTemplate } from "../protocol/index.ts";
import { compileDerived } from "../space/derived-values.ts";
import type { Space } from "../space/space.ts";
import type { CommandTemplate } from "../trial/study-definition.ts";

/**
 * Names of the parameters that a program finds only in its environment: neither its command, nor its templates, nor a way that hands
 * over all of them at once has them, and nothing that is handed over follows from them.
 */
export function unmentionedParameters(
  space: Space,
  command: CommandTemplate,
  inTemplates: readonly string[] = [],
): readonly string[] {
  const { declarations, uses, input } = readCommandTemplate(command);
  const mentioned = new Set([...uses, ...declarations.map(({ name }) => name), ...inTemplates]);
  if (mentioned.has("args") || input.paramsFile !== undefined || input.stdin !== undefined) return [];
  for (const { names } of compileDerived(space)) for (const name of names) mentioned.add(name);
  const parents = new Set(space.parameters.flatMap(({ when }) => when.flat().map(({ parent }) => parent)));
  return space.parameters
    .filter(({ name, type }) => type !== "fixed" && !mentioned.has(name) && !parents.has(name))
    .map(({ name }) => name);
}
