import { mkdirSync } from "node:fs";
import { dirname, join } from "node:path";
import type { HeldOutCandidate, StudyReport, Winner } from "../../../analysis/index.ts";
import { AttuneError } from "../../../errors.ts";
import { CommandExecutor } from "../../../executor/command/command-executor.ts";
import type { JobControl } from "../../../executor/executor.ts";
import { readCommandTemplate } from "../../../protocol/index.ts";
import { type MetricSettings, metricSettingsOf } from "../../../protocol/metric-settings.ts";
import { heldOutFolder, heldOutLog } from "../../../record/study-files.ts";
import { schedulerAbilities } from "../../../scheduler/index.ts";
import { defaultParams, withDerived } from "../../../space/index.ts";
import type { JsonValue } from "../../../space/json.ts";
import { jsonEqual } from "../../../space/json-equal.ts";
import type { Study } from "../../../study/index.ts";
import { trialSeed } from "../../../study/run-job.ts";
import type { CommandInput } from "../../../trial/command-input.ts";
import { decodeNumber } from "../../../trial/encoded-number.ts";
import type { HeldOutRun } from "../../../trial/held-out-run.ts";
import type { Metric } from "../../../trial/metric.ts";
import type { CommandTemplate } from "../../../trial/study-definition.ts";
import { mergeSettings } from "../../settings/declaration.ts";
import { readName } from "../../settings/given-setting.ts";
import type { HeldOutSettings, LocatedCommand } from "../../settings/program-settings.ts";
import { defaultOf, type RunSettings, readSettings, type SettingGroup } from "../../settings/table.ts";
import { checkPatterns, commandWithInput, executorMetrics, executorSafety } from "../../study/collect-settings.ts";
import { keptMetricSettings, withReader } from "../../study/reading-of-study.ts";
import { programNames, valueWriterOf } from "../../study/winning-command.ts";

/** The options that only speak of runs on held-out data. */
export interface HeldOutOptions {
  readonly metric?: string;
  readonly again?: boolean;
}

/** Settings that say how the held-out program gets its parameters and gives its metric. */
export const HELD_OUT_GROUPS = ["input", "metrics"] as const satisfies readonly SettingGroup[];

/** What configurations are run with on held-out data, and what is asked of it. */
export interface HeldOutQuestion {
  readonly command: CommandTemplate;
  readonly metric: Metric;
  readonly reading: MetricSettings;
  /** What the user should know about it, in sentences. */
  readonly notices: readonly string[];
}

/**
 * What is to be run: the words behind `--`, else `holdout:` of the study file. Ways in and the reading of metrics are the study's
 * unless they are said anew; options win over the file.
 *
 * @throws AttuneError `invalid-argument` when no command is given, since none is guessed, or it declares parameters.
 */
export async function heldOutQuestion(
  study: Study,
  file: HeldOutSettings | undefined,
  program: readonly string[] | null,
  options: HeldOutOptions,
): Promise<HeldOutQuestion> {
  const [own] = study.metrics;
  const name =
    options.metric === undefined
      ? file?.metric
      : readName({ value: options.metric, label: "--metric", position: null });
  const metric: Metric = { name: name ?? own!.name, direction: own!.direction };
  const given = mergeSettings(file?.settings ?? {}, await readSettings(options, HELD_OUT_GROUPS));
  if (given.metricPatterns !== undefined) await checkPatterns(given.metricPatterns);
  const said = keptMetricSettings(given, [metric]);
  const kept = metricSettingsOf(study.settings.extra.metrics);
  const reading = said === undefined ? readingOf(study, metric) : withReader(said, null);
  const command = withWaysIn(commandOf(study, file, program), study, given.input);
  refuseDeclarations(command);
  const better = metric.direction === "minimize" ? "smaller" : "larger";
  const notices = [
    ...(metric.name === own!.name
      ? []
      : [`a ${better} ${metric.name} is taken for better, and its leads for those of ${own!.name}`]),
    ...(jsonEqual(plainJson(command), plainJson(study.settings.command))
      ? ["the held-out command is the study's own: it sees held-out data only if something else tells it to"]
      : []),
    ...(said === undefined && kept.value === "best"
      ? [
          "the study takes the best of the reported values; here the last counts, since the best would be chosen by the held-out data",
        ]
      : []),
  ];
  return { command, metric, reading, notices };
}

function commandOf(study: Study, file: HeldOutSettings | undefined, program: readonly string[] | null): LocatedCommand {
  if (program !== null) {
    if (program[0] !== undefined && program[0] !== "") return { template: { argv: program }, locate: null };
    throw new AttuneError("invalid-argument", "There is no program behind --; write: -- python test.py …");
  }
  if (file?.command !== undefined) return file.command;
  throw new AttuneError(
    "invalid-argument",
    `Say what runs on held-out data: attune confirm ${study.name} --holdout -- python train.py --data held-out.csv --lr '\${lr}', ` +
      "or holdout: {command: […]} in the study file, and name that file. It is not guessed.",
  );
}

/** By the study's reader; of its ways by name only those that are said of this metric. */
function readingOf(study: Study, { name }: Metric): MetricSettings {
  const { keep: _, value, paths, patterns, ...rest } = metricSettingsOf(study.settings.extra.metrics);
  const [path, pattern] = [paths?.[name], patterns?.[name]];
  return {
    ...rest,
    ...(value === undefined || value === "best" ? {} : { value }),
    ...(path === undefined ? {} : { paths: { [name]: path } }),
    ...(pattern === undefined ? {} : { patterns: { [name]: pattern } }),
  };
}

/** The study's ways in, and over them what is said of this program. */
function withWaysIn(command: LocatedCommand, study: Study, given: CommandInput | undefined): CommandTemplate {
  const input = { ...study.settings.command?.input, ...given };
  if (Object.keys(input).length === 0) return command.template;
  const { uses } = readCommandTemplate(command.template);
  // What measures that which a trial left needs none of its parameters, unless they are asked for.
  if (given?.argsStyle === undefined && uses.includes("trial")) return { ...command.template, input };
  const names = new Set(programNames(study.space));
  return commandWithInput(command, input, (name) => names.has(name)).template;
}

function refuseDeclarations(command: CommandTemplate): void {
  const [first] = readCommandTemplate(command).declarations;
  if (first === undefined) return;
  throw new AttuneError(
    "invalid-argument",
    `The held-out command declares ${first.name}; it gets the values of the study's trials: write \${${first.name}}.`,
  );
}

/** A value as a log gives it back: without what is undefined. */
export function plainJson(value: object | null): JsonValue {
  return JSON.parse(JSON.stringify(value)) as JsonValue;
}

/** What `${trial}` and ATTUNE_TRIAL are for a configuration that no trial has. */
const NO_TRIAL = -1;

/** What is run how, and who hears of it. */
export interface HeldOutTask {
  readonly question: HeldOutQuestion;
  readonly candidates: readonly SeededCandidate[];
  readonly settings: RunSettings;
  readonly environment: NodeJS.ProcessEnv;
  /** A sentence why no run may begin any more, or null. */
  readonly mayStart: () => Promise<string | null>;
  /** Told of each run that is written down, and of each that ended without being one, with the reason. */
  readonly onEnd: (candidate: SeededCandidate, run: HeldOutRun | null, why: string | null) => void;
}

/** Runs each candidate once, with the limits of trials, and keeps each run with the study as soon as it has ended. */
export async function runHeldOut(study: Study, task: HeldOutTask, control: JobControl): Promise<void> {
  const { settings, question, environment } = task;
  const folders = new Map<number, number>();
  const place = (trial: number, name: string): string =>
    join(heldOutFolder(study.location, study.id, folders.get(trial)!), name);
  const executor = new CommandExecutor({
    command: question.command,
    parameters: programNames(study.space),
    writer: valueWriterOf(study),
    environment,
    inputFolder: ({ trial }) => place(trial, "input"),
    logFile: ({ trial }) => heldOutLog(study.location, study.id, folders.get(trial)!),
    stopFile: ({ trial }) => place(trial, "stop"),
    reportFile: ({ trial }) => place(trial, "reports"),
    ...executorSafety(settings, settings.grace ?? defaultOf("grace"), environment),
    metrics: await executorMetrics(question.reading, [question.metric]),
  });
  const waiting = [...task.candidates];
  const work = async (): Promise<void> => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      const refused = control.stop.aborted ? "the run was stopped" : await task.mayStart();
      if (refused !== null) task.onEnd(next, null, refused);
      else {
        const number = newFolder(study);
        folders.set(next.trial ?? NO_TRIAL, number);
        await runOne(study, task, executor, next, number, control);
      }
    }
  };
  try {
    await Promise.all(Array.from({ length: Math.min(settings.workers ?? 1, waiting.length) }, work));
  } finally {
    await executor.close();
  }
}

async function runOne(
  study: Study,
  { question, onEnd }: HeldOutTask,
  executor: CommandExecutor,
  candidate: SeededCandidate,
  number: number,
  control: JobControl,
): Promise<void> {
  const { role, trial, params, seed } = candidate;
  const { command, metric, reading } = question;
  const startedAt = Date.now();
  const begun = performance.now();
  const kept = (reading.keep ?? []).filter((name) => name !== metric.name);
  const job = { study: study.name, trial: trial ?? NO_TRIAL, segment: 0, attempt: 0, until: null, resumeFrom: null };
  const staged = schedulerAbilities(study.settings.scheduler.name)?.promotes === true;
  const { state, values, end } = await executor.run(
    { ...job, params, seed, metrics: [metric.name], ...(staged && { staged }) },
    { report: () => undefined, room: () => null, ask: () => null },
    control,
  );
  if (state === null) {
    onEnd(candidate, null, end.message);
    return;
  }
  const found = Object.fromEntries(
    Object.entries(values).filter(([name]) => name === metric.name || kept.includes(name)),
  );
  const run: HeldOutRun = {
    ...{ number, role, trial, params, seed, command, metric: metric.name },
    ...{
      reading: { ...reading },
      values: found,
      end,
      startedAt,
      endedAt: startedAt + Math.round(performance.now() - begun),
    },
  };
  await study.recordHeldOut(run);
  onEnd(candidate, run, null);
}

/** The first number whose folder nobody has, also not a run that was killed or one that goes on beside this. */
function newFolder(study: Study): number {
  for (let number = 1 + Math.max(-1, ...study.heldOut.map((run) => run.number)); ; number++) {
    const folder = heldOutFolder(study.location, study.id, number);
    mkdirSync(dirname(folder), { recursive: true, mode: 0o700 });
    try {
      mkdirSync(folder, { mode: 0o700 });
      return number;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    }
  }
}

/** A configuration with the seed its program gets: the one that its trial had. */
export interface SeededCandidate extends HeldOutCandidate {
  readonly seed: number;
}

/** The configurations to be judged on held-out data, the winner first, and sentences about those that cannot be. */
interface HeldOutCandidates {
  readonly candidates: readonly SeededCandidate[];
  readonly left: readonly string[];
}

/** Winner, runner-up and defaults, each once. */
export function heldOutCandidates(
  study: Study,
  winner: Winner,
  { defaultTrial }: StudyReport,
  command: CommandTemplate,
): HeldOutCandidates {
  const [metric] = study.metrics;
  const { runnerUp } = winner;
  const candidates = [seeded(study, "winner", winner.number, decodeNumber(winner.values[metric!.name]!))];
  if (runnerUp !== null) candidates.push(seeded(study, "runner-up", runnerUp.number, runnerUp.value));
  const tried = winner.default;
  if (tried !== null) {
    const known = candidates.find(({ trial }) => trial === tried.number);
    if (known !== undefined) return { candidates, left: [`The defaults are the ${known.role}.`] };
    return { candidates: [...candidates, seeded(study, "default", tried.number, tried.value)], left: [] };
  }
  const defaults = defaultParams(study.space);
  if (defaults === null) return { candidates, left: [] };
  if (defaultTrial?.state === "failed")
    return { candidates, left: [`The defaults failed in trial ${defaultTrial.number} and are not run.`] };
  if (readCommandTemplate(command).uses.includes("trial"))
    return {
      candidates,
      left: ["The defaults have no finished trial, so there is no ${trial} to put into the command."],
    };
  const params = withDerived(study.space, defaults);
  const untried = { role: "default", trial: null, params, seen: null, seed: trialSeed(study.seed, 0) } as const;
  return { candidates: [...candidates, untried], left: [] };
}

function seeded(study: Study, role: SeededCandidate["role"], trial: number, seen: number): SeededCandidate {
  const { replicate } = study.trial(trial);
  const seed = replicate?.seed ?? trialSeed(study.seed, trial);
  return { role, trial, params: study.programParams(trial), seen, seed };
}
