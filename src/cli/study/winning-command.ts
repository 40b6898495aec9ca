import { resolve } from "node:path";
import { foldFolder, inputPath } from "../../executor/command/trial-input.ts";
import { formatParams } from "../../protocol/format-params.ts";
import { printableCommand, readCommandTemplate, renderCommand } from "../../protocol/index.ts";
import { inputFiles } from "../../protocol/input-files.ts";
import { parameterVariables } from "../../protocol/parameter-variables.ts";
import type { RenderedCommand } from "../../protocol/render-command.ts";
import { quoteCommand, quoteWord } from "../../protocol/shell-quote.ts";
import type { ValueWriter } from "../../protocol/value-writer.ts";
import { printedCommand } from "../../record/secrets.ts";
import { inputFolder } from "../../record/study-files.ts";
import { schedulerAbilities } from "../../scheduler/index.ts";
import { compileDerived } from "../../space/derived-values.ts";
import { declaredParameters, type Space, spellParams } from "../../space/index.ts";
import type { Params } from "../../space/json.ts";
import type { SpelledParams } from "../../space/spelled.ts";
import { foldsOf } from "../../study/folds-of.ts";
import { trialSeed } from "../../study/run-job.ts";
import { writingOf } from "../../study/writing.ts";
import type { CommandTemplate, StudySettings } from "../../trial/study-definition.ts";
import type { Trial } from "../../trial/trial.ts";

/** What a trial's command line is made from. */
export interface CommandSource {
  readonly id: string;
  readonly location: string;
  readonly settings: StudySettings;
  readonly space: Space;
  readonly seed: number;
  trial(number: number): Trial;
  programParams(number: number): Params;
}

/** Names of all that a program may be given: parameters, the fidelity and derived values. */
export function programNames(space: Space): readonly string[] {
  return [...declaredParameters(space), ...(space.derived ?? [])].map(({ name }) => name);
}

/** The same as it is printed: without the secrets it holds, or with `[redacted]` in their place. */
export function printedCommandOf(study: CommandSource, number: number): string | null {
  const line = commandOfTrial(study, number);
  return line === null ? null : printedCommand(line);
}

function lastAttempt({ segments }: Trial): number {
  return Math.max(0, segments.reduce((sum, { attempts }) => sum + attempts.length, 0) - 1);
}

/** The command line of a trial, ready to paste into a POSIX shell; null for a study without a program. */
export function commandOfTrial(study: CommandSource, number: number): string | null {
  const { command } = study.settings;
  if (command === null) return null;
  const trial = study.trial(number);
  const { spell, plainPlaces } = valueWriterOf(study);
  const params = spell(study.programParams(number));
  const parsed = readCommandTemplate(command);
  const cwd = process.cwd();
  const fold = foldsOf(study.settings) === null ? (trial.replicate?.fold ?? null) : 1;
  const folder = foldFolder(inputFolder(study.location, study.id, number, lastAttempt(trial)), fold);
  const rendered = renderCommand(parsed, {
    parameters: new Set(programNames(study.space)),
    params,
    plainPlaces,
    seed: trial.replicate?.seed ?? trialSeed(study.seed, number),
    trial: number,
    fold,
    ...(schedulerAbilities(study.settings.scheduler.name)?.promotes === true && { until: null }),
    filePath: (name) => inputPath({ cwd, folder }, name),
  });
  const { input, files } = parsed;
  // Which parameters a template holds is in a file that may be gone; a program that has one is taken to find all in it.
  const byEnvironment = input.templates === undefined && unmentionedParameters(study.space, command).length > 0;
  const line = byEnvironment ? withVariables(rendered, params) : printableCommand(rendered);
  const own = inputFiles(input).some((file) => !files.includes(file))
    ? `cd ${quoteWord(resolve(cwd, folder))} && `
    : "";
  if (input.stdin === undefined) return own + line;
  const text = formatParams(params, input.stdin);
  return `${own}printf %s ${quoteWord(text)} | ${parsed.form === "shell" ? `{ ${line}; }` : line}`;
}

/** By `env`, which takes names that no shell would. */
function withVariables(command: RenderedCommand, params: SpelledParams): string {
  const variables = Object.entries(parameterVariables(params)).map(([name, value]) => `${name}=${value}`);
  return quoteCommand(["env", ...variables, ...("argv" in command ? command.argv : ["sh", "-c", command.shell])]);
}

/**
 * Names of the parameters that a program finds only in its environment: neither its command, nor its templates, nor a way that hands
 * over all of them at once has them, and nothing that is handed over follows from them.
 */
export function unmentionedParameters(
  space: Space,
  command: CommandTemplate,
  inTemplates: readonly string[] = [],
): readonly string[] {
  const { declarations, uses, input } = readCommandTemplate(command);
  const mentioned = new Set([...uses, ...declarations.map(({ name }) => name), ...inTemplates]);
  if (mentioned.has("args") || input.paramsFile !== undefined || input.stdin !== undefined) return [];
  for (const { names } of compileDerived(space)) for (const name of names) mentioned.add(name);
  const parents = new Set(space.parameters.flatMap(({ when }) => when.flat().map(({ parent }) => parent)));
  return space.parameters
    .filter(({ name, type }) => type !== "fixed" && !mentioned.has(name) && !parents.has(name))
    .map(({ name }) => name);
}

/** How a study writes values for programs; its space is looked at anew each time. */
export function valueWriterOf(study: { readonly space: Space; readonly settings: StudySettings }): ValueWriter {
  const writing = writingOf(study.settings);
  return { spell: (params) => spellParams(study.space, params, writing), plainPlaces: writing === 1 };
}
