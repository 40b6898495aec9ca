/**
 * Runs samplers and peers on the tasks of a suite:
 *
 *     node bench/quality/run.ts --suite yahpo-dev --samplers gp,tpe,random --peers optuna-tpe-group --seeds 0-9 --out runs.jsonl
 *
 * Appends one line to the file for each run, in the format of `data/score.mjs`; what is there is not run again.
 */
import path from "node:path";
import { parseArgs } from "node:util";
import { AttuneError } from "../../src/errors.ts";
import { samplerThinks } from "../../src/sampler/registry.ts";
import { listOf } from "../support/list-of.ts";
import { plainly } from "../support/plainly.ts";
import { readOptions } from "../support/read-options.ts";
import { wholeNumber } from "../support/whole-number.ts";
import { type BenchTask, taskName } from "./runner/bench-task.ts";
import type { ContenderChoice, Job, JobAnswer } from "./runner/job.ts";
import { parseSeeds } from "./runner/parse-seeds.ts";
import { PEERS } from "./runner/peers.ts";
import { runPool } from "./runner/pool.ts";
import { RunFile } from "./runner/run-file.ts";
import { type RunRecord, runKey, scoreAfter } from "./runner/run-record.ts";
import { wantedTasks } from "./runner/wanted-tasks.ts";
import type { Suite } from "./suite.ts";
import { getSuite } from "./suites.ts";

const OPTIONS = {
  suite: { type: "string", default: "yahpo-dev" },
  samplers: { type: "string", default: "" },
  options: { type: "string", default: "{}" },
  name: { type: "string" },
  peers: { type: "string", default: "" },
  tasks: { type: "string" },
  seeds: { type: "string", default: "0" },
  pending: { type: "string", default: "1" },
  jobs: { type: "string", default: "1" },
  out: { type: "string", default: "runs.jsonl" },
} as const;

type Words = ReturnType<typeof parseArgs<{ options: typeof OPTIONS }>>["values"];

await plainly(main);

async function main(): Promise<void> {
  const { values } = parseArgs({ options: OPTIONS });
  const suite = getSuite(values.suite);
  const tasks = wantedTasks(suite.name, suite.tasks(), values.tasks);
  const pending = wholeNumber("pending", values.pending, 1);
  const processes = wholeNumber("jobs", values.jobs, 1);
  const seeds = parseSeeds(values.seeds);
  const contenders = [...samplerChoices(values, pending), ...peerChoices(values, pending)];
  if (contenders.length === 0) throw refusal("--samplers or --peers must name who is to run");
  const file = RunFile.open(values.out);
  const known = new Set(file.records.map(runKey));
  const jobs = seeds
    .flatMap((seed) => tasks.flatMap((task) => contenders.map((contender) => ({ seed, task, contender }))))
    .filter(({ seed, task, contender }) => !known.has(runKey({ ...task, seed, method: contender.method })))
    .map(({ seed, task, contender }) => ({ suite: suite.name, task: taskName(task), contender, seed, pending }));
  let failed = 0;
  await runPool(path.join(import.meta.dirname, "runner", "worker.ts"), jobs, processes, (job, answer) => {
    if (!onEnd(suite, tasks, file, job, answer)) failed += 1;
  });
  if (failed > 0) {
    process.stderr.write(`${failed} of ${jobs.length} runs failed\n`);
    process.exitCode = 1;
  }
}

function refusal(message: string): AttuneError {
  return new AttuneError("invalid-argument", message);
}

/** Runs with several trials under way are a method of their own. */
function methodName(name: string, pending: number): string {
  return pending === 1 ? name : `${name}@${pending}`;
}

function samplerChoices(values: Words, pending: number): readonly ContenderChoice[] {
  const names = listOf(values.samplers);
  if (values.name !== undefined && names.length !== 1) throw refusal("--name renames one sampler, not several");
  const options = readOptions("options", values.options);
  return names.map((sampler) => {
    samplerThinks(sampler); // throws for one that there is not
    return { kind: "sampler", method: methodName(values.name ?? sampler, pending), sampler, options };
  });
}

function peerChoices(values: Words, pending: number): readonly ContenderChoice[] {
  return listOf(values.peers).map((peer) => {
    if (!Object.hasOwn(PEERS, peer))
      throw refusal(`--peers: there is no peer ${peer}; there are: ${Object.keys(PEERS).join(", ")}`);
    return { kind: "peer", method: methodName(peer, pending), peer };
  });
}

/** Keeps a run and tells of it; false for one that failed. */
function onEnd(suite: Suite, tasks: readonly BenchTask[], file: RunFile, job: Job, answer: JobAnswer): boolean {
  const run = `${job.task} seed ${job.seed} ${job.contender.method}`;
  if ("problem" in answer) {
    process.stderr.write(`${run}: ${answer.problem}\n`);
    return false;
  }
  file.append(answer.record);
  const record = answer.record as unknown as RunRecord;
  const task = tasks.find((candidate) => taskName(candidate) === job.task)!;
  const loss = suite.scoring.loss.of(task, scoreAfter(record, record.budget));
  process.stdout.write(`${run}: ${suite.scoring.loss.name} ${loss.toFixed(4)}, ${record.seconds.toFixed(1)} s\n`);
  return true;
}
