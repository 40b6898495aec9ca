import { createStudy } from "../../../src/study/create-study.ts";
import type { OpenFidelityTask } from "../fidelity-task.ts";
import { RunLog } from "../run-log.ts";
import type { FidelityRecord } from "../run-record.ts";
import type { StudyPlan } from "../run-study.ts";
import { VALUE } from "../task-executor.ts";
import { ClusterExecutor, type Weather } from "./cluster-executor.ts";
import { type Utilisation, utilisation } from "./utilisation.ts";
import { VirtualClock } from "./virtual-clock.ts";

/** A run on a cluster: `budget` in full runs, time in mean lengths of these. */
export interface ClusterRecord extends FidelityRecord {
  readonly workers: number;
  readonly utilisation: Utilisation;
  /** [time, value at full fidelity]; a line for every change. */
  readonly byTime: readonly (readonly [number, number])[];
  readonly attempts: number;
  readonly lost: number;
}

export type ClusterOutcome = Omit<ClusterRecord, "method" | "scenario" | "instance" | "seed" | "budget" | "workers">;

const ROUNDING = 1e-9;

/** A run of a study with many workers whose trials take simulated time; what the study itself does takes none of it. */
export async function simulateCluster(
  task: OpenFidelityTask,
  plan: StudyPlan & { readonly workers: number; readonly weather: Omit<Weather, "seed"> },
): Promise<ClusterOutcome> {
  const { sampler, scheduler, seed, budget, workers, weather } = plan;
  const clock = new VirtualClock();
  const log = new RunLog(task);
  const executor = new ClusterExecutor(task, log, clock, { ...weather, seed });
  const study = await createStudy({
    ...{ name: "cluster", maximize: VALUE, space: task.space, seed },
    sampler: { name: sampler.name, ...sampler.options },
    scheduler: { name: scheduler.name, ...scheduler.options },
  });
  try {
    const begin = performance.now();
    const run = study.run(executor, { budget: `${budget} runs`, workers, keepGoing: true });
    await clock.run(workers, run);
    const { reason, message, fullRuns } = await run;
    const seconds = (performance.now() - begin) / 1000 - executor.seconds;
    if (reason !== "budget") throw new Error(`the run ended for another reason than its budget: ${message ?? reason}`);
    const { spent, incumbent } = log;
    // Lost attempts tell nothing, so that the ledger has nothing of them.
    const paid = spent - executor.wasted;
    if (!(Math.abs(fullRuns! - paid) <= ROUNDING * budget && paid <= budget * (1 + ROUNDING)))
      throw new Error(`of ${budget} full runs ${paid} were run, and the study's ledger has ${fullRuns}`);
    const evaluations = Object.fromEntries([...log.evaluations].sort(([a], [b]) => a - b));
    const { attempts, lost, best: byTime } = executor;
    const counts = { trials: study.trials().length, attempts: attempts.length, lost };
    return { seconds, incumbent, spent, evaluations, ...counts, byTime, utilisation: utilisation(attempts, workers) };
  } finally {
    await study.close();
  }
}
