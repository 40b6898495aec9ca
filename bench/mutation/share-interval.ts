/** 95 % interval of a share by Wilson's score: `count` of `total`, both from 0 up; [0, 1] of nothing. */
export function shareInterval(count: number, total: number): readonly [low: number, high: number] {
  if (total === 0) return [0, 1];
  const z = 1.959963984540054;
  const share = count / total;
  const wide = 1 + (z * z) / total;
  const middle = (share + (z * z) / (2 * total)) / wide;
  const half = (z / wide) * Math.sqrt((share * (1 - share)) / total + (z * z) / (4 * total * total));
  return [Math.max(0, middle - half), Math.min(1, middle + half)];
}
