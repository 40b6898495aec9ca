import type { Boxes } from "../../../numeric/hypervolume/box-decomposition.ts";

/** Boxes whose sides are given by place in a list of coordinates, so that what is computed of one is computed once. */
export interface BoxSides {
  readonly dimension: number;
  readonly count: number;
  /** By dimension the coordinates of sides, ascending; the last is the reference. */
  readonly coordinates: readonly Float64Array[];
  /** By box and dimension, places among these; -1 where there is no lower end. */
  readonly lower: Int32Array;
  readonly upper: Int32Array;
}

/** The sides of boxes. */
export function boxSides({ dimension, count, lower, upper }: Boxes): BoxSides {
  const coordinates = Array.from({ length: dimension }, (_none, d) => {
    const own = (numbers: Float64Array) => Array.from({ length: count }, (_box, k) => numbers[k * dimension + d]!);
    const finite = new Set([...own(lower), ...own(upper)].filter(Number.isFinite));
    return Float64Array.from(finite).sort();
  });
  const places = coordinates.map((all) => new Map(Array.from(all, (coordinate, place) => [coordinate, place])));
  const placeOf = (coordinate: number, at: number): number => places[at % dimension]!.get(coordinate) ?? -1;
  return {
    ...{ dimension, count, coordinates },
    lower: Int32Array.from(lower, placeOf),
    upper: Int32Array.from(upper, placeOf),
  };
}
