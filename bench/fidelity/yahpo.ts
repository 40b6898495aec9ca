import { buildSpace } from "../../src/space/build-space.ts";
import { SCENARIOS, scenarioFidelity } from "../quality/yahpo/scenario.ts";
import { openTask, readFreshTasks, type YahpoTask, yahpoTasks } from "../quality/yahpo/task.ts";
import { type FidelitySuite, type FidelityTask, requireFidelity } from "./fidelity-task.ts";

const DESCRIPTIONS = {
  dev: "19 development tasks of YAHPO Gym 1.0 (surrogates of real tuning problems)",
  official: "the 9 tasks of YAHPO Gym 1.0's single-objective suite whose surrogates are at hand",
  fresh: "12 tasks on instances of YAHPO Gym 1.0 that nothing was tuned on",
} as const;

/** YAHPO tasks with their fidelities: networks are trained on from one number of epochs to another, all else is trained anew on a share of the data. */
export function yahpoFidelitySuite(part: YahpoTask["suite"]): FidelitySuite {
  const tasks = part === "fresh" ? readFreshTasks : yahpoTasks;
  return {
    name: `yahpo-${part}`,
    description: DESCRIPTIONS[part],
    tasks: () =>
      tasks()
        .filter(({ suite }) => suite === part)
        .map(withFidelity),
  };
}

function withFidelity(task: YahpoTask): FidelityTask {
  const { scenario, instance, best, median } = task;
  return {
    ...{ scenario, instance, best, median },
    open: async () => {
      const { space, objective } = await openTask(task);
      const fidelity = scenarioFidelity(SCENARIOS.find(({ name }) => name === scenario)!);
      const declared = requireFidelity(buildSpace([...space.parameters, fidelity]));
      return { space: declared, resumes: fidelity.name === "epoch", evaluate: objective };
    },
  };
}
