import type { Metric } from "../../../src/trial/metric.ts";

/** What a study looks for: `minimize loss, maximize accuracy`. */
export function goalWords(metrics: readonly Pick<Metric, "name" | "direction">[]): string {
  return metrics.map(({ name, direction }) => `${direction} ${name}`).join(", ");
}
