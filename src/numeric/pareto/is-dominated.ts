/** Whether `other` is nowhere worse than the point and somewhere better, every coordinate to be made small. */
export function isDominated(other: ArrayLike<number>, point: ArrayLike<number>): boolean {
  let better = false;
  for (let d = 0; d < point.length; d++) {
    if (other[d]! > point[d]!) return false;
    better ||= other[d]! < point[d]!;
  }
  return better;
}
