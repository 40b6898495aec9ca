import { AttuneError } from "../../errors.ts";
import { goalText } from "../../objective/goal.ts";
import { readCommandTemplate } from "../../protocol/index.ts";
import { type MetricSettings, metricSettingsOf } from "../../protocol/metric-settings.ts";
import { NEWEST_READER, readerVersionOf } from "../../protocol/reader-version.ts";
import { quoteCommand, quoteWord } from "../../protocol/shell-quote.ts";
import { printedCommand } from "../../record/secrets.ts";
import { declaredParameters, formatParameterText, parseParameterText } from "../../space/index.ts";
import { foldsOf } from "../../study/folds-of.ts";
import { hasValues } from "../../study/has-values.ts";
import type { StudyReader } from "../../study/study-reader.ts";
import { checkMetricName } from "../../trial/check-metric-name.ts";
import type { Metric } from "../../trial/metric.ts";
import type { CommandTemplate } from "../../trial/study-definition.ts";
import { OWN_METRIC } from "../settings/metric-settings.ts";
import { defaultOf, type RunSettings } from "../settings/table.ts";

/**
 * How metrics are to be read, in the form kept with a study; undefined when the settings say nothing of it.
 *
 * @throws AttuneError `invalid-argument` for settings that contradict each other.
 */
export function keptMetricSettings(
  settings: RunSettings,
  metrics: readonly Pick<Metric, "name">[],
): MetricSettings | undefined {
  const tuned = metrics.map(({ name }) => name);
  const { metricValue, keep, metricFile, metricPaths, tensorboard, metricPatterns, lastNumber, reportHttp } = settings;
  const given: MetricSettings = {
    ...(metricValue === undefined ? {} : { value: metricValue }),
    ...(keep === undefined ? {} : { keep: keep.filter((name) => !tuned.includes(name)) }),
    ...(metricFile === undefined ? {} : { file: metricFile }),
    ...(metricPaths === undefined ? {} : { paths: named(metricPaths, tuned) }),
    ...(tensorboard === undefined ? {} : { tensorboard }),
    ...(metricPatterns === undefined ? {} : { patterns: named(metricPatterns.sources, tuned) }),
    ...(lastNumber === undefined ? {} : { lastNumber }),
    ...(reportHttp === undefined ? {} : { http: reportHttp }),
  };
  if (Object.keys(given).length === 0) return undefined;
  check(given, tuned, settings.workers ?? defaultOf("workers"));
  return given;
}

/** A path or expression without a name is that of the one objective. */
function named(
  items: Readonly<Record<string, string>>,
  [metric, ...others]: readonly string[],
): Readonly<Record<string, string>> {
  if (items[OWN_METRIC] !== undefined && others.length > 0) {
    const item = items[OWN_METRIC];
    const message = `"${item}" is said of no metric, and the study has ${others.length + 1} objectives; say of which: ${metric}=${item}.`;
    throw new AttuneError("invalid-argument", message);
  }
  return Object.fromEntries(
    Object.entries(items).map(([name, item]) => [name === OWN_METRIC ? (metric ?? "") : name, item]),
  );
}

function check(
  { file, paths, patterns, tensorboard, keep }: MetricSettings,
  tuned: readonly string[],
  workers: number,
): void {
  for (const name of keep ?? []) checkMetricName(name);
  if (paths !== undefined && file === undefined) {
    throw new AttuneError("invalid-argument", "--metric-path says where in a file; name the file by --metric-file.");
  }
  const unknown = [...Object.keys(paths ?? {}), ...Object.keys(patterns ?? {})].find(
    (name) => !tuned.includes(name) && keep?.includes(name) !== true,
  );
  if (unknown !== undefined) {
    const message = `${unknown} is neither tuned (${tuned.join(", ")}) nor kept; add --keep ${unknown}, or take its path or expression out.`;
    throw new AttuneError("invalid-argument", message);
  }
  const shared = [file, tensorboard].find((path) => path !== undefined && !path.includes("${"));
  if (shared !== undefined && workers > 1) {
    const message =
      `${workers} trials at a time would all write ${shared}, and their results would be mixed up. ` +
      `Give each its own, by \${trial} in the command and in the option (runs/\${trial}/${shared}), or run with --workers 1.`;
    throw new AttuneError("invalid-argument", message);
  }
}

/**
 * The settings with the version of the reading rules that the study is to have: its own once a trial has a value, since values
 * read by two sets of rules cannot be compared, else the newest.
 */
export function withReader(settings: MetricSettings, study: StudyReader | null): MetricSettings {
  const { reader: _reader, ...rest } = settings;
  if (study === null || !hasValues(study.list())) return { ...rest, reader: NEWEST_READER };
  const { reader } = metricSettingsOf(study.settings.extra.metrics);
  return reader === undefined ? rest : { ...rest, reader };
}

/** A sentence about a study that is read by older rules than the newest, with the way to begin anew; or null. */
export function olderReaderNote(study: StudyReader): string | null {
  if (study.settings.command === null || !hasValues(study.list())) return null;
  const version = readerVersionOf(metricSettingsOf(study.settings.extra.metrics));
  if (version === NEWEST_READER) return null;
  const name = `${study.name}-2`;
  const command = commandOfStudy(study, name);
  const anew =
    (command === null ? null : printedCommand(command)) ??
    `attune run --study ${quoteWord(name)}, with the study file or options as before`;
  return (
    `output is read by version ${version} of the rules, as when its values came; version ${NEWEST_READER} is for new studies. ` +
    `To begin one: ${anew}`
  );
}

/**
 * The command line that begins a study like this one under another name, ready to paste; null where none says all of it (a space
 * with derived values or ranges that were edited, a command of a study file's form).
 */
function commandOfStudy(study: StudyReader, name: string): string | null {
  const { command } = study.settings;
  const [metric, ...others] = study.metrics;
  // Neither several objectives nor limits can be said there.
  if (metric === undefined || others.length > 0 || study.limits.length > 0) return null;
  if (command === null || !("argv" in command)) return null;
  const params = paramOptions(study, command);
  if (params === null) return null;
  const words = ["attune", "run", "--study", name, `--${metric.direction}`, metric.name];
  words.push(...metricOptions(metricSettingsOf(study.settings.extra.metrics), metric.name));
  const folds = foldsOf(study.settings);
  if (folds !== null) words.push("--folds", String(folds));
  for (const constraint of study.space.where) words.push("--where", constraint);
  const goal = goalText(metric);
  if (goal !== null) words.push("--goal", goal);
  if (metric.reference !== undefined) words.push("--reference", `${metric.name}=${metric.reference}`);
  if (metric.unit !== undefined) words.push("--unit", `${metric.name}=${metric.unit}`);
  words.push(...params, ...inputOptions(command));
  if (study.location !== "attune.db") words.push("--storage", study.location);
  return quoteCommand([...words, "--", ...command.argv]);
}

/** Parameters that the command's own words do not declare. */
function paramOptions({ space }: StudyReader, command: CommandTemplate): readonly string[] | null {
  if ((space.derived ?? []).length > 0) return null;
  const declared = new Map(
    readCommandTemplate(command).declarations.map(({ name, text, position }) => [
      name,
      formatParameterText(parseParameterText(text, name, position)),
    ]),
  );
  const words: string[] = [];
  for (const parameter of declaredParameters(space)) {
    const text = formatParameterText(parameter);
    const own = declared.get(parameter.name);
    if (own === undefined) words.push("--param", `${parameter.name} ${text}`);
    else if (own !== text) return null;
  }
  return words;
}

function metricOptions(settings: MetricSettings, metric: string): readonly string[] {
  const { value, keep, file, paths, tensorboard, patterns, lastNumber, http } = settings;
  const named = (option: string, items: Readonly<Record<string, string>> = {}): readonly string[] =>
    Object.entries(items).flatMap(([name, text]) => [option, name === metric ? text : `${name}=${text}`]);
  return [
    ...(value === undefined ? [] : ["--value", value]),
    ...(keep === undefined || keep.length === 0 ? [] : ["--keep", keep.join(",")]),
    ...(file === undefined ? [] : ["--metric-file", file]),
    ...named("--metric-path", paths),
    ...(tensorboard === undefined ? [] : ["--tensorboard", tensorboard]),
    ...named("--metric-regex", patterns),
    ...(lastNumber === true ? ["--metric-from", "last-number"] : []),
    ...(http === true ? ["--report-http"] : []),
  ];
}

function inputOptions({ input = {} }: CommandTemplate): readonly string[] {
  const { argsStyle, booleans, paramsFile, templates = [], stdin } = input;
  return [
    ...(argsStyle === undefined ? [] : ["--args-style", argsStyle]),
    ...(booleans === undefined ? [] : ["--booleans", booleans]),
    ...(paramsFile === undefined ? [] : ["--params-file", paramsFile]),
    ...templates.flatMap((template) => ["--template", template]),
    ...(stdin === undefined ? [] : ["--stdin", stdin]),
  ];
}
