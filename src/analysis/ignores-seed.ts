import { isVisible } from "../objective/index.ts";
import type { JsonValue } from "../space/json.ts";
import { jsonEqual } from "../space/json-equal.ts";
import type { Trial } from "../trial/trial.ts";

/** Fresh runs that have to agree. */
const FRESH = 2;

/**
 * Whether a configuration came out the same on every seed, in all values and all reports: of two fresh runs at least, and of the run
 * it was chosen for, where that was complete. One value may agree by chance, where a metric is coarse; a course seldom does.
 */
export function ignoresSeed(trials: readonly Trial[], configuration: number): boolean {
  const own = trials.filter(
    (trial) => trial.configuration === configuration && trial.state === "complete" && isVisible(trial),
  );
  const seeds = new Set(own.flatMap(({ replicate }) => (replicate === null ? [] : [replicate.seed])));
  if (seeds.size < FRESH) return false;
  const [first, ...others] = own.map(outcomeOf);
  return others.every((other) => jsonEqual(other, first));
}

function outcomeOf({ values, reports }: Trial): JsonValue {
  return {
    values: { ...values },
    reports: reports.map((report) => ({ step: report.step, values: { ...report.values } })),
  };
}
