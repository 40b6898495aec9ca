import { AttuneError } from "../errors.ts";
import { checkParams, type Space } from "../space/index.ts";
import type { ImportedTrial } from "../trial/command.ts";
import type { Metric } from "../trial/metric.ts";

/**
 * Refuses trials that do not fit the space, or are complete without a value of each metric.
 *
 * @throws AttuneError `invalid-params` that names the trial by its place, from 0.
 */
export function checkImports(trials: readonly ImportedTrial[], space: Space, metrics: readonly Metric[]): void {
  for (const [place, { params, state, values }] of trials.entries()) {
    const missing = metrics.filter(({ name }) => state === "complete" && !Object.hasOwn(values, name));
    const problems = [...checkParams(space, params), ...missing.map(({ name }) => `It has no value of ${name}.`)];
    if (problems.length === 0) continue;
    const data = { place, problems };
    throw new AttuneError("invalid-params", `Trial ${place} to import: ${problems.join(" ")}`, { data });
  }
}
