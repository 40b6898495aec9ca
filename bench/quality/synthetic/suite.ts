import { keyedStreams } from "../../../src/numeric/random/keyed-streams.ts";
import type { BenchTask } from "../runner/bench-task.ts";
import { medianOfDraws } from "../runner/median-of-draws.ts";
import { normalisedRegret } from "../runner/normalised-regret.ts";
import type { Suite } from "../suite.ts";
import { makeLandscape } from "./landscape.ts";
import { SYNTHETIC_SPACES } from "./spaces.ts";

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
      const landscape = makeLandscape(space, keyedStreams(seed, "synthetic", name));
      const median = medianOfDraws(space, landscape, `synthetic-${name}`, seed);
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
