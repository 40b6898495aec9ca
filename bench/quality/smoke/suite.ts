import { openBbob } from "../bbob/suite.ts";
import { type BenchTask, taskName } from "../runner/bench-task.ts";
import { medianOfDraws } from "../runner/median-of-draws.ts";
import { normalisedRegret } from "../runner/normalised-regret.ts";
import type { Suite } from "../suite.ts";
import { syntheticSuite } from "../synthetic/suite.ts";

const BUDGET = 40;
const DIMENSION = 5;
const SYNTHETIC = ["mixed-10/plain", "mixed-10/noisy", "float-6/plain", "nested-12/plain", "nested-38/plain"];
const BBOB = [2, 6, 8, 15, 21];

/** Ten tasks of the other suites with 40 evaluations: what tells in two minutes that a sampler has become worse. */
export function smokeSuite(): Suite {
  const synthetic = syntheticSuite()
    .tasks()
    .filter((task) => SYNTHETIC.some((name) => taskName(task).endsWith(name)));
  return {
    name: "smoke",
    description: `ten tasks of the suites synthetic and bbob-5, ${BUDGET} evaluations each`,
    scoring: { loss: { name: "regret", of: normalisedRegret } },
    tasks: () => [...synthetic.map((task) => ({ ...task, budget: BUDGET })), ...BBOB.map(bbobTask)],
  };
}

/** A BBOB function whose gaps are shares of a random configuration's, so that they can be averaged with others. */
function bbobTask(number: number): BenchTask {
  return {
    scenario: `smoke-bbob-f${number}`,
    instance: `${DIMENSION}d`,
    budget: BUDGET,
    conditions: 0,
    best: 0,
    median: -1,
    open: async (seed) => {
      const { space, gap, optimal } = openBbob(number, DIMENSION, seed);
      const median = medianOfDraws(space, gap, `bbob-f${number}`, seed);
      return {
        space,
        evaluate: (params) => {
          const above = gap(params);
          return { value: -(above + optimal), score: -above / median };
        },
      };
    },
  };
}
