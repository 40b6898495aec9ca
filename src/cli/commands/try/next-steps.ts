import { printableCommand } from "../../../protocol/index.ts";
import { quoteCommand, quoteWord } from "../../../protocol/shell-quote.ts";
import type { Space } from "../../../space/index.ts";
import type { CommandTemplate } from "../../../trial/study-definition.ts";
import { printedCommand } from "../../secrets.ts";
import type { SettingDeclaration } from "../../settings/declaration.ts";
import type { RunSettings } from "../../settings/table.ts";
import { settingsOf } from "../../settings/table.ts";
import { isStudyFileName } from "../../study/study-target.ts";
import type { TriedMetric } from "./metric-lines.ts";
import { type LikelyMetric, likelyMetric } from "./rank-metrics.ts";

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
  const unsure = settings.metric === undefined && !metric.sure;
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
  const wanted = settings.metric;
  if (wanted !== undefined && metrics.some(({ name }) => name === wanted.name)) return [];
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
  const wanted = settings.metric;
  const isThere = wanted !== undefined && metrics.some(({ name }) => name === wanted.name);
  return isThere ? { ...wanted, sure: true } : likelyMetric(metrics);
}

/** The `attune run` line for what was tried; null for a shell text, which stands in a study file. */
function runLine({ words, settings, metrics, command }: TriedStudy, metric: LikelyMetric): string | null {
  const found = metrics.find(({ name }) => name === metric.name);
  const isLast = found !== undefined && "way" in found && found.way === "last-number" && settings.lastNumber !== true;
  const unread = found !== undefined && "unread" in found ? found.unread : undefined;
  const tuned = [
    `--${metric.direction} ${quoteWord(metric.name)}`,
    ...(isLast ? ["--metric-from last-number"] : []),
    ...(unread === undefined ? [] : [`--metric-regex ${quoteWord(`${metric.name}=${unread.expression}`)}`]),
  ];
  const [word] = words;
  if (word !== undefined && isStudyFileName(word)) {
    const changed = metric.name === settings.metric?.name ? [] : tuned;
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
