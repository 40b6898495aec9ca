/** Orders points by the first coordinate, equal ones by the next and so on. NaN is refused with a RangeError. */
export function compareCoordinates(a: ArrayLike<number>, b: ArrayLike<number>): number {
  for (let d = 0; d < a.length; d++) {
    const [x, y] = [a[d]!, b[d]!];
    if (Number.isNaN(x) || Number.isNaN(y)) throw new RangeError(`a point is NaN in coordinate ${d}`);
    if (x !== y) return x < y ? -1 : 1;
  }
  return 0;
}
