// Runs samplers on YAHPO tasks: node bench/quality/yahpo/run.ts --sampler gp [--options JSON] [--suite dev] [--tasks xgboost,lcbench/3945] [--seeds 0,1] [--name gp] [--out FILE.jsonl]
// Appends lines in the format of data/score.mjs; what is in the file already is not run again.
import { appendFileSync, existsSync, readFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { keyedStreams } from "../../../src/numeric/random/keyed-streams.ts";
import { createSampler } from "../../../src/sampler/registry.ts";
import type { Sampler } from "../../../src/sampler/sampler.ts";
import { type FinishedRow, makeView } from "../../../src/sampler/testing/make-view.testing.ts";
import type { Space } from "../../../src/space/space.ts";
import type { Objective } from "./objective.ts";
import { openTask, type YahpoTask, yahpoTasks } from "./task.ts";

const METRICS = [{ name: "value", direction: "maximize" }] as const;

interface RunRecord {
  readonly method: string;
  readonly scenario: string;
  readonly instance: string;
  readonly seed: number;
  readonly budget: number;
  /** Spent on suggestions. */
  readonly seconds: number;
  readonly incumbent: readonly (readonly [number, number])[];
}

/** One sequential run; `incumbent` lists every improvement. */
async function runTask(
  sampler: Sampler,
  space: Space,
  objective: Objective,
  budget: number,
  seed: number,
): Promise<Pick<RunRecord, "seconds" | "incumbent">> {
  const rows: FinishedRow[] = [];
  const incumbent: [number, number][] = [];
  let seconds = 0;
  for (let number = 0; number < budget; number++) {
    const view = makeView({ space, metrics: METRICS, rows, pending: [], revision: number + 1 });
    const streams = (trial: number) => keyedStreams(seed, trial);
    const remaining = budget - number;
    const request = { space, metrics: METRICS, seed, number, index: number, streams, remaining, inputs: { remaining } };
    const start = performance.now();
    const params = sampler.suggest(view, request, 1)[0]!.params;
    seconds += (performance.now() - start) / 1000;
    const value = await objective(params);
    if (incumbent.length === 0 || value > incumbent.at(-1)![1]) incumbent.push([number + 1, value]);
    rows.push({
      trial: number,
      params,
      state: "complete",
      outcome: "ok",
      segment: 0,
      step: Number.NaN,
      values: [value],
    });
  }
  return { seconds, incumbent };
}

function wanted(task: YahpoTask, filters: readonly string[] | null): boolean {
  return filters === null || filters.some((filter) => `${task.scenario}/${task.instance}`.includes(filter));
}

function done(file: string): ReadonlySet<string> {
  if (!existsSync(file)) return new Set();
  const lines = readFileSync(file, "utf8").split("\n").filter(Boolean);
  return new Set(lines.map((line) => keyOf(JSON.parse(line))));
}

function keyOf(run: Pick<RunRecord, "method" | "scenario" | "instance" | "seed">): string {
  return `${run.method}|${run.scenario}/${run.instance}|${run.seed}`;
}

const { values } = parseArgs({
  options: {
    sampler: { type: "string", default: "gp" },
    options: { type: "string", default: "{}" },
    suite: { type: "string", default: "dev" },
    tasks: { type: "string" },
    seeds: { type: "string", default: "0" },
    name: { type: "string" },
    out: { type: "string", default: "runs.jsonl" },
  },
});
const method = values.name ?? values.sampler;
const known = done(values.out);
const filters = values.tasks?.split(",") ?? null;
for (const seed of values.seeds.split(",").map(Number)) {
  for (const task of yahpoTasks().filter((t) => t.suite === values.suite && wanted(t, filters))) {
    const { scenario, instance, budget } = task;
    if (known.has(keyOf({ method, scenario, instance, seed }))) continue;
    const { space, objective } = await openTask(task);
    const sampler = createSampler({ name: values.sampler, options: JSON.parse(values.options) }, space);
    const result = await runTask(sampler, space, objective, budget, seed);
    const record: RunRecord = { method, scenario, instance, seed, budget, ...result };
    appendFileSync(values.out, `${JSON.stringify(record)}\n`);
    const reached = result.incumbent.at(-1)![1];
    const regret = (task.best - reached) / (task.best - task.median);
    console.log(`${scenario}/${instance} seed ${seed}: regret ${regret.toFixed(4)}, ${result.seconds.toFixed(1)} s`);
  }
}
