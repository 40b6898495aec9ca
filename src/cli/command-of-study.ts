import { readCommandTemplate } from "../protocol/index.ts";
import { type MetricSettings, metricSettingsOf } from "../protocol/metric-settings.ts";
import { quoteCommand } from "../protocol/shell-quote.ts";
import { formatParameterText, parseParameterText } from "../space/index.ts";
import type { Study } from "../study/index.ts";
import type { CommandTemplate } from "../trial/study-definition.ts";

/**
 * The command line that begins a study like this one under another name, ready to paste; null where none says all of it (a space
 * with derived values or ranges that were edited, a command of a study file's form).
 */
export function commandOfStudy(study: Study, name: string): string | null {
  const { command } = study.settings;
  const [metric] = study.metrics;
  if (command === null || !("argv" in command) || metric === undefined) return null;
  const params = paramOptions(study, command);
  if (params === null) return null;
  const words = ["attune", "run", "--study", name, `--${metric.direction}`, metric.name];
  words.push(...metricOptions(metricSettingsOf(study.settings.extra.metrics), metric.name));
  for (const constraint of study.space.where) words.push("--where", constraint);
  words.push(...params, ...inputOptions(command));
  if (study.location !== "attune.db") words.push("--storage", study.location);
  return quoteCommand([...words, "--", ...command.argv]);
}

/** Parameters that the command's own words do not declare. */
function paramOptions({ space }: Study, command: CommandTemplate): readonly string[] | null {
  if ((space.derived ?? []).length > 0) return null;
  const declared = new Map(
    readCommandTemplate(command).declarations.map(({ name, text, position }) => [
      name,
      formatParameterText(parseParameterText(text, name, position)),
    ]),
  );
  const words: string[] = [];
  for (const parameter of space.parameters) {
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
