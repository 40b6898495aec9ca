import type { Command } from "commander";
import { formatDuration } from "../../../analysis/words/format-duration.ts";
import { formatValue } from "../../../analysis/words/format-value.ts";
import { findMetrics } from "../../../discovery/find-metrics.ts";
import { AttuneError } from "../../../errors.ts";
import { printableCommand, type RenderedCommand, readCommandTemplate, renderCommand } from "../../../protocol/index.ts";
import { inputFiles } from "../../../protocol/input-files.ts";
import { printedCommand } from "../../../record/secrets.ts";
import { buildSpace, middleParams, type Params, type Space, spellParams } from "../../../space/index.ts";
import type { CommandTemplate } from "../../../trial/study-definition.ts";
import { type CliContext, EXIT_CODES, type ExitCode } from "../../context.ts";
import { addSettings, type RunCommandOptions, type RunSettings } from "../../settings/table.ts";
import { checkPatterns, collectSettings, executorMetrics } from "../../study/collect-settings.ts";
import { givenObjectives } from "../../study/given-objectives.ts";
import { keptMetricSettings, withReader } from "../../study/reading-of-study.ts";
import { studySpace } from "../../study/study-space.ts";
import { programNames } from "../../study/winning-command.ts";
import { hasTerminal, listenForStop } from "../../terminal.ts";
import { nearDeclarationNotes, requireProgram, templateUses, unusedParameters } from "../run/check-program.ts";
import { noProgram } from "../run/tune-study.ts";
import { mergeMetrics, metricLines, nextSteps } from "./next-steps.ts";
import { LAST_NUMBER_PROBE, lastNumberMetric, type TriedProgram, type TryTask, tryProgram } from "./try-program.ts";

const HELP = `
Runs the program once, as a trial would run, with the parameters' defaults (else the middle of ranges and
the first of choices). No study is made. Ends with code 1 when the program fails or no metric is found.

Examples:
  attune try -- python train.py --lr '{lr: 1e-5..1e-1 log}'
  attune try --minimize val_loss --metric-file results.json --metric-path test.loss -- python train.py
  attune try study.yaml`;

/** `attune try`: runs a program once and shows what was understood. */
export function configure(command: Command, context: CliContext): void {
  command
    .usage("[options] -- program arguments…\n       attune try [options] study.yaml")
    .argument("[words...]", "a study file");
  addSettings(command, "try")
    .addHelpText("after", HELP)
    .action(async (words: readonly string[], options: RunCommandOptions) => {
      if (words.length === 0 && context.program === null) throw nothingToTry();
      context.exitWith(await tryCommand(words, options, context));
    });
}

/** Runs a program once with its defaults and prints what was understood; answers the exit code. */
export async function tryCommand(
  words: readonly string[],
  options: RunCommandOptions,
  { output, program, environment }: CliContext,
): Promise<ExitCode> {
  const settings = await collectSettings(words, program, options);
  const command = settings.command?.template;
  if (command === undefined) throw noProgram(settings.study);
  const space = spaceOf(settings);
  await requireProgram(command);
  const inTemplates = templateUses(command, programNames(space));
  const params = middleParams(space);
  const fold = settings.folds === undefined ? null : 1;
  const rendered = renderedWith(command, space, params, fold);
  for (const line of given(command, rendered, space, params)) output.out(line);
  const doubts = [...unusedParameters(space, command, inTemplates), ...nearDeclarationNotes(command)];
  for (const line of doubts) output.err(line);
  output.err("running…");
  const signals = listenForStop(hasTerminal(), (signal) => output.err(`${signal}: the program is asked to end.`));
  try {
    const task = { command, space, params, ...(await asked(settings)), environment, fold };
    const tried = await tryProgram(task, signals);
    const names = { parameters: programNames(space), settings: givenSettings(rendered) };
    const found = findMetrics(tried.output, names, foundByName(tried, task));
    const came = tried.metrics.filter(({ name }) => name !== LAST_NUMBER_PROBE);
    const metrics = mergeMetrics(came, found, lastNumberMetric(tried));
    const { outcome, message } = tried.end;
    const ended = outcome === "ok" || outcome === "no-metric";
    output.out(`time        ${formatDuration(tried.seconds)}`);
    output.out(`end         ${outcome === "ok" ? "exit code 0" : (message ?? outcome)}`);
    const wanted = givenObjectives(settings)?.map(({ name }) => name) ?? [];
    for (const line of metricLines(metrics, wanted)) output.out(line);
    if (ended) for (const line of nextSteps({ words, settings, metrics, command, space })) output.out(line);
    const seen = new Set(metrics.map(({ name }) => name));
    const isThere = metrics.length > 0 && wanted.every((name) => seen.has(name));
    return signals.exitCode() ?? (outcome === "ok" && isThere ? EXIT_CODES.ok : EXIT_CODES.negative);
  } finally {
    signals.dispose();
  }
}

/** Names of metrics that came from the output, but for those that an expression found. */
function foundByName({ metrics }: TriedProgram, { plan }: TryTask): readonly string[] {
  const byName = metrics.filter(
    ({ name, way }) => way === "output" && !plan.patterns.some(({ metric }) => metric === name),
  );
  return byName.map(({ name }) => name);
}

/** The metrics to look for by the ways that the options say; none in particular when none is named. */
async function asked(settings: RunSettings): Promise<Pick<TryTask, "metrics" | "plan">> {
  const { metricPatterns } = settings;
  const metrics = givenObjectives(settings) ?? [];
  if (metricPatterns !== undefined) await checkPatterns(metricPatterns);
  let kept = keptMetricSettings(settings, metrics.length === 0 ? [{ name: "" }] : metrics) ?? {};
  const unnamed = [kept.file, kept.tensorboard, kept.patterns, kept.lastNumber].some((way) => way !== undefined);
  if (metrics.length === 0 && unnamed) {
    const message = "Say which metric that way brings: --minimize val_loss or --maximize accuracy.";
    throw new AttuneError("invalid-argument", message);
  }
  if (metrics.length === 0) kept = { ...kept, keep: [LAST_NUMBER_PROBE, ...(kept.keep ?? [])], lastNumber: true };
  return {
    metrics: metrics.map(({ name }) => name),
    plan: await executorMetrics(withReader(kept, null), metrics, settings.limits),
  };
}

/** A program without parameters can be tried too: then only its metrics are looked for. */
function spaceOf(settings: RunSettings): Space {
  const { command, space, declared } = settings;
  const none = isEmpty(space) && declared === undefined && command !== undefined;
  if (none && readCommandTemplate(command.template).declarations.length === 0) return buildSpace([]);
  return studySpace(settings);
}

/** No space, or one that lists nothing yet, as a draft may have it. */
function isEmpty(space: RunSettings["space"]): boolean {
  if (space === undefined || space.mapping === null) return true;
  return typeof space.mapping === "object" && Object.keys(space.mapping).length === 0;
}

function renderedWith(command: CommandTemplate, space: Space, params: Params, fold: number | null): RenderedCommand {
  return renderCommand(readCommandTemplate(command), {
    parameters: new Set(programNames(space)),
    params: spellParams(space, params),
    seed: 0,
    trial: 0,
    fold,
  });
}

function given(command: CommandTemplate, rendered: RenderedCommand, space: Space, params: Params): readonly string[] {
  const { input } = readCommandTemplate(command);
  const lines = [`command     ${printedCommand(printableCommand(rendered))}`];
  const files = inputFiles(input);
  if (files.length > 0) lines.push(`files       ${files.join(", ")}`);
  if (input.stdin !== undefined) lines.push(`stdin       all parameters as ${input.stdin}`);
  const names = Object.keys(params);
  if (names.length === 0) return [...lines, "parameters  none declared"];
  const width = Math.max(...names.map((name) => name.length));
  const defaults = new Map(space.parameters.map((p) => [p.name, p.default]));
  return [
    ...lines,
    ...names.map((name, index) => {
      const how = defaults.get(name) === undefined ? "" : "  (its default)";
      return `${index === 0 ? "parameters" : "          "}  ${name.padEnd(width)}  ${formatValue(params[name]!)}${how}`;
    }),
  ];
}

/** Said when no program is given. */
function nothingToTry(): AttuneError {
  return new AttuneError(
    "invalid-argument",
    "Say what to try: attune try -- python train.py --lr '{lr: 1e-5..1e-1 log}', or attune try study.yaml.",
  );
}

const WORD = /^(?:-{0,2}|\+{1,2})([\p{L}_][\p{L}\p{N}_.-]*)(?:=(.*))?$/su;

/** What a command gives a program by name, so that it may print it back: `--eval-iters 20`, `-c 3`, `lr=0.1`, `max_depth=3`. */
function givenSettings(command: RenderedCommand): ReadonlyMap<string, string> {
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
