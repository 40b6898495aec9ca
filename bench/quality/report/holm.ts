/** p values corrected for their number by Holm's step-down rule, in the order given. */
export function holm(values: readonly number[]): readonly number[] {
  const order = Array.from(values.keys()).sort((a, b) => values[a]! - values[b]!);
  const corrected: number[] = [];
  let highest = 0;
  for (const [rank, place] of order.entries()) {
    highest = Math.max(highest, Math.min(1, values[place]! * (values.length - rank)));
    corrected[place] = highest;
  }
  return corrected;
}
