import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import type { Job, JobAnswer } from "./job.ts";

/** Runs jobs in worker processes, in the order given; `onEnd` is called for each as it ends. */
export async function runPool(
  jobs: readonly Job[],
  processes: number,
  onEnd: (job: Job, answer: JobAnswer) => void,
): Promise<void> {
  const queue = jobs.values();
  const serve = async () => {
    let worker: ChildProcess | null = null;
    for (const job of queue) {
      worker ??= fork(path.join(import.meta.dirname, "worker.ts"));
      const answer = await runOn(worker, job);
      if (worker.exitCode !== null || worker.signalCode !== null) worker = null;
      onEnd(job, answer);
    }
    worker?.disconnect();
  };
  await Promise.all(Array.from({ length: Math.min(processes, jobs.length) }, serve));
}

async function runOn(worker: ChildProcess, job: Job): Promise<JobAnswer> {
  const ended = new AbortController();
  const { signal } = ended;
  worker.send(job);
  try {
    return await Promise.race([
      once(worker, "message", { signal }).then(([answer]: JobAnswer[]) => answer!),
      once(worker, "exit", { signal }).then(([code, name]) => ({ problem: `the process ended (${name ?? code})` })),
    ]);
  } finally {
    ended.abort();
  }
}
