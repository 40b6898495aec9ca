import { readCommandTemplate } from "../../protocol/index.ts";
import type { CommandInput } from "../../trial/command-input.ts";
import type { CommandTemplate } from "../../trial/study-definition.ts";
import type { LocatedCommand } from "../settings/located-command.ts";

const ALL = "$" + "{args}";

/**
 * A command with the other ways in. With a style for arguments, a command that names no parameter gets all of them at its end.
 *
 * @param isParameter - tells the `${name}` of a parameter from one of the shell's or the program's own.
 */
export function commandWithInput(
  command: LocatedCommand,
  input: CommandInput,
  isParameter: (name: string) => boolean,
): LocatedCommand {
  const template = { ...command.template, input };
  if (input.argsStyle === undefined) return { ...command, template };
  const { uses, declarations } = readCommandTemplate(template);
  const isNamed = declarations.length > 0 || uses.some((name) => name === "args" || isParameter(name));
  if (isNamed) return { ...command, template };
  return { ...command, template: withAll(template) };
}

function withAll(template: CommandTemplate): CommandTemplate {
  if ("shell" in template) return { ...template, shell: `${template.shell} ${ALL}` };
  return { ...template, argv: [...template.argv, ALL] };
}
