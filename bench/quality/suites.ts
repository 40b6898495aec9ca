import { awkwardSuite } from "./awkward/suite.ts";
import { bbobSuite } from "./bbob/suite.ts";
import type { BenchTask } from "./runner/bench-task.ts";
import { sklearnSixSuite, sklearnSuite } from "./sklearn/suite.ts";
import { smokeSuite } from "./smoke/suite.ts";
import { syntheticSuite } from "./synthetic/suite.ts";
import { yahpoSuite } from "./yahpo/suite.ts";

/** How the runs of a suite are summed up; in each number less is better. */
export interface Scoring {
  /** What the mean over tasks and seeds is made of. */
  readonly loss: { readonly name: string; of(task: BenchTask, score: number): number };
  /** What methods are ranked by on one task, and compared by in pairs; the loss where there is none. */
  readonly rankBy?: (task: BenchTask, score: number) => number;
}

/** A named list of tasks. */
export interface Suite {
  readonly name: string;
  /** One sentence for the report. */
  readonly description: string;
  readonly scoring: Scoring;
  /** Runs of others that are always read, by path. */
  readonly storedRuns?: string;
  tasks(): readonly BenchTask[];
}

const SUITES: Readonly<Record<string, () => Suite>> = {
  "yahpo-dev": () => yahpoSuite("dev"),
  "yahpo-fresh": () => yahpoSuite("fresh"),
  "yahpo-official": () => yahpoSuite("official"),
  "bbob-2": () => bbobSuite(2),
  "bbob-5": () => bbobSuite(5),
  "bbob-10": () => bbobSuite(10),
  "bbob-20": () => bbobSuite(20),
  synthetic: syntheticSuite,
  sklearn: sklearnSuite,
  "sklearn-six": sklearnSixSuite,
  awkward: awkwardSuite,
  smoke: smokeSuite,
};

/** The suite of that name. */
export function getSuite(name: string): Suite {
  const make = SUITES[name];
  if (make === undefined) throw new Error(`there is no suite ${name}; there are: ${Object.keys(SUITES).join(", ")}`);
  return make();
}
