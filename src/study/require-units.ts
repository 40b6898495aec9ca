import { AttuneError } from "../errors.ts";
import type { Metric } from "../trial/metric.ts";
import type { StudyState } from "../trial/study-state.ts";

/** @throws AttuneError `invalid-argument` for another unit than the one that values of programs were converted to. */
export function requireUnits(state: StudyState, metrics: readonly Metric[]): void {
  for (const { name, unit } of metrics) {
    const known = state.unitOf(name) ?? null;
    if (unit === undefined || known === null || unit === known) continue;
    const message = `The unit of ${name} is to be ${unit}, and its values so far came with a unit and were converted to ${known}; say ${known}.`;
    throw new AttuneError("invalid-argument", message, { data: { metric: name, unit: known } });
  }
}
