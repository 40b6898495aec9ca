import { undominatedPlaces } from "../../../numeric/pareto/undominated-places.ts";
import type { RandomStream } from "../../../numeric/random/stream-source.ts";
import type { Counting } from "../../best-results.ts";
import { preferredWeights } from "../../preferred-weights.ts";
import { clipped } from "../../reach-goals.ts";
import type { SuggestRequest } from "../../sampler.ts";
import { weightedOf } from "./chebyshev.ts";
import type { Target } from "./many-models.ts";
import type { TabledTrial } from "./trial-table.ts";

/** Of suggestions for a study in which somebody chose of the front, those that look for what is better by that. The others go on along the whole front. */
const SHARE = 0.5;

/** What a suggestion looks for that goes by what people chose of the front. */
export interface Preference {
  /** By objective, adding up to 1. */
  readonly weights: Readonly<Record<string, number>>;
  /** One number that stands for all objectives. */
  readonly target: Target;
  /** Results that keep the limits, by that number, best first. */
  readonly best: readonly TabledTrial[];
}

/** One number by the weights that people gave, on the scale of the front, for some of the suggestions; null for the others, where nobody chose, and of a front of one point. */
export function byPreference(
  request: SuggestRequest,
  feasible: readonly TabledTrial[],
  { goals }: Counting,
  stream: RandomStream,
): Preference | null {
  const weights = request.metrics.length > 1 ? preferredWeights(request) : null;
  if (weights === null || stream.float() >= SHARE) return null;
  const points = feasible.map(({ result }) => result.point);
  const front = undominatedPlaces(points).map((place) => points[place]!);
  if (new Set(front.map((point) => point.join())).size < 2) return null;
  const scalarOf = weightedOf(front, weights);
  const numberOf: Target["numberOf"] = ({ result }) => scalarOf(clipped(result.point, goals));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return {
    weights: Object.fromEntries(request.metrics.map(({ name }, d) => [name, weights[d]! / total])),
    target: { key: null, numberOf },
    best: feasible.toSorted((a, b) => numberOf(a) - numberOf(b)),
  };
}
