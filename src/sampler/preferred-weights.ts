import type { Metric } from "../trial/metric.ts";

/** Begins the name of an input of a suggestion that says what an objective weighs. */
const WEIGHT = "weight ";

/** What people prefer, as inputs of a suggestion: what each objective weighs, on the scale of the front. */
export function weightInputs(metrics: readonly Metric[], weights: readonly number[]): Readonly<Record<string, number>> {
  return Object.fromEntries(metrics.map(({ name }, place) => [`${WEIGHT}${name}`, weights[place]!]));
}

/** The same read again, one for each objective, 0 or more and one above; null where nobody said what he prefers, or of other objectives. */
export function preferredWeights({
  metrics,
  inputs,
}: {
  readonly metrics: readonly Metric[];
  readonly inputs: Readonly<Record<string, number>>;
}): readonly number[] | null {
  const weights = metrics.map(({ name }) => inputs[`${WEIGHT}${name}`] ?? Number.NaN);
  return weights.every((weight) => weight >= 0) && weights.some((weight) => weight > 0) ? weights : null;
}
