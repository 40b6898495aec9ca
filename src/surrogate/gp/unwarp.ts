/**
 * Takes a warped value back to the unit of the raw ones, straight between neighbours in the data and beyond their ends.
 * `warped` and `raw` belong together entry by entry, and larger raw values have larger warped ones. NaN without data; never infinite.
 */
export function unwarp(value: number, warped: ArrayLike<number>, raw: ArrayLike<number>): number {
  const order = Array.from({ length: raw.length }, (_, i) => i).sort((a, b) => warped[a]! - warped[b]!);
  const steps = order.filter((i, k) => k === 0 || warped[i]! > warped[order[k - 1]!]!);
  if (steps.length < 2) return steps.length === 0 ? Number.NaN : raw[steps[0]!]!;
  let right = steps.findIndex((i) => warped[i]! >= value);
  if (right === -1) right = steps.length - 1;
  const [a, b] = [steps[Math.max(0, right - 1)]!, steps[Math.max(1, right)]!];
  const share = (value - warped[a]!) / (warped[b]! - warped[a]!);
  return Math.max(-Number.MAX_VALUE, Math.min(Number.MAX_VALUE, between(raw[a]!, raw[b]!, share)));
}

/** Rises with `share` to the last bit; a gap wider than numbers reach is not computed. */
function between(low: number, high: number, share: number): number {
  const gap = high - low;
  if (!Number.isFinite(gap)) return low * (1 - share) + high * share;
  return share > 1 ? high + (share - 1) * gap : Math.min(high, low + share * gap);
}
