import { AttuneError } from "../../errors.ts";
import { readCommandTemplate } from "../../protocol/index.ts";
import type { CommandInput } from "../../trial/command-input.ts";
import type { CommandTemplate } from "../../trial/study-definition.ts";
import type { LocatedCommand } from "./located-command.ts";

const ALL = "$" + "{args}";

/**
 * A command with the other ways in. With a style for arguments, a command that names no parameter gets all of them at its end.
 *
 * @throws AttuneError `invalid-argument` for a style that nothing is written in.
 */
export function commandWithInput(command: LocatedCommand, input: CommandInput): LocatedCommand {
  const template = { ...command.template, input };
  if (input.argsStyle === undefined) return { ...command, template };
  const { uses, declarations } = readCommandTemplate(template);
  if (uses.includes("args")) return { ...command, template };
  if (uses.length > 0 || declarations.length > 0) {
    const message = `--args-style says how ${ALL} is written, but the command has no ${ALL}; put it where the arguments belong.`;
    throw new AttuneError("invalid-argument", message);
  }
  return { ...command, template: withAll(template) };
}

function withAll(template: CommandTemplate): CommandTemplate {
  if ("shell" in template) return { ...template, shell: `${template.shell} ${ALL}` };
  return { ...template, argv: [...template.argv, ALL] };
}
