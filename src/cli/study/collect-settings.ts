import { existsSync } from "node:fs";
import { AttuneError } from "../../errors.ts";
import type { CommandExecutorOptions } from "../../executor/command/command-executor.ts";
import { type GpuPlan, GpuSlots } from "../../executor/command/gpu-slots.ts";
import type { MetricPlan } from "../../executor/command/open-metrics.ts";
import type { SettingWords } from "../../executor/command/setting-words.ts";
import { compileLimits } from "../../objective/index.ts";
import { readCommandTemplate } from "../../protocol/index.ts";
import type { MetricSettings } from "../../protocol/metric-settings.ts";
import { readerVersionOf } from "../../protocol/reader-version.ts";
import { quoteWord } from "../../protocol/shell-quote.ts";
import { learnSecrets, printedCommand } from "../../record/secrets.ts";
import type { CommandInput } from "../../trial/command-input.ts";
import type { Metric } from "../../trial/metric.ts";
import type { CommandTemplate } from "../../trial/study-definition.ts";
import { refuseRedacted } from "../commands/run/check-program.ts";
import { mergeSettings } from "../settings/declaration.ts";
import { badSetting } from "../settings/given-setting.ts";
import type { LocatedPatterns } from "../settings/metric-settings.ts";
import type { LocatedCommand } from "../settings/program-settings.ts";
import { defaultOf, type RunCommandOptions, type RunSettings, readSettings, settingsOf } from "../settings/table.ts";
import { objectivesInOrder, withoutObjectives } from "./given-objectives.ts";
import { readStudyFile } from "./read-study-file.ts";
import { studySpace } from "./study-space.ts";
import { isStudyFileName } from "./study-target.ts";
import { programNames } from "./winning-command.ts";

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
  const named = word === undefined ? {} : await readWord(word, program, options);
  const given = await readOptions(options);
  const base = withoutObjectives(named, given);
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
  return objectivesInOrder(await readSettings(options), options);
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

/** What the executor's settings are called on a command line. */
export const OPTION_WORDS: SettingWords = {
  time: "--trial-timeout",
  idle: "--idle-timeout",
  memory: "--memory-limit",
  pattern: (given) => (given === null ? "--metric-regex" : `--metric-regex ${quoteWord(given)}`),
};

/**
 * What the settings say of limits and resources, as the executor takes it.
 *
 * @throws AttuneError `invalid-argument` for GPUs that cannot be handed out so.
 */
export function executorSafety(
  settings: RunSettings,
  grace: number,
  environment: NodeJS.ProcessEnv,
): Partial<CommandExecutorOptions> {
  const { trialTimeout, idleTimeout, memoryLimit, nice, workers, logLimit } = settings;
  return {
    limits: { time: trialTimeout ?? null, idle: idleTimeout ?? null, memory: memoryLimit ?? null },
    graceMs: grace * 1000,
    gpus: gpuPlan(settings, environment),
    workers: workers ?? defaultOf("workers"),
    nice: nice ?? defaultOf("nice"),
    logLimit: logLimit ?? defaultOf("log-limit"),
    words: OPTION_WORDS,
  };
}

/** A sentence when the GPUs hold fewer trials than there are workers, or null. */
export function gpuNotice(settings: RunSettings, environment: NodeJS.ProcessEnv): string | null {
  const plan = gpuPlan(settings, environment);
  const workers = settings.workers ?? defaultOf("workers");
  if (plan === null) return null;
  const { capacity } = new GpuSlots(plan);
  if (capacity >= workers) return null;
  const hold = capacity === 1 ? "one trial" : `${capacity} trials`;
  const wait = workers - capacity === 1 ? "worker waits" : `${workers - capacity} workers wait`;
  return `GPUs ${plan.gpus.join(", ")} hold ${hold} at a time; the other ${wait} for one to be free.`;
}

function gpuPlan(settings: RunSettings, environment: NodeJS.ProcessEnv): GpuPlan | null {
  const { trialsPerGpu, gpusPerTrial } = settings;
  const visible = environment.CUDA_VISIBLE_DEVICES?.split(",").filter((gpu) => gpu.trim() !== "");
  if (settings.gpus === undefined && trialsPerGpu === undefined && gpusPerTrial === undefined) return null;
  const gpus = settings.gpus ?? visible;
  if (gpus === undefined || gpus.length === 0) {
    const message = "It is said how to share GPUs, but not which there are; name them: --gpus 0,1.";
    throw new AttuneError("invalid-argument", message);
  }
  const plan = {
    gpus,
    trialsPerGpu: trialsPerGpu ?? defaultOf("trials-per-gpu"),
    gpusPerTrial: gpusPerTrial ?? defaultOf("gpus-per-trial"),
  };
  return new GpuSlots(plan).plan;
}

/**
 * How metrics are read, as the executor takes it; what `limits` look at is kept besides.
 *
 * @throws AttuneError `invalid-argument` for settings that a later Attune made, or of one number for several objectives.
 */
export async function executorMetrics(
  kept: MetricSettings,
  metrics: readonly Metric[],
  limits: readonly string[] = [],
): Promise<MetricPlan> {
  readerVersionOf(kept);
  if (kept.lastNumber === true && metrics.length > 1) {
    const message = `The last number of the output is one value, and the study has ${metrics.length} objectives; let the program print each by its name.`;
    throw new AttuneError("invalid-argument", message);
  }
  const limited = compileLimits(limits).flatMap((limit) => limit.metrics);
  const others = limited.filter((name) => metrics.every((metric) => metric.name !== name));
  const keep = [...new Set([...(kept.keep ?? []), ...others])];
  const settings = keep.length === 0 ? kept : { ...kept, keep };
  const smaller = metrics.filter(({ direction }) => direction === "minimize").map(({ name }) => name);
  const sources = Object.entries(settings.patterns ?? {});
  if (sources.length === 0) return { settings, smaller: new Set(smaller), patterns: [] };
  const { compilePattern } = await import("../../discovery/compile-pattern.ts");
  const patterns = sources.map(([metric, source]) => compilePattern(metric, source));
  return { settings, smaller: new Set(smaller), patterns };
}

/**
 * Compiles the user's expressions, to tell what is wrong with them before anything is made. The engine is loaded only here.
 *
 * @throws AttuneError `invalid-argument` or `invalid-file`, with the place.
 */
export async function checkPatterns({ sources, setting }: LocatedPatterns): Promise<void> {
  const { compilePattern } = await import("../../discovery/compile-pattern.ts");
  for (const [metric, source] of Object.entries(sources)) {
    try {
      compilePattern(metric, source);
    } catch (error) {
      if (!(error instanceof AttuneError)) throw error;
      throw badSetting(setting, error.message);
    }
  }
}
