import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import type { JobAnswer } from "./job.ts";

/** Runs jobs in processes of the script `worker`, in the order given; `onEnd` is called for each as it ends. */
export async function runPool<J extends object>(
  worker: string,
  jobs: readonly J[],
  processes: number,
  onEnd: (job: J, answer: JobAnswer) => void,
): Promise<void> {
  const queue = jobs.values();
  const serve = async () => {
    let child: ChildProcess | null = null;
    for (const job of queue) {
      child ??= fork(worker);
      const answer = await runOn(child, job);
      if (child.exitCode !== null || child.signalCode !== null) child = null;
      onEnd(job, answer);
    }
    child?.disconnect();
  };
  await Promise.all(Array.from({ length: Math.min(processes, jobs.length) }, serve));
}

async function runOn(worker: ChildProcess, job: object): Promise<JobAnswer> {
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
