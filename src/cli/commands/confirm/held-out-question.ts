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
import type { HeldOutSettings, LocatedCommand } from "../../settings/program-settings.ts";
import { readSettings, type SettingGroup } from "../../settings/table.ts";
import { checkPatterns, commandWithInput } from "../../study/collect-settings.ts";
import { keptMetricSettings, withReader } from "../../study/reading-of-study.ts";
import { programNames } from "../../study/winning-command.ts";
import { heldOutNames } from "./held-out-names.ts";

/** The options that only speak of runs on held-out data. */
export interface HeldOutOptions {
  /** What the program prints, `NAME` or `OBJECTIVE=NAME`. */
  readonly metric?: readonly string[];
  readonly again?: boolean;
}

/** Settings that say how the held-out program gets its parameters and gives its metric. */
export const HELD_OUT_GROUPS = ["input", "metrics"] as const satisfies readonly SettingGroup[];

/** What configurations are run with on held-out data, and what is asked of it. */
export interface HeldOutQuestion {
  readonly command: CommandTemplate;
  /** For each objective of the study what is printed of it, as good in the same direction. */
  readonly metrics: readonly Metric[];
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
  const { metrics: objectives, settings } = study;
  const given = mergeSettings(file?.settings ?? {}, await readSettings(options, HELD_OUT_GROUPS));
  const said = options.metric?.map((value) => readName({ value, label: "--metric", position: null }));
  const names = heldOutNames(objectives, said ?? file?.metric ?? []);
  const metrics = objectives.map(({ direction }, at): Metric => ({ name: names[at]!, direction }));
  if (given.metricPatterns !== undefined) await checkPatterns(given.metricPatterns);
  const kept = keptMetricSettings(given, metrics);
  const reading = kept === undefined ? readingOf(study, names) : withReader(kept, null);
  const command = withWaysIn(commandOf(study, file, program), study, given.input);
  refuseDeclarations(command);
  const isOwn = jsonEqual(plainJson(command), plainJson(settings.command));
  const best = kept === undefined && metricSettingsOf(settings.extra.metrics).value === "best";
  return { command, metrics, reading, notices: [...renamed(metrics, objectives), ...noticesOf(isOwn, best)] };
}

/** Whoever names another metric answers for what is good in it. */
function renamed(metrics: readonly Metric[], objectives: readonly Metric[]): readonly string[] {
  return metrics.flatMap(({ name, direction }, at) => {
    const own = objectives[at]!.name;
    const better = direction === "minimize" ? "smaller" : "larger";
    return name === own ? [] : [`a ${better} ${name} is taken for better, and its leads for those of ${own}`];
  });
}

function noticesOf(isOwnCommand: boolean, takesBest: boolean): readonly string[] {
  return [
    ...(isOwnCommand
      ? ["the held-out command is the study's own: it sees held-out data only if something else tells it to"]
      : []),
    ...(takesBest
      ? [
          "the study takes the best of the reported values; here the last counts, since the best would be chosen by the held-out data",
        ]
      : []),
  ];
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

/** By the study's reader; of its ways by name only those that are said of these metrics. */
function readingOf(study: Study, names: readonly string[]): MetricSettings {
  const { keep: _, value, paths, patterns, ...rest } = metricSettingsOf(study.settings.extra.metrics);
  const [path, pattern] = [saidOf(paths, names), saidOf(patterns, names)];
  return {
    ...rest,
    ...(value === undefined || value === "best" ? {} : { value }),
    ...(path === null ? {} : { paths: path }),
    ...(pattern === null ? {} : { patterns: pattern }),
  };
}

function saidOf(
  ways: Readonly<Record<string, string>> | undefined,
  names: readonly string[],
): Readonly<Record<string, string>> | null {
  const own = Object.entries(ways ?? {}).filter(([name]) => names.includes(name));
  return own.length === 0 ? null : Object.fromEntries(own);
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
