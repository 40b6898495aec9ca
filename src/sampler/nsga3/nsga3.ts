import { OptionReader } from "../../component/option-reader.ts";
import type { JsonValue, Space } from "../../space/index.ts";
import { createEvolution } from "../evolution/evolution.ts";
import type { Member, Ranks, Survival } from "../evolution/member.ts";
import { readVariation } from "../evolution/read-variation.ts";
import type { ConditionalSampler } from "../sampler.ts";
import { latticeDirections } from "./lattice-directions.ts";
import { nichesOf } from "./niches.ts";

const USUAL_SIZE = 30;

/**
 * NSGA-III in steady state: non-dominated sorting, and on the last front as many as possible of evenly spread directions (Deb and Jain, "An evolutionary
 * many-objective optimization algorithm using reference-point-based nondominated sorting approach", parts I and II, 2014), one child at
 * a time, feasible before infeasible.
 */
export function createNsga3(options: Readonly<Record<string, JsonValue>>, space: Space): ConditionalSampler {
  const reader = new OptionReader("sampler nsga3", options);
  const size = reader.count("population", { low: 4, high: 10_000 });
  const divisions = reader.count("divisions", { low: 1, high: 1000 });
  const read = readVariation(reader, size ?? USUAL_SIZE);
  reader.done();
  return createEvolution("nsga3", space, read, (objectives) => {
    const directions = latticeDirections(objectives, divisions ?? divisionsFor(objectives, size ?? USUAL_SIZE));
    return new NicheSurvival(size ?? Math.max(USUAL_SIZE, directions.length), directions);
  });
}

/** The least number of divisions with as many directions; with one objective there is one direction alone. */
function divisionsFor(objectives: number, wanted: number): number {
  if (objectives === 1) return 1;
  for (let divisions = 1; ; divisions++) {
    let count = 1;
    for (let k = 1; k < objectives; k++) count = (count * (divisions + k)) / k;
    if (count >= wanted) return divisions;
  }
}

/** Those survive whose direction few others share. */
class NicheSurvival implements Survival {
  readonly size: number;
  readonly #directions: readonly (readonly number[])[];

  constructor(size: number, directions: readonly (readonly number[])[]) {
    this.size = size;
    this.#directions = directions;
  }

  surplus(members: readonly Member[], ranks: Ranks, last: readonly number[]): number {
    const best = members.filter((_member, place) => ranks[place] === 0);
    const { niches, distances } = nichesOf(
      members.map(({ values }) => values),
      best.map(({ values }) => values),
      this.#directions,
    );
    const counts = new Int32Array(this.#directions.length);
    for (const niche of niches) counts[niche] = counts[niche]! + 1;
    return last.reduce((worst, place) => {
      const more = counts[niches[place]!]! - counts[niches[worst]!]!;
      return more > 0 || (more === 0 && distances[place]! >= distances[worst]!) ? place : worst;
    });
  }

  /** All of one rank are as good as each other. */
  merit(members: readonly Member[]): Float64Array {
    return new Float64Array(members.length);
  }
}
