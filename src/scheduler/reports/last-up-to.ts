/** Place of the last of `length` entries that is not above `limit`, or -1; the entries ascend. */
export function lastUpTo(at: (place: number) => number, length: number, limit: number): number {
  let [low, high] = [0, length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (at(middle) <= limit) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}
