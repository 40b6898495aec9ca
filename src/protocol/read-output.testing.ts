import { MetricReader } from "./metric-reader.ts";

/**
 * What a trial gets of one metric from a whole output: its number; `which of …` with the names to ask for; `unclear`; or `none`.
 */
export function readOutput(lines: readonly string[], metric: string): number | string {
  const reader = new MetricReader({ metrics: [metric] });
  reader.push("stdout", Buffer.from(`${lines.join("\n")}\n`));
  reader.end();
  const value = reader.values.get(metric);
  if (value !== undefined) return value;
  const parts = reader.ambiguous.get(metric);
  if (parts !== undefined) return `which of ${parts.join(", ")}`;
  return reader.unclear.has(metric) ? "unclear" : "none";
}

/** The reports of one metric, each as `step:value`. */
export function reportsOf(lines: readonly string[], metric: string): string {
  const reports: string[] = [];
  const onReport = (step: number, values: Readonly<Record<string, number>>) =>
    reports.push(`${step}:${values[metric]}`);
  const reader = new MetricReader({ metrics: [metric], onReport });
  reader.push("stdout", Buffer.from(`${lines.join("\n")}\n`));
  reader.end();
  return reports.join(" ");
}
