import type { MetricWay } from "../../../protocol/metric-way.ts";
import { plainText } from "../../../protocol/read-metric-line.ts";
import { quoteWord } from "../../../protocol/shell-quote.ts";
import { unitWords } from "../../../protocol/unit-words.ts";
import { formatNumber } from "../../render/words.ts";
import type { FoundMetric } from "./find-metrics.ts";
import { meaningOf } from "./metric-words.ts";
import { namePoints } from "./rank-metrics.ts";
import type { CameMetric } from "./try-program.ts";

/** A metric that a trial would get, or one more that stands in the output. */
export type TriedMetric = CameMetric | FoundMetric;

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

/** The lines that show them; `wanted` is the metric asked for. */
export function metricLines(metrics: readonly TriedMetric[], wanted: string | undefined): readonly string[] {
  const lines: string[] = [];
  if (wanted !== undefined && !metrics.some(({ name }) => name === wanted)) {
    lines.push(`metrics     ${wanted} was not found`);
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
