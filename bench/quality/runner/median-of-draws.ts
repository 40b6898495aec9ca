import { keyedStreams } from "../../../src/numeric/random/keyed-streams.ts";
import type { Params } from "../../../src/space/json.ts";
import { sampleUniform } from "../../../src/space/sample-uniform.ts";
import type { Space } from "../../../src/space/space.ts";

const DRAWS = 301;

/** The median of a function over random configurations, the same ones for the same name and seed. */
export function medianOfDraws(space: Space, of: (params: Params) => number, name: string, seed: number): number {
  const values = Array.from({ length: DRAWS }, (_, i) => of(sampleUniform(space, keyedStreams(seed, name, i))));
  return values.sort((a, b) => a - b)[DRAWS >> 1]!;
}
