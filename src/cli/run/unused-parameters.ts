import { readCommandTemplate } from "../../protocol/index.ts";
import { compileDerived } from "../../space/derived-values.ts";
import type { Space } from "../../space/space.ts";
import type { CommandTemplate } from "../../trial/study-definition.ts";

/** A sentence about parameters that the command and its templates never mention, most often a slip in `${name}`; none when all are. */
export function unusedParameters(
  space: Space,
  command: CommandTemplate,
  inTemplates: readonly string[] = [],
): readonly string[] {
  const { declarations, uses, input } = readCommandTemplate(command);
  const mentioned = new Set([...uses, ...declarations.map(({ name }) => name), ...inTemplates]);
  if (mentioned.has("args") || input.paramsFile !== undefined || input.stdin !== undefined) return [];
  for (const { names } of compileDerived(space)) for (const name of names) mentioned.add(name);
  const parents = new Set(space.parameters.flatMap(({ when }) => when.flat().map(({ parent }) => parent)));
  const unused = space.parameters
    .filter(({ name, type }) => type !== "fixed" && !mentioned.has(name) && !parents.has(name))
    .map(({ name }) => name);
  if (unused.length === 0) return [];
  const [are, they] = unused.length === 1 ? ["is", "it"] : ["are", "them"];
  return [`${unused.join(", ")} ${are} not in the command; the program finds ${they} only in ATTUNE_PARAMS.`];
}
