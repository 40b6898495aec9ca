/**
 * How near samplers come to fronts that are known, beside pymoo's NSGA-II and NSGA-III:
 *
 *     node bench/objectives/synthetic.ts [--samplers nsga2,nsga3] [--peers pymoo-nsga2,pymoo-nsga3] [--seeds 0-9] [--evaluations 2000]
 *         [--problems zdt1,dtlz2] [--out FILE.jsonl]
 *
 * A sampler may have options: `nsga2:mutationIndex=5`. First `bench/setup-peers.sh objectives`. Of each run IGD+ of all that was evaluated; what the file holds already is not run again, so that it can be ended and seeds come bit by bit. Prints means over all seeds in it that each was run with, and for each of the
 * samplers against each peer on how many problems it is nearer, with the paired test over the problems' means.
 */
import path from "node:path";
import { parseArgs } from "node:util";
import { undominatedPlaces } from "../../src/numeric/pareto/undominated-places.ts";
import { defineSpace, float } from "../../src/space/index.ts";
import { wilcoxonSignedRank } from "../quality/report/wilcoxon.ts";
import { JsonLinesProcess } from "../quality/runner/json-lines-process.ts";
import { parseSeeds } from "../quality/runner/parse-seeds.ts";
import { plainly } from "../support/plainly.ts";
import { wholeNumber } from "../support/whole-number.ts";
import { igdPlus } from "./igd-plus.ts";
import type { Problem } from "./problem.ts";
import { readMethod } from "./read-method.ts";
import { RunLines, seedsLine } from "./run-lines.ts";
import { runSampler } from "./run-sampler.ts";
import { SYNTHETIC_PROBLEMS } from "./synthetic-problems.ts";

interface Line {
  readonly problem: string;
  readonly method: string;
  readonly seed: number;
  readonly evaluations: number;
  readonly igdPlus: number;
}

type Points = readonly (readonly number[])[];

const python = path.join(import.meta.dirname, "..", ".venv-objectives", "bin", "python");
const script = path.join(import.meta.dirname, "..", "peers", "pymoo_peer.py");

async function evaluatedBySampler(problem: Problem, sampler: string, seed: number, evaluations: number) {
  const names = Array.from({ length: problem.variables }, (_none, i) => `x${i}`);
  const space = defineSpace(Object.fromEntries(names.map((name) => [name, float(0, 1)])));
  const metrics = Array.from({ length: problem.objectives }, (_none, k) => {
    return { name: `f${k}`, direction: "minimize" as const };
  });
  return await runSampler({ ...readMethod(sampler), space, metrics, seed, evaluations }, (params) =>
    problem.values(names.map((name) => Number(params[name]))),
  );
}

async function evaluatedByPeer(problem: Problem, peer: string, seed: number, evaluations: number): Promise<Points> {
  const process = new JsonLinesProcess([python, script, peer]);
  const { name, objectives, variables } = problem;
  const { values } = await process.ask<{ readonly values: Points }>({ name, objectives, variables, seed, evaluations });
  process.close();
  return values;
}

const mean = (numbers: readonly number[]): number => numbers.reduce((a, b) => a + b, 0) / numbers.length;

function print(lines: readonly Line[], problems: readonly Problem[], samplers: string[], peers: string[]): void {
  const methods = [...samplers, ...peers];
  const meanOf = (problem: string, method: string): number =>
    mean(lines.filter((line) => line.problem === problem && line.method === method).map((line) => line.igdPlus));
  process.stdout.write(`${["IGD+".padEnd(10), ...methods.map((method) => method.padStart(12))].join(" ")}\n`);
  for (const { name } of problems) {
    const cells = methods.map((method) => meanOf(name, method).toPrecision(3).padStart(12));
    process.stdout.write(`${[name.padEnd(10), ...cells].join(" ")}\n`);
  }
  for (const sampler of samplers)
    for (const peer of peers) {
      const ratios = problems.map(({ name }) => Math.log(meanOf(name, sampler) / meanOf(name, peer)));
      const nearer = ratios.filter((ratio) => ratio < 0).length;
      const p = wilcoxonSignedRank(ratios).toPrecision(2);
      process.stdout.write(
        `${sampler} is nearer than ${peer} on ${nearer} of ${problems.length} problems, by ${Math.exp(-mean(ratios)).toFixed(2)} times on average (p ${p})\n`,
      );
    }
}

await plainly(async () => {
  const { values } = parseArgs({
    options: {
      samplers: { type: "string", default: "nsga2,nsga3" },
      peers: { type: "string", default: "pymoo-nsga2,pymoo-nsga3" },
      seeds: { type: "string", default: "0-9" },
      evaluations: { type: "string", default: "2000" },
      problems: { type: "string", default: "" },
      out: { type: "string", default: path.join(import.meta.dirname, "..", "results", "objectives-synthetic.jsonl") },
    },
  });
  const [samplers, peers] = [values.samplers, values.peers].map((text) => text.split(",").filter(Boolean));
  const wanted = values.problems.split(",").filter(Boolean);
  const problems = SYNTHETIC_PROBLEMS.filter(
    ({ name }) => wanted.length === 0 || wanted.some((word) => name.startsWith(word)),
  );
  const evaluations = wholeNumber("evaluations", values.evaluations, 1);
  const kept = new RunLines<Line>(values.out, ["problem", "method", "seed", "evaluations"]);
  for (const seed of parseSeeds(values.seeds))
    for (const problem of problems)
      for (const method of [...samplers!, ...peers!]) {
        const key = { problem: problem.name, method, seed, evaluations };
        if (kept.has(key)) continue;
        const run = peers!.includes(method) ? evaluatedByPeer : evaluatedBySampler;
        const points = await run(problem, method, seed, evaluations);
        const front = undominatedPlaces(points).map((place) => points[place]!);
        kept.add({ ...key, igdPlus: igdPlus(front, problem.front) });
      }
  const methods = [...samplers!, ...peers!];
  const { seeds, lines } = kept.ofWholeSeeds(
    problems.flatMap(({ name }) => methods.map((method) => ({ problem: name, method, evaluations }))),
  );
  process.stdout.write(seedsLine(seeds));
  print(lines, problems, samplers!, peers!);
});
