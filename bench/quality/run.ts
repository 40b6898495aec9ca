/**
 * Runs samplers and peers on the tasks of a suite:
 *
 *     node bench/quality/run.ts --suite yahpo-dev --samplers gp,tpe,random --peers optuna-tpe-group --seeds 0-9 --out runs.jsonl
 *
 * Appends one line to the file for each run, in the format of `data/score.mjs`; what is there is not run again.
 */
import { appendFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { taskName } from "./runner/bench-task.ts";
import type { ContenderChoice, Job, JobAnswer } from "./runner/job.ts";
import { parseSeeds } from "./runner/parse-seeds.ts";
import { PEERS } from "./runner/peers.ts";
import { runPool } from "./runner/pool.ts";
import { type RunRecord, readRecords, runKey, scoreAfter } from "./runner/run-record.ts";
import { getSuite } from "./suites.ts";

const { values } = parseArgs({
  options: {
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
  },
});

const suite = getSuite(values.suite);
const tasks = suite.tasks().filter((task) => wanted(taskName(task)));
const contenders = [...samplerChoices(), ...peerChoices()];
if (contenders.length === 0) throw new Error("--samplers or --peers must name who is to run");
const pending = Number(values.pending);
const known = new Set(readRecords(values.out).map(runKey));
const jobs = parseSeeds(values.seeds)
  .flatMap((seed) => tasks.flatMap((task) => contenders.map((contender) => ({ seed, task, contender }))))
  .filter(({ seed, task, contender }) => !known.has(runKey({ ...task, seed, method: contender.method })))
  .map(({ seed, task, contender }) => ({ suite: suite.name, task: taskName(task), contender, seed, pending }));
let failed = 0;
await runPool(jobs, Number(values.jobs), onEnd);
if (failed > 0) {
  process.stderr.write(`${failed} of ${jobs.length} runs failed\n`);
  process.exitCode = 1;
}

function list(text: string): readonly string[] {
  return text.split(",").filter(Boolean);
}

function wanted(name: string): boolean {
  return values.tasks === undefined || list(values.tasks).some((filter) => name.includes(filter));
}

/** Runs with several trials under way are a method of their own. */
function methodName(name: string): string {
  return values.pending === "1" ? name : `${name}@${values.pending}`;
}

function samplerChoices(): readonly ContenderChoice[] {
  const names = list(values.samplers);
  if (values.name !== undefined && names.length !== 1) throw new Error("--name renames one sampler, not several");
  const options = JSON.parse(values.options);
  return names.map((sampler) => ({
    kind: "sampler",
    method: methodName(values.name ?? sampler),
    sampler,
    options,
  }));
}

function peerChoices(): readonly ContenderChoice[] {
  return list(values.peers).map((peer) => {
    if (!Object.hasOwn(PEERS, peer))
      throw new Error(`there is no peer ${peer}; there are: ${Object.keys(PEERS).join(", ")}`);
    return { kind: "peer", method: methodName(peer), peer };
  });
}

function onEnd(job: Job, answer: JobAnswer): void {
  const run = `${job.task} seed ${job.seed} ${job.contender.method}`;
  if ("problem" in answer) {
    failed += 1;
    process.stderr.write(`${run}: ${answer.problem}\n`);
    return;
  }
  appendFileSync(values.out, `${JSON.stringify(answer.record)}\n`);
  const record = answer.record as unknown as RunRecord;
  const task = tasks.find((candidate) => taskName(candidate) === job.task)!;
  const loss = suite.scoring.loss.of(task, scoreAfter(record, record.budget));
  process.stdout.write(`${run}: ${suite.scoring.loss.name} ${loss.toFixed(4)}, ${record.seconds.toFixed(1)} s\n`);
}
