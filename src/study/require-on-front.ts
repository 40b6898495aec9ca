import { AttuneError } from "../errors.ts";
import type { Metric } from "../trial/metric.ts";

/** What is asked of a study to know its front. */
export interface Fronted {
  readonly name: string;
  readonly metrics: readonly Metric[];
  summary(): { readonly front: readonly { readonly number: number }[] };
}

/** @throws AttuneError `invalid-argument` for one objective, and for trials that are not on the front or given twice. */
export function requireOnFront(trials: readonly number[], study: Fronted): void {
  if (study.metrics.length === 1)
    throw new AttuneError(
      "invalid-argument",
      `Study ${study.name} has one objective, and the best by it is the best: there is nothing to choose.`,
    );
  const front = study.summary().front.map(({ number }) => number);
  const other = trials.find((number) => !front.includes(number));
  if (other !== undefined) {
    const there = front.length === 0 ? "which is empty so far" : `which has ${front.join(", ")}`;
    throw new AttuneError("invalid-argument", `Trial ${other} is not on the front of study ${study.name}, ${there}.`);
  }
  const twice = trials.find((number, place) => trials.indexOf(number) < place);
  if (twice === undefined) return;
  throw new AttuneError("invalid-argument", `Trial ${twice} is compared with itself; name each once.`);
}
