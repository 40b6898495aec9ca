import { OptionReader } from "../../component/option-reader.ts";
import { crowdingDistances } from "../../numeric/pareto/crowding-distances.ts";
import type { JsonValue, Space } from "../../space/index.ts";
import { createEvolution } from "../evolution/evolution.ts";
import type { Member, Ranks, Survival } from "../evolution/member.ts";
import { readVariation } from "../evolution/read-variation.ts";
import type { ConditionalSampler } from "../sampler.ts";

/**
 * NSGA-II in steady state: non-dominated sorting and crowding distance (Deb, Pratap, Agarwal and Meyarivan, 2002), one child at a time (Durillo, Nebro,
 * Luna and Alba, "On the effect of the steady-state selection scheme in multi-objective genetic algorithms", 2009), feasible before
 * infeasible.
 */
export function createNsga2(options: Readonly<Record<string, JsonValue>>, space: Space): ConditionalSampler {
  const reader = new OptionReader("sampler nsga2", options);
  const size = reader.integer("population", { default: 30, low: 4, high: 10_000 });
  const read = readVariation(reader, size);
  reader.done();
  return createEvolution("nsga2", space, read, () => new CrowdedSurvival(size));
}

/** Those survive that lie where there are few others. */
class CrowdedSurvival implements Survival {
  readonly size: number;

  constructor(size: number) {
    this.size = size;
  }

  surplus(members: readonly Member[], _ranks: Ranks, last: readonly number[]): number {
    const distances = crowdingDistances(last.map((place) => members[place]!.values));
    const least = distances.reduce((best, distance, k) => (distance <= distances[best]! ? k : best), 0);
    return last[least]!;
  }

  merit(members: readonly Member[], ranks: Ranks): Float64Array {
    const merit = new Float64Array(members.length);
    for (const rank of new Set(ranks)) {
      const places = [...members.keys()].filter((place) => ranks[place] === rank);
      const distances = crowdingDistances(places.map((place) => members[place]!.values));
      for (const [k, place] of places.entries()) merit[place] = distances[k]!;
    }
    return merit;
  }
}
