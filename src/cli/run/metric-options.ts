import type { Command } from "commander";
import { METRIC_KEYS } from "../study-file/metric-keys.ts";
import type { RunSettings } from "../study-file/run-settings.ts";

/** The options about how metrics are read, as commander hands them over. */
export interface MetricOptions {
  readonly value?: string;
  readonly keep?: string;
  readonly metricFile?: string;
  readonly metricPath?: readonly string[];
  readonly tensorboard?: string;
  readonly metricRegex?: readonly string[];
  readonly metricFrom?: string;
  readonly reportHttp?: boolean;
}

/** Declares {@link MetricOptions}. */
export function addMetricOptions(command: Command): Command {
  return command
    .option("--value <rule>", "which of the reported values counts: last, best, mean:3 (default: last)")
    .option("--keep <metrics>", "further metrics to keep: acc,f1")
    .option("--metric-file <file>", "a CSV or JSON file that the program writes: results.json, 'runs/${trial}/log.csv'")
    .option(
      "--metric-path <path>",
      "path or column in that file: test.acc, or metric=path; may be given again",
      collect,
    )
    .option("--tensorboard <folder>", "a folder of TensorBoard event files that the program writes: 'runs/${trial}'")
    .option(
      "--metric-regex <name=regex>",
      "finds a metric by an expression with one group; may be given again",
      collect,
    )
    .option("--metric-from <what>", "name (default), or last-number: the last number printed")
    .option("--report-http", "also take reports by HTTP on the loopback (ATTUNE_REPORT_URL)");
}

/** What these options say; every option has the name of its key in a study file. */
export function readMetricOptions(options: MetricOptions): Partial<RunSettings> {
  const given: Readonly<Record<string, unknown>> = { ...options };
  let settings: Partial<RunSettings> = {};
  for (const [key, read] of Object.entries(METRIC_KEYS)) {
    const value = given[key.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase())];
    if (value !== undefined) settings = { ...settings, ...read({ value, label: `--${key}`, position: null }) };
  }
  return settings;
}

function collect(item: string, before: readonly string[] = []): readonly string[] {
  return [...before, item];
}
