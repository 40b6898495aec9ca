import { taskName } from "../quality/runner/bench-task.ts";
import type { Job } from "./job.ts";
import { runPeer } from "./run-peer.ts";
import type { FidelityRecord } from "./run-record.ts";
import { runStudy } from "./run-study.ts";
import { fidelitySuite } from "./suites.ts";

/** Makes one run. */
export async function runJob({ suite, task: name, contender, seed, budget }: Job): Promise<FidelityRecord> {
  const task = fidelitySuite(suite)
    .tasks()
    .find((candidate) => taskName(candidate) === name);
  if (task === undefined) throw new Error(`suite ${suite} has no task ${name}`);
  const { scenario, instance } = task;
  const { method } = contender;
  const open = await task.open();
  const plan = { seed, budget };
  const outcome =
    contender.kind === "own"
      ? await runStudy(open, { ...contender, ...plan })
      : await runPeer(open, { peer: contender.peer, ...plan });
  return { method, scenario, instance, ...plan, ...outcome };
}
