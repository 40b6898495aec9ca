import { fileURLToPath } from "node:url";
import type { BenchTask } from "../runner/bench-task.ts";
import { normalisedRegret } from "../runner/normalised-regret.ts";
import type { Suite } from "../suite.ts";
import { openTask, readFreshTasks, type YahpoTask, yahpoTasks } from "./task.ts";

const DESCRIPTIONS = {
  dev: "19 development tasks of YAHPO Gym 1.0 (surrogates of real tuning problems), at full fidelity",
  official: "the 9 tasks of YAHPO Gym 1.0's single-objective suite whose surrogates are at hand, at full fidelity",
  fresh:
    "12 tasks on instances of YAHPO Gym 1.0 that nothing was tuned on, drawn by `bench/quality/yahpo/draw-fresh.ts`, at full fidelity",
} as const;

/** YAHPO tasks, scored as `data/score.mjs` scores them. */
export function yahpoSuite(part: YahpoTask["suite"]): Suite {
  return {
    name: `yahpo-${part}`,
    description: DESCRIPTIONS[part],
    scoring: { loss: { name: "regret", of: normalisedRegret } },
    storedRuns: fileURLToPath(new URL("../data/peers-yahpo.jsonl", import.meta.url)),
    tasks: () =>
      (part === "fresh" ? readFreshTasks() : yahpoTasks()).filter(({ suite }) => suite === part).map(toBenchTask),
  };
}

function toBenchTask(task: YahpoTask): BenchTask {
  const { scenario, instance, budget, conditions, best, median } = task;
  return {
    ...{ scenario, instance, budget, conditions, best, median },
    open: async () => {
      const { space, objective } = await openTask(task);
      return {
        space,
        evaluate: async (params) => {
          const value = await objective(params);
          return { value, score: value };
        },
      };
    },
  };
}
