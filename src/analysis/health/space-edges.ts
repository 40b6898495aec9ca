import { type Configurations, keepsLimits, type Limit } from "../../objective/index.ts";
import type { Params } from "../../space/json.ts";
import { gridSize } from "../../space/numeric-domain.ts";
import type { Parameter } from "../../space/parameter.ts";
import type { Space } from "../../space/space.ts";
import type { Metric } from "../../trial/metric.ts";
import { FEWEST_TRIALS } from "../fewest-trials.ts";
import type { FrontPoint } from "../front-point.ts";
import type { Winner } from "../winner.ts";
import { type EdgeValue, NEAR, winnerEdges } from "./winner-edges.ts";

/** A parameter whose best values lie at an end of its range. */
export interface EdgeFinding extends EdgeValue {
  /** How many of the best configurations were looked at (of several objectives the front), and how many lie there. */
  readonly best: number;
  readonly there: number;
}

/** The best tenth, at most so many. */
const MOST_BEST = 5;
const SHARE = 0.1;
/** So few points of a front are its ends. */
const FEWEST_POINTS = 3;
/** How likely so many of the best may lie there where the parameter does nothing. */
const LEVEL = 0.1;

interface Judged {
  readonly space: Space;
  readonly metrics: readonly Metric[];
  readonly limits: readonly Limit[];
}

/**
 * The ends of ranges at which the winner lies and more than half of the best tenth of a study, at least two once it has twenty
 * configurations: one alone lies there by chance in one of twenty-five. Of several objectives those at which more than half of the
 * front lies. In the order of the space; none before five configurations have a value.
 */
export function spaceEdges(
  configurations: Configurations,
  study: Judged,
  winner: Winner | null,
  front: readonly FrontPoint[],
): readonly EdgeFinding[] {
  const { space, metrics, limits } = study;
  if (configurations.length < FEWEST_TRIALS) return [];
  if (winner === null)
    return front.length < FEWEST_POINTS
      ? []
      : edgesOf(
          space,
          front.map(({ params }) => params),
          null,
        );
  const count = Math.min(MOST_BEST, Math.max(1, Math.floor(configurations.length * SHARE)));
  if (count === 1) return winnerEdges(space, winner.params).map((edge) => ({ ...edge, best: 1, there: 1 }));
  const best = bestPlaces(configurations, metrics[0]!, limits, count).map((place) => configurations.at(place));
  return edgesOf(
    space,
    best.map(({ first }) => first.params),
    winner.params,
  );
}

function edgesOf(space: Space, best: readonly Params[], winner: Params | null): readonly EdgeFinding[] {
  const all = best.map((params) => winnerEdges(space, params));
  const byName = new Map(space.parameters.map((parameter) => [parameter.name, parameter]));
  const own = winner === null ? oneOfEach(all.flat()) : winnerEdges(space, winner);
  return own.flatMap((edge) => {
    const there = all.filter((edges) => edges.some((one) => isSame(one, edge))).length;
    const chance = tail(there, best.length, endShare(byName.get(edge.parameter)!));
    return there * 2 > best.length && chance < LEVEL ? [{ ...edge, best: best.length, there }] : [];
  });
}

function oneOfEach(edges: readonly EdgeValue[]): readonly EdgeValue[] {
  return edges.filter((edge, place) => edges.findIndex((one) => isSame(one, edge)) === place);
}

function isSame(a: EdgeValue, b: EdgeValue): boolean {
  return a.parameter === b.parameter && a.side === b.side;
}

/** Places of the best means, in no order. */
function bestPlaces(
  configurations: Configurations,
  { name, direction }: Metric,
  limits: readonly Limit[],
  count: number,
): readonly number[] {
  const sign = direction === "minimize" ? 1 : -1;
  const means = configurations.means(name);
  const best: number[] = [];
  let bar = Number.POSITIVE_INFINITY;
  for (let place = 0; place < means.length; place++) {
    const value = sign * means[place]!;
    if (best.length === count && value >= bar) continue;
    if (limits.length > 0 && !keepsLimits(configurations.at(place).first, limits)) continue;
    best.push(place);
    best.sort((a, b) => sign * means[a]! - sign * means[b]!);
    best.length = Math.min(best.length, count);
    bar = sign * means[best.at(-1)!]!;
  }
  return best;
}

/** Share of a range that counts as one of its ends. */
function endShare(parameter: Parameter): number {
  if (parameter.type === "ordinal") return 1 / parameter.values.length;
  const size = parameter.type === "float" || parameter.type === "int" ? gridSize(parameter) : null;
  return size === null ? NEAR : Math.max(NEAR, 1 / size);
}

/** The chance of `there` or more of `count`, each with chance `p` (binomial distribution). */
function tail(there: number, count: number, p: number): number {
  let one = 1;
  for (let k = 0; k < count; k++) one *= 1 - p;
  let sum = 0;
  for (let k = 0; k <= count; k++) {
    if (k >= there) sum += one;
    one *= ((count - k) / (k + 1)) * (p / (1 - p));
  }
  return sum;
}
