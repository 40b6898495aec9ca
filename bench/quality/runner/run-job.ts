import type { Space } from "../../../src/space/space.ts";
import { getSuite } from "../suites.ts";
import { taskName } from "./bench-task.ts";
import type { Contender } from "./contender.ts";
import type { Job } from "./job.ts";
import { PeerContender } from "./peer-contender.ts";
import { PEERS } from "./peers.ts";
import type { RunRecord } from "./run-record.ts";
import { SamplerContender } from "./sampler-contender.ts";
import { simulateRun } from "./simulate-run.ts";

/** Makes one run. */
export async function runJob(job: Job): Promise<RunRecord> {
  const { seed, pending } = job;
  const task = getSuite(job.suite)
    .tasks()
    .find((candidate) => taskName(candidate) === job.task);
  if (task === undefined) throw new Error(`suite ${job.suite} has no task ${job.task}`);
  const { scenario, instance, budget } = task;
  const open = await task.open(seed);
  try {
    const contender = await openContender(job, open.space, budget);
    try {
      const { duplicates, ...run } = await simulateRun(contender, open, { budget, seed, pending });
      const more = { ...(pending > 1 ? { pending } : {}), ...(duplicates > 0 ? { duplicates } : {}) };
      return { method: job.contender.method, scenario, instance, seed, budget, ...run, ...more };
    } finally {
      contender.close();
    }
  } finally {
    open.close?.();
  }
}

async function openContender({ contender, seed, pending }: Job, space: Space, budget: number): Promise<Contender> {
  if (contender.kind === "sampler") {
    const { sampler, options } = contender;
    return new SamplerContender(space, { sampler, options, seed, budget });
  }
  const peer = new PeerContender(PEERS[contender.peer]!);
  await peer.open(space, { seed, budget, pending });
  return peer;
}
