import type { Space } from "../../../src/space/space.ts";
import { type Objective, openObjective } from "./objective.ts";
import { readData, SCENARIOS, scenarioSpace } from "./scenario.ts";

/** One benchmark task as `data/yahpo-tasks.json` lists it: values are maximised. */
export interface YahpoTask {
  readonly suite: "official" | "dev" | "fresh";
  readonly scenario: string;
  readonly instance: string;
  readonly conditions: number;
  readonly hyperparameters: number;
  /** Evaluations in all. */
  readonly budget: number;
  /** Of 20,000 random draws. */
  readonly median: number;
  /** The highest value anyone has reached. */
  readonly best: number;
}

/** Where the tasks drawn by `draw-fresh.ts` are kept. */
export const FRESH_FILE = new URL("../data/yahpo-fresh.json", import.meta.url);

/** Tasks on instances that nothing was tuned on. */
export function readFreshTasks(): readonly YahpoTask[] {
  return readData<YahpoTask[]>("yahpo-fresh.json");
}

/** The 28 tasks that other tuners were measured on too. */
export function yahpoTasks(): readonly YahpoTask[] {
  return readData<YahpoTask[]>("yahpo-tasks.json");
}

/** The space of a task and its objective. */
export async function openTask(task: YahpoTask): Promise<{ readonly space: Space; readonly objective: Objective }> {
  const scenario = SCENARIOS.find(({ name }) => name === task.scenario);
  if (scenario === undefined) throw new Error(`there is no scenario ${task.scenario}`);
  return { space: scenarioSpace(scenario), objective: await openObjective(scenario, task.instance) };
}
