import { formatNumber } from "../../../analysis/words/format-number.ts";
import type { FoundMetric } from "../../../discovery/find-metrics.ts";
import { type LikelyMetric, likelyMetric, meaningOf, namePoints } from "../../../discovery/rank-metrics.ts";
import { printableCommand } from "../../../protocol/index.ts";
import type { MetricWay } from "../../../protocol/metric-way.ts";
import { plainText } from "../../../protocol/read-metric-line.ts";
import { quoteCommand, quoteWord } from "../../../protocol/shell-quote.ts";
import { unitWords } from "../../../protocol/unit-words.ts";
import { printedCommand } from "../../../record/secrets.ts";
import type { Space } from "../../../space/index.ts";
import type { CommandTemplate } from "../../../trial/study-definition.ts";
import type { SettingDeclaration } from "../../settings/declaration.ts";
import { type RunSettings, settingsOf } from "../../settings/table.ts";
import { givenObjectives } from "../../study/given-objectives.ts";
import { isStudyFileName } from "../../study/study-target.ts";
import type { CameMetric } from "./try-program.ts";

/** A program that was tried, and what came of it. */
interface TriedStudy {
  /** Words of `attune try` before `--`. */
  readonly words: readonly string[];
  readonly settings: RunSettings;
  /** The likeliest objective first. */
  readonly metrics: readonly TriedMetric[];
  readonly command: CommandTemplate;
  readonly space: Space;
}

/** The lines that say how to go on: with `attune run`, or with a parameter where none is declared yet. */
export function nextSteps(tried: TriedStudy): readonly string[] {
  const { space, command, settings } = tried;
  const [word] = tried.words;
  const file = word !== undefined && isStudyFileName(word) ? word : null;
  const metric = metricToTune(tried);
  const named = file === null ? [] : metricLine(file, tried, metric);
  if (space.parameters.length === 0) return [...named, "", ...undeclared(command, file)];
  const next = metric === null ? null : runLine(tried, metric);
  if (metric === null || next === null) return named;
  const lines = [...named, "", "to tune it:", `  ${next}`];
  const unsure = givenObjectives(settings) === undefined && !metric.sure;
  return unsure ? [...lines, `  (with --maximize ${quoteWord(metric.name)} when more of it is better)`] : lines;
}

/** How a parameter is declared. */
function undeclared(command: CommandTemplate, file: string | null): readonly string[] {
  if (file !== null) {
    return [
      `no parameter is declared yet; list one under space: in ${file}, and write its place in the command:`,
      "  space:",
      "    lr: 1e-5..1e-1 log",
      "  command: [..., --lr, '${lr}']",
    ];
  }
  const program = printedCommand(printableCommand(command));
  return [
    "no parameter is declared yet; write one where its value goes, or have a study file drafted:",
    `  attune try -- ${program} --lr '{lr: 1e-5..1e-1 log}'`,
    `  attune init -o study.yaml -- ${program}`,
  ];
}

/** What a study file whose metric was not found has to say instead. */
function metricLine(file: string, { settings, metrics }: TriedStudy, metric: LikelyMetric | null): readonly string[] {
  const objectives = givenObjectives(settings);
  const wanted = objectives?.find(({ name }) => !metrics.some((one) => one.name === name));
  if (objectives !== undefined && wanted === undefined) return [];
  const instead = wanted === undefined ? "" : `, in place of \`${wanted.direction}: ${wanted.name}\``;
  if (metric === null) {
    return [
      "",
      `name in ${file}${instead}, a metric that the program prints; let it print one on a line of its own (val_loss=0.31) where there is none`,
    ];
  }
  const name = /^[A-Za-z_][\w./-]*$/.test(metric.name) ? metric.name : JSON.stringify(metric.name);
  const sure = metric.sure ? "" : `  # maximize: ${name}, when more of it is better`;
  return ["", `write in ${file}${instead}:`, `  ${metric.direction}: ${name}${sure}`];
}

function metricToTune({ settings, metrics }: TriedStudy): LikelyMetric | null {
  const wanted = givenObjectives(settings)?.find(({ name }) => metrics.some((one) => one.name === name));
  return wanted !== undefined ? { ...wanted, sure: true } : likelyMetric(metrics);
}

/** The `attune run` line for what was tried; null for a shell text, which stands in a study file. */
function runLine({ words, settings, metrics, command }: TriedStudy, metric: LikelyMetric): string | null {
  const found = metrics.find(({ name }) => name === metric.name);
  const isLast = found !== undefined && "way" in found && found.way === "last-number" && settings.lastNumber !== true;
  const unread = found !== undefined && "unread" in found ? found.unread : undefined;
  const given = givenObjectives(settings);
  const isGiven = given?.some(({ name }) => name === metric.name) === true;
  const objectives = isGiven ? given! : [metric];
  const tuned = [
    ...objectives.map(({ name, direction }) => `--${direction} ${quoteWord(name)}`),
    ...(isLast ? ["--metric-from last-number"] : []),
    ...(unread === undefined ? [] : [`--metric-regex ${quoteWord(`${metric.name}=${unread.expression}`)}`]),
  ];
  const [word] = words;
  if (word !== undefined && isStudyFileName(word)) {
    const changed = isGiven ? [] : tuned;
    return ["attune run", quoteWord(word), ...changed].join(" ");
  }
  if (!("argv" in command)) return null;
  const argv = command.argv.filter((argument) => settings.input?.argsStyle === undefined || argument !== `$\{args}`);
  return [
    "attune run",
    ...tuned,
    "--trials 50",
    ...repeatedOptions(settings),
    "--",
    printedCommand(quoteCommand(argv)),
  ].join(" ");
}

/** The options of `attune try` about parameters and metrics, once more, for the `attune run` line it suggests. */
export function repeatedOptions(settings: RunSettings): readonly string[] {
  return settingsOf(["input", "metrics"]).flatMap((declared) => wordsOf(declared, settings));
}

function wordsOf({ name, again }: SettingDeclaration, settings: RunSettings): readonly string[] {
  const said = again?.(settings);
  if (said === undefined || said === false) return [];
  if (said === true) return [`--${name}`];
  return [said].flat().flatMap((value) => [`--${name}`, quoteWord(value)]);
}

/** A metric that a trial would get, or one more that stands in the output. */
type TriedMetric = CameMetric | FoundMetric;

const WAYS: Readonly<Record<MetricWay, string>> = {
  "report-file": "from ATTUNE_REPORT_FILE",
  http: "by HTTP",
  "metric-file": "from --metric-file",
  tensorboard: "from --tensorboard",
  output: "found in the output",
  "last-number": "the last number printed",
};
/** Metrics shown; of most programs these are all. */
const MOST = 15;
const MOST_TEXT = 80;

/**
 * What came, as a trial would count it, and after that what else stands in the output, the likeliest objective first. A value that
 * was found on a line is told with it, by the rule of `--value`. A number alone on the last line comes before what names no result.
 */
export function mergeMetrics(
  came: readonly CameMetric[],
  found: readonly FoundMetric[],
  last: CameMetric | null = null,
): readonly TriedMetric[] {
  const onLine = (name: string): FoundMetric | undefined => found.find((one) => one.name === name);
  const ordered = [...came].sort((a, b) => namePoints(b.name) - namePoints(a.name));
  const first = ordered.map((one): TriedMetric => {
    const line = one.way === "output" ? onLine(one.name) : undefined;
    return line === undefined ? one : { ...line, value: one.value };
  });
  const others: TriedMetric[] = found.filter(({ name }) => !came.some((one) => one.name === name));
  if (last !== null) {
    const behind = others.findLastIndex(({ name }) => ["objective", "part"].includes(meaningOf(name).kind));
    others.splice(behind + 1, 0, last);
  }
  return [...first, ...others];
}

/** The lines that show them; `wanted` are the metrics asked for. */
export function metricLines(metrics: readonly TriedMetric[], wanted: readonly string[]): readonly string[] {
  const lines: string[] = [];
  const missing = wanted.filter((name) => !metrics.some((metric) => metric.name === name));
  if (missing.length > 0) {
    lines.push(`metrics     ${missing.join(" and ")} ${missing.length === 1 ? "was" : "were"} not found`);
  } else if (metrics.length === 0) {
    lines.push("metrics     none was found; print one on a line of its own: val_loss=0.31");
  }
  const shown = metrics.slice(0, MOST);
  const width = Math.max(0, ...shown.map(({ name }) => name.length));
  for (const metric of shown) {
    const head = lines.length === 0 ? "metrics   " : "          ";
    lines.push(`${head}  ${metric.name.padEnd(width)}  ${formatNumber(metric.value)}  (${placeOf(metric)})`);
    if ("unread" in metric && metric.unread !== undefined) lines.push(...unreadLines(metric.name, metric.unread));
  }
  const more = metrics.length - shown.length;
  if (more > 0) lines.push(`            and ${more} more that are less likely to be meant`);
  return lines;
}

function unreadLines(name: string, { expression, why }: NonNullable<FoundMetric["unread"]>): readonly string[] {
  return [
    `              not read by its name: ${why};`,
    `              as it stands with --metric-regex ${quoteWord(`${name}=${expression}`)}`,
  ];
}

function placeOf(metric: TriedMetric): string {
  const count = metric.times <= 1 ? "" : `, reported ${metric.times} times`;
  const unit = metric.unit === undefined ? "" : `${unitWords(metric.unit)}, `;
  if ("way" in metric) return `${unit}${WAYS[metric.way]}${count}`;
  return `${unit}line ${metric.line}${count}: ${excerpt(metric.text, metric.name)}`;
}

/** The line as it is read, of a progress bar the last painting that names the metric; of a long one the part around the name. */
function excerpt(text: string, name: string): string {
  const paintings = plainText(text)
    .split("\r")
    .map((one) => one.replace(/[\u0000-\u001f\u007f]+/g, " ").trim());
  const line = paintings.findLast((one) => one.includes(name)) ?? paintings.findLast((one) => one !== "") ?? "";
  if (line.length <= MOST_TEXT) return line;
  const from = Math.min(Math.max(0, line.indexOf(name) - MOST_TEXT / 2), line.length - MOST_TEXT);
  const end = from + MOST_TEXT - 3;
  if (from === 0) return `${line.slice(0, end)}...`;
  return `...${line.slice(from + 3, from + MOST_TEXT)}${from + MOST_TEXT < line.length ? "..." : ""}`;
}
