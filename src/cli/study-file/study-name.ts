import { basename, parse as parsePath } from "node:path";
import type { CommandTemplate } from "../../trial/study-definition.ts";

/**
 * The name of a study that was given none: the stem of the command's first argument that is an existing file
 * (`train` for `python train.py …`), else of its program. `isFile` tells whether a path names a file.
 */
export function defaultStudyName(command: CommandTemplate, isFile: (path: string) => boolean): string {
  const words = "argv" in command ? command.argv : command.shell.trim().split(/\s+/);
  const [program = "study", ...rest] = words;
  const file = rest.find((word) => isFile(word));
  return parsePath(basename(file ?? program)).name || "study";
}
