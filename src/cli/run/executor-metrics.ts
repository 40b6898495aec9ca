import type { MetricPlan } from "../../executor/command/open-metrics.ts";
import { metricSettingsOf } from "../../protocol/metric-settings.ts";
import type { Study } from "../../study/index.ts";

/** How the study's metrics are read, as the executor takes it. */
export async function executorMetrics(study: Study): Promise<MetricPlan> {
  const settings = metricSettingsOf(study.settings.extra.metrics);
  const smaller = study.metrics.filter(({ direction }) => direction === "minimize").map(({ name }) => name);
  const sources = Object.entries(settings.patterns ?? {});
  if (sources.length === 0) return { settings, smaller: new Set(smaller), patterns: [] };
  const { compilePattern } = await import("../compile-pattern.ts");
  const patterns = sources.map(([metric, source]) => compilePattern(metric, source));
  return { settings, smaller: new Set(smaller), patterns };
}
