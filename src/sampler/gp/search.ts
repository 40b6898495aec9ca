import { boundedLbfgs } from "../../numeric/optimize/bounded-lbfgs.ts";
import type { RandomStream } from "../../numeric/random/stream-source.ts";
import type { FeatureMap } from "../../surrogate/gp/feature-map.ts";
import { mutate } from "../../surrogate/gp/point-moves.ts";
import type { Acquisition } from "./acquisition.ts";
import type { KnownPlaces } from "./known-places.ts";
import type { TrustBox } from "./trust-box.ts";

export interface SearchPlan {
  readonly acquisition: Acquisition;
  readonly map: FeatureMap;
  readonly stream: RandomStream;
  /** Where to begin: random points. */
  readonly random: readonly Float64Array[];
  /** The best trials so far, best first. */
  readonly incumbents: readonly Float64Array[];
  /** Mutations of incumbents in the first round. */
  readonly mutations: number;
  /** Points that gradient ascent starts from. */
  readonly climbs: number;
  /** Where to stay, or null for the whole space. */
  readonly box: TrustBox | null;
  /** Mutations of each of the best candidates in each later round. */
  readonly children: number;
  /** Whether a point may be suggested (new, and within the constraints). */
  readonly allowed: (point: Float64Array) => boolean;
  /** What stands already and is kept, or null. */
  readonly known: KnownPlaces | null;
}

export interface Candidate {
  readonly point: Float64Array;
  readonly score: number;
}

const SPREADS = [0.1, 0.05, 0.02, 0.01];
const PARENTS = 6;

/** The most promising allowed point that random points, mutations and gradient ascent find; null when none is allowed. */
export function searchAcquisition(plan: SearchPlan): Candidate | null {
  const { map, stream, incumbents, acquisition } = plan;
  const pool = new Pool(acquisition, plan.allowed, map.points.key.bind(map.points));
  const first = plan.random.map((point) => imposed(plan, point));
  for (let k = 0; k < plan.mutations && incumbents.length > 0; k++) {
    const spread = SPREADS[stream.int(3)]! * 2;
    first.push(vary(plan, incumbents[k % incumbents.length]!, spread));
  }
  pool.add(first);
  for (const [round, spread] of SPREADS.entries()) {
    const parents = pool.best(PARENTS);
    pool.add(parents.flatMap(({ point }) => Array.from({ length: plan.children }, () => vary(plan, point, spread))));
    if (round === 1) pool.add(pool.best(plan.climbs).map(({ point }) => climb(plan, point, 25)));
  }
  pool.add(pool.best(2).map(({ point }) => climb(plan, point, 25)));
  return pool.best(1)[0] ?? null;
}

/** A neighbour, within the box if there is one. */
function vary(plan: SearchPlan, point: Float64Array, spread: number): Float64Array {
  const { map, stream, box } = plan;
  const moved = mutate(map.points, point, spread, stream);
  return imposed(plan, box === null ? moved : box.clamp(moved));
}

/** The point with what stands already. */
function imposed({ known, map, stream }: SearchPlan, point: Float64Array): Float64Array {
  return known === null ? point : known.impose(point, (axis) => map.points.uniform(axis, stream.float()));
}

/** Candidates seen, each once. */
class Pool {
  readonly #acquisition: Acquisition;
  readonly #allowed: (point: Float64Array) => boolean;
  readonly #keyOf: (point: Float64Array) => string;
  readonly #seen = new Set<string>();
  #candidates: Candidate[] = [];

  constructor(
    acquisition: Acquisition,
    allowed: (point: Float64Array) => boolean,
    keyOf: (point: Float64Array) => string,
  ) {
    this.#acquisition = acquisition;
    this.#allowed = allowed;
    this.#keyOf = keyOf;
  }

  add(points: readonly Float64Array[]): void {
    const fresh = points.filter((point) => {
      const key = this.#keyOf(point);
      if (this.#seen.has(key)) return false;
      this.#seen.add(key);
      return this.#allowed(point);
    });
    if (fresh.length === 0) return;
    const scores = this.#acquisition.scores(fresh);
    for (const [i, point] of fresh.entries()) this.#candidates.push({ point, score: scores[i]! });
    this.#candidates.sort((a, b) => b.score - a.score);
    this.#candidates.length = Math.min(this.#candidates.length, 64);
  }

  best(count: number): readonly Candidate[] {
    return this.#candidates.slice(0, count);
  }
}

/** Gradient ascent over the active continuous axes; the others are held, and those by which conditions go. */
function climb({ acquisition, map, box, known }: SearchPlan, from: Float64Array, evaluations: number): Float64Array {
  const { points, numericAxes } = map;
  const moving = [...numericAxes.entries()].filter(
    ([, axis]) =>
      known?.holds(axis) !== true &&
      !Number.isNaN(from[axis]) &&
      (points.axes[axis]!.levels ?? 1000) > 20 &&
      !points.parents.has(axis),
  );
  if (moving.length === 0) return from;
  const bounds = moving.map(([, axis]) => box?.bounds(axis) ?? [0, 1]);
  const at = (x: Float64Array) => {
    const point = from.slice();
    for (const [k, [, axis]] of moving.entries()) point[axis] = x[k]!;
    return point;
  };
  const { x } = boundedLbfgs(
    (place, gradient) => {
      const { score, gradient: slope } = acquisition.climb(at(place));
      for (const [k, [feature, axis]] of moving.entries()) gradient[k] = -slope[feature]! * map.slope(axis, place[k]!);
      return -score;
    },
    moving.map(([, axis]) => from[axis]!),
    {
      low: Float64Array.from(bounds, ([low]) => low!),
      high: Float64Array.from(bounds, ([, high]) => high!),
      evaluations,
      tolerance: 1e-3,
      relative: 1e-6,
    },
  );
  const point = at(x);
  for (const [, axis] of moving) point[axis] = points.snap(axis, point[axis]!);
  return point;
}
