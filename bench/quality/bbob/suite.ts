import { defineSpace } from "../../../src/space/define-space.ts";
import { float } from "../../../src/space/index.ts";
import type { Params } from "../../../src/space/json.ts";
import type { BenchTask, OpenTask } from "../runner/bench-task.ts";
import type { Suite } from "../suite.ts";
import { bbobProblem } from "./problem.ts";

const TARGETS = Array.from({ length: 51 }, (_, k) => 10 ** (2 - k / 5));
const LEAST = 1e-9;

/** How many of the 51 targets from 1e2 to 1e-8 above the optimum are reached. */
export function solvedTargets(gap: number): number {
  return TARGETS.filter((target) => gap <= target * (1 + 1e-12)).length;
}

/** The 24 BBOB functions in one dimension, 20 evaluations for each; seed k runs instance k + 1. */
export function bbobSuite(dimension: number): Suite {
  return {
    name: `bbob-${dimension}`,
    description: `the 24 noiseless BBOB functions in ${dimension} dimensions, ${20 * dimension} evaluations; seed k is instance k + 1`,
    scoring: {
      loss: { name: "share of unsolved targets", of: (_, score) => 1 - solvedTargets(-score) / TARGETS.length },
      rankBy: (_, score) => Math.log10(Math.max(LEAST, -score)),
    },
    tasks: () => Array.from({ length: 24 }, (_, i) => bbobTask(i + 1, dimension)),
  };
}

/** A function of that dimension on its space; `gap` is the value above the optimum. */
export function openBbob(number: number, dimension: number, seed: number) {
  const { gap, optimal } = bbobProblem(number, seed + 1, dimension);
  const names = Array.from({ length: dimension }, (_, i) => `x${i + 1}`);
  return {
    space: defineSpace(Object.fromEntries(names.map((name) => [name, float(-5, 5)]))),
    optimal,
    gap: (params: Params) => gap(Float64Array.from(names, (name) => Number(params[name]))),
  };
}

function bbobTask(number: number, dimension: number): BenchTask {
  return {
    scenario: `bbob-f${String(number).padStart(2, "0")}`,
    instance: `${dimension}d`,
    budget: 20 * dimension,
    conditions: 0,
    best: 0,
    median: -1,
    open: async (seed) => {
      const { space, gap, optimal } = openBbob(number, dimension, seed);
      const evaluate: OpenTask["evaluate"] = (params) => {
        const above = gap(params);
        return { value: -(above + optimal), score: -above };
      };
      return { space, evaluate };
    },
  };
}
