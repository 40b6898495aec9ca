import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import type { Params } from "../../../src/space/json.ts";
import type { BenchTask, OpenTask } from "../runner/bench-task.ts";
import { JsonLinesProcess } from "../runner/json-lines-process.ts";
import { normalisedRegret } from "../runner/normalised-regret.ts";
import type { Suite } from "../suite.ts";
import { type SklearnProblem, sixProblems, sklearnProblems } from "./problems.ts";

const here = import.meta.dirname;
const PROGRAM = [path.join(here, "..", "..", ".venv", "bin", "python"), path.join(here, "evaluate.py")];

/** Of each problem the median and the least loss, measured once by `baseline.ts`; that one file is what all scores refer to. */
export const BASELINE_FILE = path.join(here, "baseline.json");

export interface Baseline {
  readonly median: number;
  readonly best: number;
}

/** The name of a problem in the baseline. */
export function problemName({ model, data, metric }: SklearnProblem): string {
  return `${model}_${data}_${metric}`;
}

/** Starts the evaluation of a problem. */
export function openProblem(problem: SklearnProblem, seed: number): OpenTask {
  const { model, data, metric } = problem;
  const program = new JsonLinesProcess(PROGRAM);
  program.tell({ model, data, metric });
  return {
    space: problem.space(),
    evaluate: async (params: Params, trial: number) => {
      const { loss } = await program.ask<{ readonly loss: number | null }>({ params, seed: 100_000 * seed + trial });
      const value = loss === null ? Number.NaN : -loss;
      return { value, score: value };
    },
    close: () => program.close(),
  };
}

/**
 * Real models on the data that scikit-learn ships. The loss is Bayesmark's: 0 at the best loss known, 1 at the median of random
 * configurations, cut off at -1 and 1; its score is 100 (1 - mean loss). Problems without a baseline are left out.
 */
export function sklearnSuite(): Suite {
  return suiteOf(
    "sklearn",
    "the public Bayesmark problems that scikit-learn's own data sets allow",
    sklearnProblems,
    30,
  );
}

/** The same with one choice among six learners and all their parameters. */
export function sklearnSixSuite(): Suite {
  return suiteOf("sklearn-six", "choosing among six scikit-learn learners, 35 nested parameters", sixProblems, 80);
}

function suiteOf(name: string, description: string, problems: () => readonly SklearnProblem[], budget: number): Suite {
  const cut = (task: BenchTask, score: number) => Math.min(1, Math.max(-1, normalisedRegret(task, score)));
  return {
    name,
    description,
    scoring: { loss: { name: "normalised loss", of: (task, score) => (Number.isNaN(score) ? 1 : cut(task, score)) } },
    tasks: () => {
      const baselines = readBaselines();
      return problems()
        .filter((problem) => Object.hasOwn(baselines, problemName(problem)))
        .map((problem) => toTask(problem, baselines[problemName(problem)]!, budget));
    },
  };
}

/** The baselines measured so far. */
export function readBaselines(): Readonly<Record<string, Baseline>> {
  return existsSync(BASELINE_FILE) ? JSON.parse(readFileSync(BASELINE_FILE, "utf8")) : {};
}

function toTask(problem: SklearnProblem, { median, best }: Baseline, budget: number): BenchTask {
  return {
    scenario: `sklearn-${problem.model}`,
    instance: `${problem.data}-${problem.metric}`,
    budget,
    conditions: problem.space().parameters.filter(({ when }) => when.length > 0).length,
    best: -best,
    median: -median,
    open: async (seed) => openProblem(problem, seed),
  };
}
