import { bestResults, type Counting } from "../../best-results.ts";
import type { TabledTrial } from "./trial-table.ts";

/** Trials of the best results, in the order of the table. */
export function bestOf(trials: readonly TabledTrial[], most: number, counting: Counting): readonly TabledTrial[] {
  const best = new Set(
    bestResults(
      trials.map(({ result }) => result),
      most,
      counting,
    ),
  );
  return trials.filter(({ result }) => best.has(result));
}

/** Trials that passed rungs and told all objectives there. */
export function partialOf(trials: readonly TabledTrial[]): readonly TabledTrial[] {
  return trials.filter(({ result: { kind, isAtRung, point } }) => {
    return kind === "cut-short" && isAtRung && point.every(Number.isFinite);
  });
}
