import { hypervolume } from "../../src/numeric/hypervolume/hypervolume.ts";
import { compared, type Pair, type PairScale } from "./pairs.ts";

/** Fronts of so few points have hardly any hypervolume between them. */
const FEW = 3;
const REFERENCE = [1.1, 1.1];

/** Results on the frozen scale of their task: 0 the ideal, 1 the nadir. */
export function onScale(pair: Pair, { ideal, nadir }: Omit<PairScale, "best" | "points">, values: readonly number[]) {
  return compared(pair, values).map((v, k) => (v - ideal[k]!) / (nadir[k]! - ideal[k]!));
}

/** The hypervolume of results on the scale of their task. */
export function pairVolume(
  pair: Pair,
  scale: Omit<PairScale, "best" | "points">,
  results: readonly (readonly number[])[],
) {
  return hypervolume(
    results.map((values) => onScale(pair, scale, values)),
    REFERENCE,
  );
}

/** 1 less the share of the best known hypervolume. */
export function pairRegret(pair: Pair, scale: PairScale, results: readonly (readonly number[])[]): number {
  return 1 - pairVolume(pair, scale, results) / scale.best;
}

/** Whether a task's front is long enough to be compared by hypervolume. */
export function isLong({ points }: PairScale): boolean {
  return points > FEW;
}
