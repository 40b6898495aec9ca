import { taskName } from "../../quality/runner/bench-task.ts";
import { fidelitySuite } from "../suites.ts";
import { type ClusterRecord, simulateCluster } from "./simulate-cluster.ts";
import { registerSynchronousHalving, SYNCHRONOUS } from "./synchronous-halving.ts";

/** One run, as it is handed to a worker process. */
export interface ClusterJob {
  readonly suite: string;
  readonly task: string;
  readonly method: string;
  readonly scheduler: string;
  readonly sampler: string;
  readonly seed: number;
  readonly workers: number;
  /** Full runs. */
  readonly budget: number;
}

/** The logarithm of a full run's length has a spread of a half, every twentieth attempt takes three times as long, every fiftieth is lost. */
const WEATHER = { spread: 0.5, stragglers: 0.05, slowness: 3, lost: 0.02 } as const;
/** Trials of a synchronous bracket for each worker, so that all have something to run at the last of four rungs too. */
const BRACKET = 27;

registerSynchronousHalving();

/** Makes one run. */
export async function runClusterJob(job: ClusterJob): Promise<ClusterRecord> {
  const { suite, method, seed, workers, budget } = job;
  const task = fidelitySuite(suite)
    .tasks()
    .find((candidate) => taskName(candidate) === job.task);
  if (task === undefined) throw new Error(`suite ${suite} has no task ${job.task}`);
  const { scenario, instance } = task;
  const outcome = await simulateCluster(await task.open(), {
    sampler: { name: job.sampler, options: {} },
    scheduler: { name: job.scheduler, options: job.scheduler === SYNCHRONOUS ? { size: BRACKET * workers } : {} },
    ...{ seed, budget, workers, weather: WEATHER },
  });
  return { method, scenario, instance, seed, budget, workers, ...outcome };
}
