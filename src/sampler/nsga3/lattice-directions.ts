/** All points of the unit simplex whose parts are multiples of 1 / divisions (Das and Dennis, 1998), in lexicographic order. */
export function latticeDirections(dimension: number, divisions: number): readonly (readonly number[])[] {
  const directions: number[][] = [];
  const parts: number[] = [];
  const fill = (left: number): void => {
    if (parts.length === dimension - 1) {
      directions.push([...parts, left].map((part) => part / divisions));
      return;
    }
    for (let part = 0; part <= left; part++) {
      parts.push(part);
      fill(left - part);
      parts.pop();
    }
  };
  fill(divisions);
  return directions;
}
