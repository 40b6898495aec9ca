import type { Metric } from "../../trial/metric.ts";
import type { SchedulerStudy } from "../scheduler.ts";
import { RungJudge } from "./rung-judge.ts";

/** What a study's trials are compared by at rungs; null for a study without a metric. */
export function rungJudge(metrics: readonly Metric[], study: SchedulerStudy | null): RungJudge | null {
  return metrics.length === 0 ? null : new RungJudge(metrics, study?.limits, study?.grows);
}
