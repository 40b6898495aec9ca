/**
 * Measures what the scores of the scikit-learn suites refer to: node bench/quality/sklearn/baseline.ts [--only iris,wine] [--draws 60]
 *
 * Of each problem the median loss of random configurations, and the least that they or a run of TPE found. Problems that are in
 * baseline.json already are left alone, so that scores stay comparable.
 */
import { writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { AttuneError } from "../../../src/errors.ts";
import { keyedStreams } from "../../../src/numeric/random/keyed-streams.ts";
import { plainly } from "../../support/plainly.ts";
import { wholeNumber } from "../../support/whole-number.ts";
import { SamplerContender } from "../runner/sampler-contender.ts";
import { type SklearnProblem, sixProblems, sklearnProblems } from "./problems.ts";
import { BASELINE_FILE, type Baseline, openProblem, problemName, readBaselines } from "./suite.ts";

/** A seed that no run uses. */
const SEED = 9999;

await plainly(main);

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: { only: { type: "string", default: "" }, draws: { type: "string", default: "60" } },
  });
  const draws = wholeNumber("draws", values.draws, 1);
  for (const problem of wantedProblems(values.only.split(","))) {
    const name = problemName(problem);
    if (Object.hasOwn(readBaselines(), name)) continue;
    const baseline = await measure(problem, draws);
    const all = Object.entries({ ...readBaselines(), [name]: baseline }).sort(([a], [b]) => (a < b ? -1 : 1));
    const lines = all.map(([key, value]) => `  ${JSON.stringify(key)}: ${JSON.stringify(value)}`);
    writeFileSync(BASELINE_FILE, `{\n${lines.join(",\n")}\n}\n`);
    process.stdout.write(`${name}: median ${baseline.median.toPrecision(4)}, best ${baseline.best.toPrecision(4)}\n`);
  }
}

function wantedProblems(filters: readonly string[]): readonly SklearnProblem[] {
  const problems = [...sklearnProblems(), ...sixProblems()];
  const has = (problem: SklearnProblem, part: string) => problemName(problem).includes(part);
  const unknown = filters.find((part) => !problems.some((problem) => has(problem, part)));
  if (unknown === undefined) return problems.filter((problem) => filters.some((part) => has(problem, part)));
  const names = problems.map(problemName).join(", ");
  throw new AttuneError(
    "invalid-argument",
    `--only: there is no problem whose name contains ${unknown}; there are: ${names}`,
  );
}

async function measure(problem: SklearnProblem, draws: number): Promise<Baseline> {
  const random = await losses(problem, "random", draws);
  const tuned = await losses(problem, "tpe", draws);
  const sorted = random.toSorted((a, b) => a - b);
  return { median: sorted[draws >> 1]!, best: Math.min(...random, ...tuned) };
}

/** Losses in the order of the run, infinite for failures. */
async function losses(problem: SklearnProblem, sampler: string, draws: number): Promise<readonly number[]> {
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
