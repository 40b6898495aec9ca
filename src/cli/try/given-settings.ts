import type { RenderedCommand } from "../../protocol/render-command.ts";

const WORD = /^(?:-{0,2}|\+{1,2})([\p{L}_][\p{L}\p{N}_.-]*)(?:=(.*))?$/su;

/** What a command gives a program by name, so that it may print it back: `--eval-iters 20`, `-c 3`, `lr=0.1`, `max_depth=3`. */
export function givenSettings(command: RenderedCommand): ReadonlyMap<string, string> {
  const words = "argv" in command ? command.argv.slice(1) : command.shell.split(/\s+/);
  const given = new Map<string, string>();
  for (const [index, word] of words.entries()) {
    const match = WORD.exec(word);
    if (match === null) continue;
    const next = words[index + 1];
    const value = match[2] ?? (word.startsWith("-") ? next : undefined);
    if (value !== undefined) given.set(match[1]!, value);
  }
  return given;
}
