import { AttuneError } from "../../../errors.ts";
import { readCommandTemplate } from "../../../protocol/index.ts";
import { type MetricSettings, metricSettingsOf } from "../../../protocol/metric-settings.ts";
import type { JsonValue } from "../../../space/json.ts";
import { jsonEqual } from "../../../space/json-equal.ts";
import type { Study } from "../../../study/index.ts";
import type { CommandInput } from "../../../trial/command-input.ts";
import type { Metric } from "../../../trial/metric.ts";
import type { CommandTemplate } from "../../../trial/study-definition.ts";
import { mergeSettings } from "../../settings/declaration.ts";
import { readName } from "../../settings/given-setting.ts";
import { readSettings } from "../../settings/options.ts";
import type { HeldOutSettings, LocatedCommand } from "../../settings/program-settings.ts";
import type { SettingGroup } from "../../settings/table.ts";
import { keptMetricSettings, withReader } from "../../study/reading-of-study.ts";
import { programNames } from "../../study/winning-command.ts";
import { commandWithInput } from "../run/collect-settings.ts";
import { checkPatterns } from "../run/executor-settings.ts";

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
