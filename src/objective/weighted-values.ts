/** How much the sum of all shares counts beside the worst one, so that of two points alike in that the better one is taken (Steuer and Choo, 1983). */
const AUGMENTED = 0.05;

/**
 * The augmented Chebyshev value of a point by weights, the smaller the better: its largest weighted share, by which points are found where a front is
 * hollow too. `shares` as `frontShares` gives them.
 */
export function weightedValue(shares: readonly number[], weights: readonly number[]): number {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const parts = shares.map((share, at) => (share === 0 || weights[at] === 0 ? 0 : (share * weights[at]!) / total));
  const all = shares.reduce((sum, share) => sum + share, 0) / shares.length;
  return Math.max(...parts) + AUGMENTED * (parts.reduce((sum, part) => sum + part, 0) + AUGMENTED * all);
}
