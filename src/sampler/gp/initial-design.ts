import type { RandomStream } from "../../numeric/random/stream-source.ts";
import type { FeatureMap } from "../../surrogate/gp/feature-map.ts";

/** What is known, else the user's defaults; the middle, or the first choice, where there is none. */
export function centerPoint({ points }: FeatureMap, known?: Float64Array): Float64Array {
  const defaults = points.space.parameters.filter((p) => p.default !== undefined);
  const point = points.fromParams(Object.fromEntries(defaults.map((p) => [p.name, p.default!])));
  for (const [axis, place] of known?.entries() ?? []) if (!Number.isNaN(place)) point[axis] = place;
  points.settle(point, (axis) => points.middle(axis));
  return point;
}

/** Of the candidates the one farthest from all `taken` points; differing nominal values count 1, as far as a whole range. */
export function farthestPoint(
  map: FeatureMap,
  candidates: readonly Float64Array[],
  taken: readonly Float64Array[],
  stream: RandomStream,
): Float64Array | null {
  let best: Float64Array | null = null;
  let most = Number.NEGATIVE_INFINITY;
  for (const candidate of candidates) {
    let nearest = 1e-9 * stream.float(); // breaks ties
    if (taken.length > 0)
      nearest += taken.reduce(
        (least, point) => Math.min(least, distance(map, candidate, point)),
        Number.POSITIVE_INFINITY,
      );
    if (nearest <= most) continue;
    most = nearest;
    best = candidate;
  }
  return best;
}

function distance(map: FeatureMap, a: Float64Array, b: Float64Array): number {
  let sum = 0;
  let active = 0;
  for (let i = 0; i < a.length; i++) {
    const [x, y] = [a[i]!, b[i]!];
    if (Number.isNaN(x) && Number.isNaN(y)) continue;
    active += 1;
    if (Number.isNaN(x) || Number.isNaN(y)) sum += 0.5;
    else if (map.points.axes[i]!.kind === "nominal") sum += x === y ? 0 : 1;
    else sum += (x - y) * (x - y);
  }
  return active === 0 ? 0 : sum / active;
}
