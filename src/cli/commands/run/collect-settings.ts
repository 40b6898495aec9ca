import { existsSync } from "node:fs";
import { AttuneError } from "../../../errors.ts";
import { readCommandTemplate } from "../../../protocol/index.ts";
import type { CommandInput } from "../../../trial/command-input.ts";
import type { CommandTemplate } from "../../../trial/study-definition.ts";
import { learnSecrets, printedCommand } from "../../secrets.ts";
import { mergeSettings } from "../../settings/declaration.ts";
import { type RunCommandOptions, readSettings } from "../../settings/options.ts";
import type { LocatedCommand } from "../../settings/program-settings.ts";
import { type RunSettings, settingsOf } from "../../settings/table.ts";
import { readStudyFile } from "../../study/read-study-file.ts";
import { studySpace } from "../../study/study-space.ts";
import { isStudyFileName } from "../../study/study-target.ts";
import { programNames } from "../../study/winning-command.ts";
import { refuseRedacted } from "./check-program.ts";

/**
 * What the study file, the options and the words behind `--` say together; options win over the file.
 *
 * @throws AttuneError `invalid-argument` or `invalid-file`.
 */
export async function collectSettings(
  words: readonly string[],
  program: readonly string[] | null,
  options: RunCommandOptions,
): Promise<RunSettings> {
  learnSecrets(program === null ? null : { argv: program });
  const settings = await collected(words, program, options);
  if (settings.command !== undefined) refuseRedacted(settings.command.template);
  learnSecrets(settings.command?.template);
  return settings;
}

async function collected(
  words: readonly string[],
  program: readonly string[] | null,
  options: RunCommandOptions,
): Promise<RunSettings> {
  const [word, ...more] = words;
  if (more.length > 0) throw forgottenDashes(words);
  const base = word === undefined ? {} : await readWord(word, program, options);
  const given = await readOptions(options);
  if (program === null) return withInput(mergeSettings(base, given));
  const [first] = program;
  if (first === undefined || first === "") {
    throw new AttuneError(
      "invalid-argument",
      "There is no program behind --; write: attune run … -- python train.py …",
    );
  }
  return withInput({ ...mergeSettings(base, given), command: { template: { argv: program }, locate: null } });
}

/** The ways in become part of the command. */
function withInput(settings: RunSettings): RunSettings {
  const { input, command, declared } = settings;
  if (declared !== undefined && command === undefined) {
    const message =
      "--param declares a parameter of a program; give the program behind --, or a study file that has one.";
    throw new AttuneError("invalid-argument", message);
  }
  if (input === undefined) return settings;
  if (command !== undefined) {
    return { ...settings, command: commandWithInput(command, input, parametersOf(settings)) };
  }
  const waysIn = settingsOf(["input"])
    .filter(({ inFile }) => inFile !== false)
    .map(({ name }) => `--${name}`);
  throw new AttuneError(
    "invalid-argument",
    `Ways in (${waysIn.join(", ")}) belong to a program; give it behind --, or a study file that has one.`,
  );
}

/** Tells names of parameters; while the space has a fault, which is told later, any name is taken for one. */
function parametersOf(settings: RunSettings): (name: string) => boolean {
  try {
    const names = new Set(programNames(studySpace(settings)));
    return (name) => names.has(name);
  } catch (error) {
    if (error instanceof AttuneError) return () => true;
    throw error;
  }
}

async function readWord(
  word: string,
  program: readonly string[] | null,
  options: RunCommandOptions,
): Promise<RunSettings> {
  if (isStudyFileName(word)) return await readStudyFile(word);
  if (program === null && existsSync(word)) throw forgottenDashes([word]);
  if (options.study !== undefined && options.study !== word) {
    throw new AttuneError(
      "invalid-argument",
      `Two studies are named, "${options.study}" by --study and "${word}"; give one.`,
    );
  }
  return { study: word };
}

function forgottenDashes(words: readonly string[]): AttuneError {
  const message = `"${printedCommand(words.join(" "))}" looks like a program; put -- before it: attune run … -- ${printedCommand(words.join(" "))}`;
  return new AttuneError("invalid-argument", message);
}

async function readOptions(options: RunCommandOptions): Promise<RunSettings> {
  if (options.minimize !== undefined && options.maximize !== undefined) {
    throw new AttuneError("invalid-argument", "Both --minimize and --maximize are given; a study has one metric.");
  }
  return await readSettings(options);
}

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
