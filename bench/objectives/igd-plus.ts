/**
 * Inverted generational distance plus: how much worse the nearest of the points is, on average over a front (Ishibuchi, Masuda, Tanigaki and Nojima, "Modified
 * distance calculation in generational distance and inverted generational distance", 2015); 0 is best.
 */
export function igdPlus(points: readonly (readonly number[])[], front: readonly (readonly number[])[]): number {
  let total = 0;
  for (const wanted of front) {
    let least = Number.POSITIVE_INFINITY;
    for (const point of points) {
      let square = 0;
      for (let d = 0; d < wanted.length; d++) {
        const over = Math.max(0, point[d]! - wanted[d]!);
        square += over * over;
      }
      least = Math.min(least, square);
    }
    total += Math.sqrt(least);
  }
  return total / front.length;
}
