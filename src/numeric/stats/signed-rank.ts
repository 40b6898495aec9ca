import { normalCdf } from "../special/normal-cdf.ts";

/** Up to so many differences the distribution is counted out; beyond, it is normal to three digits. */
const MOST_EXACT = 50;

/**
 * Wilcoxon's signed-rank test (Biometrics Bulletin 1, 1945): the probability that differences that are symmetric about 0 have a sum of positive ranks
 * as large as these or larger. Ties share their mean rank; zeros keep theirs, half of it on either side (zsplit). Counted out for up to 50
 * differences; beyond, the normal distribution with the variance corrected for ties (Hollander and Wolfe, 1999, eq. 3.13). In [0, 1]; 1 for none.
 *
 * @param differences - finite numbers.
 */
export function signedRankTest(differences: ArrayLike<number>): number {
  const n = differences.length;
  if (n === 0) return 1;
  const ranks = doubledRanks(Array.from(differences, Math.abs));
  let statistic = 0;
  let fixed = 0;
  const signed: number[] = [];
  for (let i = 0; i < n; i++) {
    const rank = ranks[i]!;
    if (differences[i] === 0) fixed += rank / 2;
    else signed.push(rank);
    statistic += differences[i]! > 0 ? rank : differences[i] === 0 ? rank / 2 : 0;
  }
  return n <= MOST_EXACT ? exactTail(signed, statistic - fixed) : normalTail(signed, statistic - fixed);
}

/** Twice the mean rank of each value among all, from 2 for the least alone. */
function doubledRanks(values: readonly number[]): readonly number[] {
  const order = [...values.keys()].sort((a, b) => values[a]! - values[b]!);
  const ranks: number[] = new Array(values.length);
  for (let from = 0; from < order.length; ) {
    let to = from + 1;
    while (to < order.length && values[order[to]!] === values[order[from]!]) to++;
    for (let k = from; k < to; k++) ranks[order[k]!] = from + to + 1;
    from = to;
  }
  return ranks;
}

/** Share of all signs of the (doubled) ranks whose positive sum is at least that. */
function exactTail(ranks: readonly number[], atLeast: number): number {
  let shares = Float64Array.of(1);
  for (const rank of ranks) {
    const next = new Float64Array(shares.length + rank);
    for (let sum = 0; sum < shares.length; sum++) {
      next[sum]! += shares[sum]! / 2;
      next[sum + rank]! += shares[sum]! / 2;
    }
    shares = next;
  }
  let tail = 0;
  for (let sum = shares.length - 1; sum >= Math.max(0, Math.ceil(atLeast)); sum--) tail += shares[sum]!;
  return Math.min(1, tail);
}

function normalTail(ranks: readonly number[], statistic: number): number {
  const mean = ranks.reduce((sum, rank) => sum + rank, 0) / 2;
  const variance = ranks.reduce((sum, rank) => sum + rank * rank, 0) / 4;
  return variance === 0 ? 1 : normalCdf(-(statistic - mean) / Math.sqrt(variance));
}
