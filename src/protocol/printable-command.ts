import { hasHidden } from "./hidden-characters.ts";
import type { RenderedCommand } from "./render-command.ts";
import { quoteCommand, quoteWord } from "./shell-quote.ts";

/**
 * A command as one line to paste into a POSIX shell: a list with its words quoted, a shell string as it is, unless a
 * terminal would obey what it holds.
 *
 * @example
 * printableCommand(["python", "train.py", "--name=two words"]); // python train.py '--name=two words'
 */
export function printableCommand(command: RenderedCommand | readonly string[]): string {
  if ("shell" in command) return hasHidden(command.shell) ? `eval ${quoteWord(command.shell)}` : command.shell;
  return quoteCommand("argv" in command ? command.argv : command);
}
