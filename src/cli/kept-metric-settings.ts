import { AttuneError } from "../errors.ts";
import type { MetricSettings } from "../protocol/metric-settings.ts";
import { checkMetricName } from "../trial/check-metric-name.ts";
import { OWN_METRIC } from "./settings/metric-settings.ts";
import type { RunSettings } from "./settings/run-settings.ts";
import { defaultOf } from "./settings/table.ts";

/**
 * How metrics are to be read, in the form kept with a study; undefined when the settings say nothing of it.
 *
 * @throws AttuneError `invalid-argument` for settings that contradict each other.
 */
export function keptMetricSettings(settings: RunSettings, metric: string): MetricSettings | undefined {
  const { metricValue, keep, metricFile, metricPaths, tensorboard, metricPatterns, lastNumber, reportHttp } = settings;
  const given: MetricSettings = {
    ...(metricValue === undefined ? {} : { value: metricValue }),
    ...(keep === undefined ? {} : { keep: keep.filter((name) => name !== metric) }),
    ...(metricFile === undefined ? {} : { file: metricFile }),
    ...(metricPaths === undefined ? {} : { paths: named(metricPaths, metric) }),
    ...(tensorboard === undefined ? {} : { tensorboard }),
    ...(metricPatterns === undefined ? {} : { patterns: named(metricPatterns.sources, metric) }),
    ...(lastNumber === undefined ? {} : { lastNumber }),
    ...(reportHttp === undefined ? {} : { http: reportHttp }),
  };
  if (Object.keys(given).length === 0) return undefined;
  check(given, metric, settings.workers ?? defaultOf("workers"));
  return given;
}

function named(items: Readonly<Record<string, string>>, metric: string): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(items).map(([name, item]) => [name === OWN_METRIC ? metric : name, item]));
}

function check({ file, paths, patterns, tensorboard, keep }: MetricSettings, metric: string, workers: number): void {
  for (const name of keep ?? []) checkMetricName(name);
  if (paths !== undefined && file === undefined) {
    throw new AttuneError("invalid-argument", "--metric-path says where in a file; name the file by --metric-file.");
  }
  const unknown = [...Object.keys(paths ?? {}), ...Object.keys(patterns ?? {})].find(
    (name) => name !== metric && keep?.includes(name) !== true,
  );
  if (unknown !== undefined) {
    const message = `${unknown} is neither tuned (${metric}) nor kept; add --keep ${unknown}, or take its path or expression out.`;
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
