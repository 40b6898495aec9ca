import { AttuneError } from "../errors.ts";
import { compileLimits } from "../objective/index.ts";
import type { Metric } from "../trial/metric.ts";
import type { StudySettings } from "../trial/study-definition.ts";

/** @throws AttuneError `invalid-argument` for a metric that is said to grow and is neither an objective nor in a limit: nobody would look at it. */
export function requireGrows(
  { grows = [], limits }: Pick<StudySettings, "grows" | "limits">,
  metrics: readonly Metric[],
): void {
  const known = [
    ...new Set([...metrics.map(({ name }) => name), ...compileLimits(limits).flatMap((limit) => limit.metrics)]),
  ];
  const other = grows.find((name) => !known.includes(name));
  if (other === undefined) return;
  const message = `grows names ${JSON.stringify(other)}, which is no objective and in no limit of the study; name some of ${known.join(", ")}.`;
  throw new AttuneError("invalid-argument", message, { data: { grows: other, allowed: known } });
}
