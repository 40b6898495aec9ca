import { nearDeclarations } from "../../protocol/near-declaration.ts";
import type { Space } from "../../space/space.ts";
import type { CommandTemplate } from "../../trial/study-definition.ts";
import { unmentionedParameters } from "../unmentioned-parameters.ts";

/** A sentence about parameters that the command and its templates never mention, most often a slip in `${name}`; none when all are. */
export function unusedParameters(
  space: Space,
  command: CommandTemplate,
  inTemplates: readonly string[] = [],
): readonly string[] {
  const unused = unmentionedParameters(space, command, inTemplates);
  if (unused.length === 0) return [];
  const [are, they] = unused.length === 1 ? ["is", "it"] : ["are", "them"];
  return [`${unused.join(", ")} ${are} not in the command; the program finds ${they} only in ATTUNE_PARAMS.`];
}

/** A sentence for everything in the command that looks like a declaration and is passed to the program as it stands. */
export function nearDeclarationNotes(command: CommandTemplate): readonly string[] {
  return nearDeclarations(command).map(
    ({ source, meant }) =>
      `${source} in the command declares nothing and is passed on as it is; to try values there, write ${meant}.`,
  );
}
