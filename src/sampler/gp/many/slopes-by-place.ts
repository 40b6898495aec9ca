import type { FeatureMap } from "../../../surrogate/gp/feature-map.ts";

/** A gradient over a map's features as one over places, so that those of maps that bend places otherwise can be added. */
export function slopesByPlace(map: FeatureMap, point: Float64Array, gradient: Float64Array): Float64Array {
  return gradient.map((slope, feature) => {
    const axis = map.numericAxes[feature];
    return axis === undefined || Number.isNaN(point[axis]) ? slope : slope * map.slope(axis, point[axis]!);
  });
}
