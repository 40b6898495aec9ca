/**
 * At most `most` of the rows, in their order: the best two fifths, the newest fifth, and an even draw from the others, so that a
 * model of a long history costs no more than one of a short one. Where `levels` say that some were run shorter than others, the longer runs are
 * the better ones.
 */
export function selectRows(
  values: ArrayLike<number>,
  most: number,
  levels: ArrayLike<number> | null = null,
): readonly number[] {
  const n = values.length;
  const all = Array.from({ length: n }, (_, i) => i);
  if (n <= most) return all;
  const chosen = new Set<number>();
  const byValue = all.toSorted(
    (a, b) => (levels === null ? 0 : levels[a]! - levels[b]!) || values[a]! - values[b]! || a - b,
  );
  for (const i of byValue.slice(0, Math.floor(0.4 * most))) chosen.add(i);
  for (let i = n - 1; chosen.size < Math.floor(0.6 * most); i--) chosen.add(i);
  const rest = byValue.filter((i) => !chosen.has(i));
  const wanted = most - chosen.size;
  for (let k = 0; k < wanted; k++) chosen.add(rest[Math.floor(((k + 0.5) * rest.length) / wanted)]!);
  return all.filter((i) => chosen.has(i));
}
