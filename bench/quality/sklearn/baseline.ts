/**
 * Measures what the scores of the scikit-learn suites refer to: node bench/quality/sklearn/baseline.ts [--only iris,wine] [--draws 60]
 *
 * Of each problem the median loss of random configurations, and the least that they or a run of TPE found. Problems that are in
 * baseline.json already are left alone, so that scores stay comparable.
 */
import { writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { keyedStreams } from "../../../src/numeric/random/keyed-streams.ts";
import { SamplerContender } from "../runner/sampler-contender.ts";
import { type SklearnProblem, sixProblems, sklearnProblems } from "./problems.ts";
import { BASELINE_FILE, type Baseline, openProblem, problemName, readBaselines } from "./suite.ts";

/** A seed that no run uses. */
const SEED = 9999;

const { values } = parseArgs({
  options: { only: { type: "string", default: "" }, draws: { type: "string", default: "60" } },
});
const draws = Number(values.draws);
const only = values.only.split(",");
for (const problem of [...sklearnProblems(), ...sixProblems()]) {
  const name = problemName(problem);
  if (Object.hasOwn(readBaselines(), name) || !only.some((part) => name.includes(part))) continue;
  const baseline = await measure(problem);
  const all = Object.entries({ ...readBaselines(), [name]: baseline }).sort(([a], [b]) => (a < b ? -1 : 1));
  const lines = all.map(([key, value]) => `  ${JSON.stringify(key)}: ${JSON.stringify(value)}`);
  writeFileSync(BASELINE_FILE, `{\n${lines.join(",\n")}\n}\n`);
  process.stdout.write(`${name}: median ${baseline.median.toPrecision(4)}, best ${baseline.best.toPrecision(4)}\n`);
}

async function measure(problem: SklearnProblem): Promise<Baseline> {
  const random = await losses(problem, "random");
  const tuned = await losses(problem, "tpe");
  const sorted = random.toSorted((a, b) => a - b);
  return { median: sorted[draws >> 1]!, best: Math.min(...random, ...tuned) };
}

/** Losses in the order of the run, infinite for failures. */
async function losses(problem: SklearnProblem, sampler: string): Promise<readonly number[]> {
  const task = openProblem(problem, SEED);
  const contender = new SamplerContender(task.space, { sampler, options: {}, seed: SEED, budget: draws });
  const found: number[] = [];
  for (let trial = 0; trial < draws; trial++) {
    const params = contender.ask(trial)!;
    const { value } = await task.evaluate(params, trial, keyedStreams(SEED, trial));
    contender.tell(trial, params, value);
    found.push(Number.isNaN(value) ? Number.POSITIVE_INFINITY : -value);
  }
  task.close!();
  return found;
}
