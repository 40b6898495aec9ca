import type { MetricWay } from "../../protocol/metric-way.ts";
import { formatNumber } from "../render/format-number.ts";
import type { CameMetric } from "./came-metric.ts";
import type { FoundMetric } from "./find-metrics.ts";

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

/**
 * What came, as a trial would count it, and after that what else stands in the output. A value that was found on a line is told with
 * it, by the rule of `--value`.
 */
export function mergeMetrics(came: readonly CameMetric[], found: readonly FoundMetric[]): readonly TriedMetric[] {
  const onLine = (name: string): FoundMetric | undefined => found.find((one) => one.name === name);
  const first = came.map((one): TriedMetric => {
    const line = one.way === "output" ? onLine(one.name) : undefined;
    return line === undefined ? one : { ...line, value: one.value };
  });
  return [...first, ...found.filter(({ name }) => !came.some((one) => one.name === name))];
}

/** The lines that show them; `wanted` is the metric asked for. */
export function metricLines(metrics: readonly TriedMetric[], wanted: string | undefined): readonly string[] {
  const lines: string[] = [];
  if (wanted !== undefined && !metrics.some(({ name }) => name === wanted)) {
    lines.push(`metrics     ${wanted} was not found`);
  } else if (metrics.length === 0) {
    lines.push("metrics     none was found; print one on a line of its own: val_loss=0.31");
  }
  const width = Math.max(0, ...metrics.map(({ name }) => name.length));
  for (const metric of metrics) {
    const head = lines.length === 0 ? "metrics   " : "          ";
    lines.push(`${head}  ${metric.name.padEnd(width)}  ${formatNumber(metric.value)}  (${placeOf(metric)})`);
  }
  return lines;
}

function placeOf(metric: TriedMetric): string {
  const count = metric.times <= 1 ? "" : `, reported ${metric.times} times`;
  if ("way" in metric) return `${WAYS[metric.way]}${count}`;
  return `line ${metric.line}${count}: ${shortened(metric.text)}`;
}

function shortened(text: string): string {
  const clean = text.replace(/[\u0000-\u001f\u007f]+/g, " ");
  return clean.length <= 80 ? clean : `${clean.slice(0, 77)}...`;
}
