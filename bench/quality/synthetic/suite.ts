import { keyedStreams } from "../../../src/numeric/random/keyed-streams.ts";
import { sampleUniform } from "../../../src/space/sample-uniform.ts";
import type { BenchTask } from "../runner/bench-task.ts";
import { normalisedRegret } from "../runner/normalised-regret.ts";
import type { Suite } from "../suites.ts";
import { makeLandscape } from "./landscape.ts";
import { SYNTHETIC_SPACES } from "./spaces.ts";

const DRAWS = 301;

/** Standard deviation of the noisy variants, as a share of a random configuration's median value. */
const NOISE = { plain: 0, noisy: 0.1 } as const;

/** Random functions on mixed, categorical and conditional spaces, each without and with noise; every seed draws a new function. */
export function syntheticSuite(): Suite {
  const kinds = Object.keys(NOISE) as (keyof typeof NOISE)[];
  return {
    name: "synthetic",
    description:
      "random functions on mixed, categorical and conditional spaces, 1 to 38 parameters, a new function for each seed, plain and with noise of a tenth of a random configuration's median (scored without it)",
    scoring: { loss: { name: "regret", of: normalisedRegret } },
    tasks: () => Object.keys(SYNTHETIC_SPACES).flatMap((name) => kinds.map((kind) => syntheticTask(name, kind))),
  };
}

function syntheticTask(name: string, kind: keyof typeof NOISE): BenchTask {
  const { budget, space: makeSpace } = SYNTHETIC_SPACES[name]!;
  return {
    scenario: `synthetic-${name}`,
    instance: kind,
    budget,
    conditions: makeSpace().parameters.filter(({ when }) => when.length > 0).length,
    best: 0,
    median: -1,
    open: async (seed) => {
      const space = makeSpace();
      const streams = keyedStreams(seed, "synthetic", name);
      const landscape = makeLandscape(space, streams);
      const draws = Array.from({ length: DRAWS }, (_, i) =>
        landscape(sampleUniform(space, keyedStreams(seed, "synthetic", name, i))),
      );
      const median = draws.sort((a, b) => a - b)[DRAWS >> 1]!;
      return {
        space,
        evaluate: (params, _trial, chance) => {
          const score = -landscape(params) / median;
          return { score, value: score + NOISE[kind] * chance.stream("value").normal() };
        },
      };
    },
  };
}
