/**
 * The best value within limits, and how soon anything keeps them, beside Optuna's GP and TPE:
 *
 *     node bench/objectives/limits.ts --suite synthetic [--samplers auto,tpe] [--peers optuna-gp,optuna-tpe] [--seeds 0-9] [--tasks ball] [--evaluations 200] [--out FILE.jsonl]
 *
 * Suites: `synthetic`, eight problems of which 30 to 0.1 % of places keep the limits (`limited-problems.ts`); `dev` and `headline`, accuracy of lcbench and rbv2_xgboost within the time that a fifth of random configurations
 * keep. First `bench/setup-peers.sh objectives` and `cd bench/quality && ONNXRUNTIME_NODE_INSTALL=skip npm install`. A run has 20 + 40 sqrt(d) evaluations of d parameters, or as many as are given. Regret is the distance of the
 * best value that keeps the limits from the best possible one, of real tasks from the best of all runs. What the file holds already is not run again, so that it can be ended and seeds come bit by bit; the tables are of all
 * seeds in it that each was run with, and `--table` prints them and runs nothing.
 */
import path from "node:path";
import { parseArgs } from "node:util";
import { compileLimit, type LimitTree } from "../../src/objective/index.ts";
import type { Params } from "../../src/space/json.ts";
import { parameterToJson } from "../../src/space/space-json.ts";
import { JsonLinesProcess } from "../quality/runner/json-lines-process.ts";
import { parseSeeds } from "../quality/runner/parse-seeds.ts";
import { plainly } from "../support/plainly.ts";
import { median } from "../support/statistics.ts";
import { wholeNumber } from "../support/whole-number.ts";
import type { LimitedTask, OpenLimitedTask } from "./limited-task.ts";
import { LIMITED_TASKS } from "./limited-tasks.ts";
import { readMethod } from "./read-method.ts";
import { RunLines, seedsLine } from "./run-lines.ts";
import { runSampler } from "./run-sampler.ts";

interface Line {
  readonly task: string;
  readonly method: string;
  readonly seed: number;
  readonly evaluations: number;
  /** Number of the first evaluation that kept the limits, from 1; null for none. */
  readonly first: number | null;
  /** The least value that kept them after shares of the evaluations; null for none. */
  readonly values: readonly (number | null)[];
  /** The least value possible, where it is known. */
  readonly best: number | null;
  readonly seconds: number;
}

const SHARES = [0.25, 0.5, 1];
const python = path.join(import.meta.dirname, "..", ".venv-objectives", "bin", "python");
const script = path.join(import.meta.dirname, "..", "peers", "optuna_limits_peer.py");
const METRIC = { name: "value", direction: "minimize" } as const;

/** By how much each limit is broken, at most 0 where it is kept: of joined comparisons the most for `and`, the least for `or`. */
function excessesOf({ limits, kept }: OpenLimitedTask, measured: readonly number[], params: Params): readonly number[] {
  const value = (name: string): number => measured[1 + kept.indexOf(name)]!;
  return limits.map(compileLimit).map((limit) => {
    const excesses = limit.excesses({ params, value });
    const joined = (tree: LimitTree): number => {
      if (tree.kind === "comparison") return excesses[tree.place]!;
      return (tree.kind === "and" ? Math.max : Math.min)(...tree.parts.map(joined));
    };
    return joined(limit.tree);
  });
}

async function runPeer(task: OpenLimitedTask, peer: string, seed: number, budget: number): Promise<void> {
  const child = new JsonLinesProcess([python, script, peer.replace("optuna-", "")]);
  await child.ask({ op: "open", parameters: task.space.parameters.map(parameterToJson), seed, budget, pending: 1 });
  for (let trial = 0; trial < budget; trial++) {
    const { params } = await child.ask<{ readonly params: Params }>({ op: "ask", trial });
    const measured = await task.evaluate(params);
    await child.ask({ op: "tell", trial, params, value: measured[0]!, excesses: excessesOf(task, measured, params) });
  }
  child.close();
}

/** One run: what its evaluations came to, in their order. */
async function run(task: OpenLimitedTask, method: string, isPeer: boolean, seed: number, budget: number) {
  const found: (number | null)[] = [];
  const watched: OpenLimitedTask = {
    ...task,
    evaluate: async (params) => {
      const measured = await task.evaluate(params);
      const isKept = excessesOf(task, measured, params).every((excess) => excess <= 0);
      found.push(isKept ? measured[0]! : null);
      return measured;
    },
  };
  const { space, limits, kept, evaluate } = watched;
  if (isPeer) await runPeer(watched, method, seed, budget);
  else
    await runSampler(
      { ...readMethod(method), space, metrics: [METRIC], limits, kept, seed, evaluations: budget },
      evaluate,
    );
  return found;
}

function lineOf(found: readonly (number | null)[]): Pick<Line, "first" | "values"> {
  const first = found.findIndex((value) => value !== null);
  const values = SHARES.map((share) => {
    const known = found.slice(0, Math.ceil(share * found.length)).filter((value) => value !== null);
    return known.length === 0 ? null : Math.min(...known);
  });
  return { first: first < 0 ? null : first + 1, values };
}

function print(lines: readonly Line[], tasks: readonly LimitedTask[], methods: readonly string[]): void {
  const write = (label: string, cells: readonly string[]): void => {
    process.stdout.write(`${[label.padEnd(22), ...cells.map((cell) => cell.padStart(12))].join(" ")}\n`);
  };
  const of = (task: string, method: string) => lines.filter((line) => line.task === task && line.method === method);
  write("first within limits", methods);
  for (const { name } of tasks)
    write(
      name,
      methods.map((method) => firstWords(of(name, method))),
    );
  for (const [k, share] of SHARES.entries()) {
    write(`\nregret, ${100 * share} %`, methods);
    const rows = tasks.map(({ name }) => {
      const known = lines
        .filter((line) => line.task === name)
        .flatMap(({ values }) => values.filter((v) => v !== null));
      const best = of(name, methods[0]!)[0]?.best ?? Math.min(...known);
      // A run that found nothing is worse than any that did.
      return methods.map((method) =>
        mean(of(name, method).map(({ values }) => (values[k] ?? Number.POSITIVE_INFINITY) - best)),
      );
    });
    for (const [i, { name }] of tasks.entries())
      write(
        name,
        rows[i]!.map((regret) => (Number.isFinite(regret) ? regret.toPrecision(3) : "none")),
      );
    const ranks = methods.map((_method, j) => mean(rows.map((row) => rankOf(row, j))));
    write(
      "mean rank",
      ranks.map((rank) => rank.toFixed(2)),
    );
  }
}

const mean = (numbers: readonly number[]): number => numbers.reduce((a, b) => a + b, 0) / numbers.length;

function rankOf(row: readonly number[], j: number): number {
  return 1 + row.filter((v) => v < row[j]!).length + (row.filter((v) => v === row[j]!).length - 1) / 2;
}

/** The middle one of the runs. */
function firstWords(lines: readonly Line[]): string {
  if (lines.length === 0) return "";
  const middle = median(lines.map(({ first }) => first ?? Number.POSITIVE_INFINITY));
  return Number.isFinite(middle) ? String(middle) : `> ${lines[0]!.evaluations}`;
}

await plainly(async () => {
  const { values } = parseArgs({
    options: {
      suite: { type: "string", default: "synthetic" },
      samplers: { type: "string", default: "auto,tpe" },
      peers: { type: "string", default: "optuna-gp,optuna-tpe" },
      seeds: { type: "string", default: "0-9" },
      tasks: { type: "string", default: "" },
      evaluations: { type: "string" },
      table: { type: "boolean", default: false },
      out: { type: "string", default: path.join(import.meta.dirname, "..", "results", "objectives-limits.jsonl") },
    },
  });
  const [samplers, peers, words] = [values.samplers, values.peers, values.tasks].map((text) =>
    text.split(",").filter(Boolean),
  );
  const tasks = LIMITED_TASKS.filter(
    ({ suite, name }) => suite === values.suite && (words!.length === 0 || words!.some((word) => name.includes(word))),
  );
  const given = values.evaluations === undefined ? null : wholeNumber("evaluations", values.evaluations, 1);
  const file = new RunLines<Line>(values.out, ["task", "method", "seed", "evaluations"]);
  const methods = [...samplers!, ...peers!];
  const opened = await Promise.all(tasks.map(async (task) => ({ task: task.name, open: await task.open() })));
  const cells = opened.flatMap(({ task, open }) => {
    const evaluations = given ?? Math.ceil(20 + 40 * Math.sqrt(open.space.parameters.length));
    return methods.map((method) => ({ open, key: { task, method, evaluations } }));
  });
  for (const seed of values.table ? [] : parseSeeds(values.seeds))
    for (const { open, key } of cells) {
      if (file.has({ ...key, seed })) continue;
      const begin = performance.now();
      const found = await run(open, key.method, peers!.includes(key.method), seed, key.evaluations);
      const seconds = (performance.now() - begin) / 1000;
      file.add({ ...key, seed, ...lineOf(found), best: open.best, seconds });
    }
  const { seeds, lines } = file.ofWholeSeeds(cells.map(({ key }) => key));
  process.stdout.write(seedsLine(seeds));
  print(lines, tasks, methods);
});
