import { quoteWord } from "../../protocol/shell-quote.ts";
import { OWN_METRIC } from "../study-file/metric-keys.ts";
import type { RunSettings } from "../study-file/run-settings.ts";

/** The options of `attune try` about parameters and metrics, once more, for the `attune run` line it suggests. */
export function repeatedOptions(settings: RunSettings): readonly string[] {
  return [...inputOptions(settings), ...metricOptions(settings)];
}

function inputOptions({ input, declared = [] }: RunSettings): readonly string[] {
  const words = declared.flatMap(({ name, text }) => ["--param", quoteWord(`${name} ${text}`)]);
  if (input?.argsStyle !== undefined) words.push("--args-style", input.argsStyle);
  if (input?.booleans !== undefined) words.push("--booleans", input.booleans);
  if (input?.paramsFile !== undefined) words.push("--params-file", quoteWord(input.paramsFile));
  for (const template of input?.templates ?? []) words.push("--template", quoteWord(template));
  if (input?.stdin !== undefined) words.push("--stdin", input.stdin);
  return words;
}

function metricOptions(settings: RunSettings): readonly string[] {
  const words: string[] = [];
  if (settings.metricValue !== undefined) words.push("--value", settings.metricValue);
  if (settings.keep !== undefined) words.push("--keep", quoteWord(settings.keep.join(",")));
  if (settings.metricFile !== undefined) words.push("--metric-file", quoteWord(settings.metricFile));
  words.push(...named("--metric-path", settings.metricPaths));
  if (settings.tensorboard !== undefined) words.push("--tensorboard", quoteWord(settings.tensorboard));
  words.push(...named("--metric-regex", settings.metricPatterns?.sources));
  if (settings.lastNumber === true) words.push("--metric-from", "last-number");
  if (settings.reportHttp === true) words.push("--report-http");
  return words;
}

function named(option: string, items: Readonly<Record<string, string>> = {}): readonly string[] {
  return Object.entries(items).flatMap(([name, text]) => [
    option,
    quoteWord(name === OWN_METRIC ? text : `${name}=${text}`),
  ]);
}
