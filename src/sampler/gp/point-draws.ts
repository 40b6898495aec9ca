import { keyedStreams } from "../../numeric/random/keyed-streams.ts";
import type { RandomStream } from "../../numeric/random/stream-source.ts";
import { sampleUniform } from "../../space/index.ts";
import type { FeatureMap } from "../../surrogate/gp/feature-map.ts";
import { randomPoint } from "../../surrogate/gp/point-moves.ts";
import type { PointSpace } from "../../surrogate/gp/point-space.ts";
import { centerPoint, farthestPoint } from "./initial-design.ts";
import type { KnownPlaces } from "./known-places.ts";

/** Most feasible draws at once, where constraints make them slow. */
const MOST_CONSTRAINED = 100;

/** The points among which one suggestion is looked for, before and beside a model. */
export class PointDraws {
  readonly #map: FeatureMap;
  readonly #stream: RandomStream;
  readonly #known: KnownPlaces | null;
  readonly #allowed: (point: Float64Array) => boolean;
  readonly #seed: number;
  readonly #number: number;

  /** `allowed` says which points may be suggested; `seed` is the study's, `number` the trial's. */
  constructor(map: FeatureMap, { stream, known, allowed, seed, number }: PointDrawsOptions) {
    this.#map = map;
    this.#stream = stream;
    this.#known = known;
    this.#allowed = allowed;
    this.#seed = seed;
    this.#number = number;
  }

  /** Random points, not all of them allowed; drawn by the space itself where it has constraints. */
  any(count: number): Float64Array[] {
    const { points } = this.#map;
    const known = this.#known;
    const { space } = known ?? points;
    if (space.where.length === 0)
      return Array.from({ length: count }, () => randomPoint(points, this.#stream, known?.places));
    const key = this.#stream.uint32();
    const draw = (k: number) => sampleUniform(space, keyedStreams(this.#seed, this.#number, key, k));
    return Array.from({ length: Math.min(count, MOST_CONSTRAINED) }, (_, k) => points.fromParams(draw(k)));
  }

  /** Random allowed points, of so many draws. */
  allowed(count: number): Float64Array[] {
    return this.any(count).filter(this.#allowed);
  }

  /** The middle, or what is farthest from all `taken` points; null where no draw is allowed. */
  first(taken: readonly Float64Array[]): Float64Array | null {
    const center = centerPoint(this.#map, this.#known?.places);
    if (taken.length === 0 && this.#allowed(center)) return center;
    return farthestPoint(this.#map, this.allowed(40), taken, this.#stream);
  }
}

export interface PointDrawsOptions {
  readonly stream: RandomStream;
  readonly known: KnownPlaces | null;
  readonly allowed: (point: Float64Array) => boolean;
  readonly seed: number;
  readonly number: number;
}

/** Mean number of active axes over random configurations, the same draws always. */
export function meanActive(points: PointSpace): number {
  const stream = keyedStreams(0, "gp").stream("dimension");
  let active = 0;
  for (let k = 0; k < 64; k++) active += randomPoint(points, stream).filter((code) => !Number.isNaN(code)).length;
  return Math.max(1, active / 64);
}
