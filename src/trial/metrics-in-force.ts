import type { Metric } from "./metric.ts";
import type { StudySettings } from "./study-definition.ts";

/** The lists that were made, by the goals they were made for. */
const made = new WeakMap<object, { readonly of: readonly Metric[]; readonly metrics: readonly Metric[] }>();

/** A study's objectives, with the goals in force: those that settings say, else those that it began with. */
export function metricsInForce(
  begun: readonly Metric[],
  { objectives, goals }: Pick<StudySettings, "objectives" | "goals">,
): readonly Metric[] {
  const metrics = objectives ?? begun;
  if (goals === undefined) return metrics;
  const known = made.get(goals);
  if (known?.of === metrics) return known.metrics;
  const now = metrics.map(({ goal: _, ...metric }) => {
    const goal = Object.hasOwn(goals, metric.name) ? goals[metric.name] : undefined;
    return goal === undefined ? metric : { ...metric, goal };
  });
  made.set(goals, { of: metrics, metrics: now });
  return now;
}
