/**
 * Runs schedulers with samplers, and peers, on tasks whose configurations can be run in part:
 *
 *     node bench/fidelity/run.ts --suite yahpo-dev --pairs none+auto,asha+random,asha+tpe --peers dehb --seeds 0-9 --out runs.jsonl
 *
 *   --pairs asha+gp            schedulers with samplers; of one pair --name, --scheduler-options and --sampler-options (JSON objects)
 *   --budget 30                full runs
 *   --tasks lcbench,rpart/14   tasks whose names contain one of these
 *   --jobs 2                   processes
 *
 * Appends one line to the file for each run; what is there is not run again.
 */
import path from "node:path";
import { taskName } from "../quality/runner/bench-task.ts";
import type { JobAnswer } from "../quality/runner/job.ts";
import { runPool } from "../quality/runner/pool.ts";
import { RunFile } from "../quality/runner/run-file.ts";
import { runKey } from "../quality/runner/run-record.ts";
import { plainly } from "../support/plainly.ts";
import type { FidelityTask } from "./fidelity-task.ts";
import type { Job } from "./job.ts";
import { incumbentRegret } from "./report/incumbent-regret.ts";
import { readRunPlan } from "./run-plan.ts";
import type { FidelityRecord } from "./run-record.ts";

await plainly(main);

async function main(): Promise<void> {
  const { suite, tasks, contenders, seeds, budget, processes, out } = readRunPlan(process.argv.slice(2));
  const file = RunFile.open(out);
  const known = new Set(file.records.map(runKey));
  const jobs = seeds
    .flatMap((seed) => tasks.flatMap((task) => contenders.map((contender) => ({ seed, task, contender }))))
    .filter(({ seed, task, contender }) => !known.has(runKey({ ...task, seed, method: contender.method })))
    .map(({ seed, task, contender }): Job => ({ suite, task: taskName(task), contender, seed, budget }));
  let failed = 0;
  await runPool(path.join(import.meta.dirname, "worker.ts"), jobs, processes, (job, answer) => {
    if (!onEnd(tasks, file, job, answer)) failed += 1;
  });
  if (failed > 0) {
    process.stderr.write(`${failed} of ${jobs.length} runs failed\n`);
    process.exitCode = 1;
  }
}

/** Keeps a run and tells of it; false for one that failed. */
function onEnd(tasks: readonly FidelityTask[], file: RunFile, job: Job, answer: JobAnswer): boolean {
  const run = `${job.task} seed ${job.seed} ${job.contender.method}`;
  if ("problem" in answer) {
    process.stderr.write(`${run}: ${answer.problem}\n`);
    return false;
  }
  file.append(answer.record);
  const record = answer.record as unknown as FidelityRecord;
  const task = tasks.find((candidate) => taskName(candidate) === job.task)!;
  const regrets = [0.1, 0.25, 0.5, 1].map((share) => incumbentRegret(task, record, share).toFixed(3)).join(" ");
  process.stdout.write(`${run}: regret ${regrets}, ${record.trials} trials, ${record.seconds.toFixed(1)} s\n`);
  return true;
}
