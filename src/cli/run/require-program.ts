import { constants } from "node:fs";
import { access, readdir, stat } from "node:fs/promises";
import { delimiter, join } from "node:path";
import { AttuneError } from "../../errors.ts";
import { nearestWord } from "../../space/index.ts";
import type { CommandTemplate } from "../../trial/study-definition.ts";

/**
 * Refuses a program that cannot be started before a study is begun with it.
 *
 * @throws AttuneError `command-not-found`.
 */
export async function requireProgram(command: CommandTemplate): Promise<void> {
  if ("shell" in command || process.platform === "win32") return;
  const [program = ""] = command.argv;
  // A program chosen by a parameter is known only in the trial.
  if (/[{$]/.test(program)) return;
  if (program.includes("/")) return await requireFile(program);
  const folders = (process.env.PATH ?? "").split(delimiter).filter((folder) => folder !== "");
  for (const folder of folders) if ((await problemOf(join(folder, program))) === null) return;
  throw await notOnPath(program, folders);
}

async function requireFile(program: string): Promise<void> {
  const problem = await problemOf(program);
  if (problem === null) return;
  throw new AttuneError("command-not-found", `The program ${program} cannot be run: ${problem}.`);
}

async function problemOf(file: string): Promise<string | null> {
  try {
    if ((await stat(file)).isDirectory()) return "it is a folder";
    await access(file, constants.X_OK);
    return null;
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === "EACCES") return "it is not executable (chmod +x makes it so)";
    return "there is no such file";
  }
}

async function notOnPath(program: string, folders: readonly string[]): Promise<AttuneError> {
  if (/\s/.test(program)) {
    const message = `"${program}" is one word with blanks; give program and arguments as words of their own, or: -- sh -c '${program}'`;
    return new AttuneError("command-not-found", message);
  }
  if ((await problemOf(program)) !== "there is no such file") {
    return new AttuneError(
      "command-not-found",
      `There is no program ${program} on the PATH; for the file here write ./${program}.`,
    );
  }
  const names = await Promise.all(folders.map(async (folder) => await readdir(folder).catch((): string[] => [])));
  const near = program.length < 3 ? null : nearestWord(program, new Set(names.flat()));
  const hint = near === null ? "Install it, or give its path." : `Did you mean ${near}?`;
  return new AttuneError("command-not-found", `There is no program ${program} on the PATH. ${hint}`);
}
