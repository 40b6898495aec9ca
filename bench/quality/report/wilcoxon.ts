import { logNdtr } from "../../../src/numeric/special/log-ndtr.ts";

/**
 * Two-sided p of the Wilcoxon signed-rank test: zeros left out, ties at their mean rank, normal approximation with the ties'
 * correction of the variance, no correction for continuity. 1 when all differences are zero.
 */
export function wilcoxonSignedRank(differences: readonly number[]): number {
  const sorted = differences.filter((d) => d !== 0).sort((a, b) => Math.abs(a) - Math.abs(b));
  const n = sorted.length;
  if (n === 0) return 1;
  let positive = 0;
  let ties = 0;
  for (let i = 0; i < n; ) {
    const end = sorted.findIndex((d, j) => j > i && Math.abs(d) !== Math.abs(sorted[i]!));
    const next = end === -1 ? n : end;
    const count = next - i;
    positive += sorted.slice(i, next).filter((d) => d > 0).length * ((i + 1 + next) / 2);
    ties += count ** 3 - count;
    i = next;
  }
  const mean = (n * (n + 1)) / 4;
  const variance = (n * (n + 1) * (2 * n + 1)) / 24 - ties / 48;
  return Math.min(1, 2 * Math.exp(logNdtr(-Math.abs(positive - mean) / Math.sqrt(variance))));
}
