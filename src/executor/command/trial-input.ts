import { closeSync, writeFileSync } from "node:fs";
import { mkdir, readdir, symlink } from "node:fs/promises";
import { dirname, join, resolve, sep } from "node:path";
import { AttuneError } from "../../errors.ts";
import type { ParsedCommand } from "../../protocol/command-template.ts";
import { formatParams } from "../../protocol/format-params.ts";
import { inputFiles, TEMPLATE_ENDING } from "../../protocol/input-files.ts";
import { makeFolders } from "../../protocol/make-folders.ts";
import { openPlainFile } from "../../protocol/open-plain-file.ts";
import { readPlainFile } from "../../protocol/read-plain-file.ts";
import type { RenderValues } from "../../protocol/render-command.ts";
import { renderTemplate } from "../../protocol/render-template.ts";
import { paramsFormat } from "../../protocol/template-syntax.ts";
import { unwritableCode } from "../../storage/lacks-room.ts";
import type { CommandInput } from "../../trial/command-input.ts";

/** Where an attempt's files go: the user's working folder, and a folder of the attempt's own. */
export interface InputPlaces {
  readonly cwd: string;
  /** Made with the first file; null where none may be written. */
  readonly folder: string | null;
}

/** What a program gets besides its arguments. */
export interface TrialInput {
  /** Where it runs: the working folder, or a mirror of it in which the files written for the trial stand at their names. */
  readonly cwd: string;
  readonly stdin: string | null;
  readonly variables: Readonly<Record<string, string>>;
}

/** The folder for the files of one fold: the attempt's own where it has none. */
export function foldFolder(folder: string, fold: number | null): string {
  return fold === null ? folder : join(folder, `fold-${fold}`);
}

/** The path of a file written for an attempt, by its name. */
export function inputPath({ cwd, folder }: InputPlaces, name: string): string {
  return folder === null ? name : resolve(cwd, folder, name);
}

/**
 * Writes the files an attempt gets (mode 0600): the parameter file and the filled templates. A file whose path the command does
 * not hold is expected at its name in the working folder; so that trials side by side do not share it, the attempt's folder
 * then becomes a mirror of the working folder, all links but for these files, and the program runs there.
 *
 * @throws AttuneError `invalid-argument` when a template cannot be read, `user-code` when a file cannot be written.
 */
export async function writeTrialInput(
  command: ParsedCommand,
  values: RenderValues,
  places: InputPlaces,
): Promise<TrialInput> {
  const { input } = command;
  const stdin = input.stdin === undefined ? null : formatParams(values.params, input.stdin);
  const files = inputFiles(input);
  if (files.length === 0) return { cwd: places.cwd, stdin, variables: {} };
  const { cwd, folder } = places;
  if (folder === null) throw new AttuneError("internal", "Files are to be written for a trial that has no folder.");
  const own = resolve(cwd, folder);
  const texts = textsOf(input, values, cwd);
  const mirrored = files.some((file) => !command.files.includes(file));
  await writable(own, async () => {
    makeFolders(own);
    if (mirrored) await mirror(cwd, own, files, own);
    for (const [file, text] of texts) {
      makeFolders(dirname(join(own, file)));
      writePlainFile(join(own, file), text);
    }
  });
  const variables: Record<string, string> = {};
  if (input.paramsFile !== undefined) variables.ATTUNE_PARAMS_FILE = join(own, input.paramsFile);
  return { cwd: mirrored ? own : cwd, stdin, variables };
}

/** The text of each file, by its name. */
function textsOf(input: CommandInput, values: RenderValues, cwd: string): ReadonlyMap<string, string> {
  const texts = new Map<string, string>();
  const { paramsFile, templates = [] } = input;
  if (paramsFile !== undefined) {
    const format = paramsFormat(paramsFile) ?? "json";
    texts.set(paramsFile, formatParams(values.params, format));
  }
  for (const template of templates) {
    const file = template.slice(0, -TEMPLATE_ENDING.length);
    texts.set(file, renderTemplate(readTemplate(cwd, template), file, values));
  }
  return texts;
}

function readTemplate(cwd: string, template: string): string {
  try {
    return readPlainFile(resolve(cwd, template)).toString("utf8");
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new AttuneError("invalid-argument", `The template ${template} cannot be read (${why}).`, { cause });
  }
}

function writePlainFile(path: string, text: string): void {
  const file = openPlainFile(path, "overwrite");
  try {
    writeFileSync(file, text);
  } finally {
    closeSync(file);
  }
}

async function writable(folder: string, write: () => Promise<void>): Promise<void> {
  try {
    await write();
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    const message = `The trial's files could not be written to ${folder} (${why}); free some space, or check who may write there.`;
    throw new AttuneError(unwritableCode(cause), message, { cause });
  }
}

/**
 * Links everything in `from` into `to`, except the files themselves, the folders on the way to them (which are made anew and
 * mirrored in turn), and the one that holds the mirror (a link to it would lead round in a circle).
 */
async function mirror(from: string, to: string, files: readonly string[], root: string): Promise<void> {
  const first = new Map<string, string[]>();
  for (const file of files) {
    const [head = "", ...rest] = file.split("/").filter((part) => part !== ".");
    const deeper = first.get(head) ?? [];
    if (rest.length > 0) deeper.push(rest.join("/"));
    first.set(head, deeper);
  }
  for (const entry of await readdir(from, { withFileTypes: true })) {
    const path = join(from, entry.name);
    const inside = first.get(entry.name);
    if (root.startsWith(`${path}${sep}`)) continue;
    if (inside === undefined) await symlink(path, join(to, entry.name));
    else if (inside.length > 0) {
      await mkdir(join(to, entry.name), { mode: 0o700 });
      await mirror(path, join(to, entry.name), inside, root);
    }
  }
}
