import { printableCommand } from "../../protocol/index.ts";
import { printedCommand } from "../../record/secrets.ts";
import { type JsonValue, jsonEqual } from "../../space/index.ts";
import type { Study } from "../../study/index.ts";
import { notAccepted } from "../../study/remote-commands.ts";
import type { CommandTemplate } from "../../trial/study-definition.ts";

/** What a person says of commands that were set over a server. */
export interface Acceptance {
  /** They are to be run. */
  readonly trustCommand: boolean;
  /** The command that was given with the call: whoever wrote it accepts it. */
  readonly given: CommandTemplate | null;
}

/**
 * Refuses to run what was set over a server and nobody accepted on this machine; accepts it where a person says so.
 *
 * @throws AttuneError `forbidden` that shows the command.
 */
export async function requireAccepted(
  study: Study,
  { trustCommand, given }: Acceptance,
  say: (line: string) => void,
): Promise<void> {
  const { unaccepted } = study;
  if (unaccepted.length === 0) return;
  const isGiven = (command: JsonValue): boolean =>
    given !== null && jsonEqual(command, study.settings.command as unknown as JsonValue);
  const strange = unaccepted.filter(({ command }) => !isGiven(command));
  const shown = strange.map(({ command }) => textOf(command)).join("; ");
  if (strange.length > 0 && !trustCommand) throw notAccepted(study.name, shown);
  await study.acceptCommands();
  if (strange.length > 0) say(`accepted, and run from now on: ${shown}`);
}

/** As a person would type it, without the secrets it holds. */
function textOf(command: JsonValue): string {
  const template = (Array.isArray(command) ? { argv: command } : command) as { argv: string[] } | { shell: string };
  return printedCommand(printableCommand(template));
}
