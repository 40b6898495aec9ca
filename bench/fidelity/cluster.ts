/**
 * Runs schedulers on a simulated cluster of many workers, through the study itself, and tells how busy these were:
 *
 *     node bench/fidelity/cluster.ts --suite yahpo-dev --tasks lcbench/3945 --workers 1,8,64,512 --pairs none+random,asha+random,synchronous+random --seeds 0-4 --out cluster.jsonl
 *
 *   --pairs synchronous+random   successive halving whose rungs wait for their last one
 *   --runs 20                    full runs of the budget for each worker
 *   --page docs/benchmarks/fidelity.md   puts the table into the page
 *
 * Appends one line to the file for each run; what is there is not run again. At the end a table of all runs in the file.
 */
import path from "node:path";
import { parseArgs } from "node:util";
import { taskName } from "../quality/runner/bench-task.ts";
import { parseSeeds } from "../quality/runner/parse-seeds.ts";
import { runPool } from "../quality/runner/pool.ts";
import { RunFile } from "../quality/runner/run-file.ts";
import { runKey } from "../quality/runner/run-record.ts";
import { wantedTasks } from "../quality/runner/wanted-tasks.ts";
import { listOf } from "../support/list-of.ts";
import { plainly } from "../support/plainly.ts";
import { wholeNumber } from "../support/whole-number.ts";
import { clusterTable } from "./cluster/cluster-table.ts";
import type { ClusterJob } from "./cluster/run-job.ts";
import type { ClusterRecord } from "./cluster/simulate-cluster.ts";
import { registerSynchronousHalving } from "./cluster/synchronous-halving.ts";
import { writePage } from "./report/write-page.ts";
import { readPair } from "./run-plan.ts";
import { fidelitySuite } from "./suites.ts";

await plainly(main);

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      suite: { type: "string", default: "yahpo-dev" },
      tasks: { type: "string", default: "lcbench/3945,rbv2_xgboost/31" },
      pairs: { type: "string", default: "none+random,asha+random,synchronous+random" },
      workers: { type: "string", default: "1,8,64,512" },
      runs: { type: "string", default: "20" },
      seeds: { type: "string", default: "0" },
      jobs: { type: "string", default: "1" },
      out: { type: "string", default: "cluster.jsonl" },
      page: { type: "string" },
    },
  });
  registerSynchronousHalving();
  const suite = fidelitySuite(values.suite);
  const tasks = wantedTasks(suite.name, suite.tasks(), values.tasks);
  const each = wholeNumber("runs", values.runs, 2);
  const processes = wholeNumber("jobs", values.jobs, 1);
  const counts = listOf(values.workers).map((word) => wholeNumber("workers", word, 1));
  const pairs = listOf(values.pairs).map((pair) => ({ pair, ...readPair(pair) }));
  const seeds = parseSeeds(values.seeds);
  const file = RunFile.open(values.out);
  const known = new Set(file.records.map(runKey));
  const records = [...(file.records as unknown as readonly ClusterRecord[])];
  const jobs = counts
    .flatMap((workers) =>
      seeds.flatMap((seed) => tasks.flatMap((task) => pairs.map((pair) => ({ workers, seed, task, pair })))),
    )
    .map(({ workers, seed, task, pair: { pair, scheduler, sampler } }) => {
      const method = `${pair}@${workers}`;
      return {
        task,
        job: {
          suite: suite.name,
          task: taskName(task),
          method,
          scheduler,
          sampler,
          seed,
          workers,
          budget: each * workers,
        },
      };
    })
    .filter(({ task, job }) => !known.has(runKey({ ...task, ...job })))
    .map(({ job }): ClusterJob => job);
  await runPool(path.join(import.meta.dirname, "cluster", "worker.ts"), jobs, processes, (job, answer) => {
    if ("problem" in answer) {
      process.stderr.write(`${job.task} seed ${job.seed} ${job.method}: ${answer.problem}\n`);
      process.exitCode = 1;
      return;
    }
    file.append(answer.record);
    const record = answer.record as unknown as ClusterRecord;
    records.push(record);
    process.stderr.write(
      `${job.task} seed ${job.seed} ${job.method}: busy ${record.utilisation.whole.toFixed(3)}, ${record.seconds.toFixed(1)} s\n`,
    );
  });
  const all = new Set(suite.tasks().map(taskName));
  const own = records.filter((run) => all.has(taskName(run)));
  const names = [...new Set(own.map(taskName))].join(", ");
  const table = `Tasks: ${names}, ${each} full runs for each worker.\n\n${clusterTable(suite.tasks(), own)}`;
  if (values.page !== undefined) writePage(values.page, "cluster", `## A simulated cluster\n\n${table}`);
  process.stdout.write(`${table}\n`);
}
