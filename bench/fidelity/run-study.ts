import { schedulerAbilities } from "../../src/scheduler/registry.ts";
import type { JsonValue } from "../../src/space/json.ts";
import { createStudy } from "../../src/study/create-study.ts";
import type { OpenFidelityTask } from "./fidelity-task.ts";
import { RunLog } from "./run-log.ts";
import type { FidelityRecord } from "./run-record.ts";
import { TaskExecutor, VALUE } from "./task-executor.ts";

/** A part of a study by its name, and options of it. */
export interface Chosen {
  readonly name: string;
  readonly options: Readonly<Record<string, JsonValue>>;
}

export interface StudyPlan {
  readonly sampler: Chosen;
  readonly scheduler: Chosen;
  readonly seed: number;
  /** Full runs. */
  readonly budget: number;
}

export type RunOutcome = Omit<FidelityRecord, "method" | "scenario" | "instance" | "seed" | "budget">;

/** Share by which sums of fractions may differ. */
const ROUNDING = 1e-9;

/** One run of a study of ours, kept in memory, with one worker. Its own ledger must come to what was run here. */
export async function runStudy(task: OpenFidelityTask, plan: StudyPlan): Promise<RunOutcome> {
  const { sampler, scheduler, seed, budget } = plan;
  const log = new RunLog(task);
  const executor = new TaskExecutor(task, log, schedulerAbilities(scheduler.name)?.watches === true);
  const study = await createStudy({
    ...{ name: "fidelity", maximize: VALUE, space: task.space, seed },
    sampler: { name: sampler.name, ...sampler.options },
    scheduler: { name: scheduler.name, ...scheduler.options },
  });
  try {
    const begin = performance.now();
    const { reason, message, fullRuns } = await study.run(executor, { budget: `${budget} runs`, keepGoing: true });
    const seconds = (performance.now() - begin) / 1000 - executor.seconds;
    if (reason !== "budget") throw new Error(`the run ended for another reason than its budget: ${message ?? reason}`);
    const { spent, incumbent } = log;
    if (!(Math.abs(fullRuns! - spent) <= ROUNDING * budget && spent <= budget * (1 + ROUNDING)))
      throw new Error(`of ${budget} full runs ${spent} were run, and the study's ledger has ${fullRuns}`);
    const evaluations = Object.fromEntries([...log.evaluations].sort(([a], [b]) => a - b));
    return { seconds, incumbent, spent, trials: study.trials().length, evaluations };
  } finally {
    await study.close();
  }
}
