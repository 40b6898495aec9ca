import { keyedStreams } from "../../src/numeric/random/keyed-streams.ts";
import { defineSpace, float } from "../../src/space/index.ts";
import type { LimitedTask } from "./limited-task.ts";

type Place = readonly number[];

/** Draws by which a bound is found that so many places keep. */
const DRAWS = 200_000;
/** The value is the distance from here, squared; what is allowed lies about `CENTRES`. */
const AIM = [0.85, 0.8, 0.75, 0.9, 0.7];
const CENTRES: readonly Place[] = [
  [0.3, 0.35, 0.25, 0.4, 0.3],
  [0.2, 0.75, 0.6, 0.15, 0.8],
];

const distance = (a: Place, b: Place): number => Math.sqrt(a.reduce((sum, x, k) => sum + (x - b[k]!) * (x - b[k]!), 0));
const nearest = (place: Place): number => Math.min(...CENTRES.map((centre) => distance(place, centre)));

/** The bound below which `measure` is at this share of places. */
function boundOf(measure: (place: Place) => number, dimension: number, share: number): number {
  const stream = keyedStreams(7, dimension).stream("bound");
  const drawn = Float64Array.from({ length: DRAWS }, () =>
    measure(Array.from({ length: dimension }, () => stream.float())),
  ).sort();
  return drawn[Math.ceil(share * DRAWS) - 1]!;
}

interface Measured {
  readonly names: readonly string[];
  of(place: Place): readonly number[];
}

/** The value is the squared distance from the aim; everything else lies in one ball or another that keeps the limits. */
function problem(
  name: string,
  dimension: number,
  measured: Measured,
  limitsAndBest: () => { readonly limits: readonly string[]; readonly best: number },
): LimitedTask {
  const names = Array.from({ length: dimension }, (_none, k) => `x${k}`);
  const space = defineSpace(Object.fromEntries(names.map((own) => [own, float(0, 1)])));
  const evaluate = async (params: Readonly<Record<string, unknown>>): Promise<readonly number[]> => {
    const place = names.map((own) => Number(params[own]));
    const far = distance(place, AIM);
    return [far * far, ...measured.of(place)];
  };
  const open = async () => ({ space, kept: measured.names, evaluate, ...limitsAndBest() });
  return { name, suite: "synthetic", open };
}

const FAR: Measured = { names: ["far"], of: (place) => [distance(place, CENTRES[0]!)] };
const squared = (number: number): number => number * number;
const toCentre = (dimension: number, k = 0): number =>
  distance(AIM.slice(0, dimension), CENTRES[k]!.slice(0, dimension));

/** Allowed is a ball that so many places lie in. */
const ball = (share: number, dimension: number): LimitedTask =>
  problem(`ball ${100 * share} %`, dimension, FAR, () => {
    const bound = boundOf((place) => distance(place, CENTRES[0]!), dimension, share);
    return { limits: [`far <= ${bound}`], best: squared(toCentre(dimension) - bound) };
  });

/** Allowed are two balls. */
const either = (share: number, dimension: number): LimitedTask =>
  problem(
    `either ball ${100 * share} %`,
    dimension,
    { names: ["one", "other"], of: (place) => CENTRES.map((centre) => distance(place, centre)) },
    () => {
      const bound = boundOf(nearest, dimension, share);
      const best = Math.min(...CENTRES.map((_centre, k) => toCentre(dimension, k))) - bound;
      return { limits: [`one <= ${bound} or other <= ${bound}`], best: squared(best) };
    },
  );

/** Allowed is a thin layer about a plane, and about a sphere. */
const plane = (dimension: number, tolerance: number): LimitedTask =>
  problem(
    `plane within ${tolerance}`,
    dimension,
    { names: ["total"], of: (place) => [place.reduce((sum, x) => sum + x, 0)] },
    () => {
      const total = 0.4 * dimension;
      const gap = AIM.slice(0, dimension).reduce((sum, x) => sum + x, 0) - total - tolerance;
      return { limits: [`total == ${total} within ${tolerance}`], best: squared(gap) / dimension };
    },
  );
const sphere = (dimension: number, radius: number, tolerance: number): LimitedTask =>
  problem(`sphere within ${tolerance}`, dimension, FAR, () => ({
    limits: [`far == ${radius} within ${tolerance}`],
    best: squared(toCentre(dimension) - radius - tolerance),
  }));

/** Eight problems whose limits few places keep, down to one of a thousand. */
export const LIMITED_PROBLEMS: readonly LimitedTask[] = [
  ball(0.3, 2),
  ball(0.05, 3),
  ball(0.02, 4),
  ball(0.005, 4),
  ball(0.001, 5),
  either(0.02, 3),
  plane(4, 0.02),
  sphere(3, 0.3, 0.01),
];
