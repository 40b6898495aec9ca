import type { MetricPlan } from "../../executor/command/open-metrics.ts";
import type { MetricSettings } from "../../protocol/metric-settings.ts";
import { readerVersionOf } from "../../protocol/reader-version.ts";
import type { Metric } from "../../trial/metric.ts";

/**
 * How metrics are read, as the executor takes it.
 *
 * @throws AttuneError `invalid-argument` for settings that a later Attune made.
 */
export async function executorMetrics(settings: MetricSettings, metrics: readonly Metric[]): Promise<MetricPlan> {
  readerVersionOf(settings);
  const smaller = metrics.filter(({ direction }) => direction === "minimize").map(({ name }) => name);
  const sources = Object.entries(settings.patterns ?? {});
  if (sources.length === 0) return { settings, smaller: new Set(smaller), patterns: [] };
  const { compilePattern } = await import("../compile-pattern.ts");
  const patterns = sources.map(([metric, source]) => compilePattern(metric, source));
  return { settings, smaller: new Set(smaller), patterns };
}
