/**
 * Regret of trade-offs of real tuning problems (surrogates of YAHPO Gym), beside Optuna:
 *
 *     node bench/objectives/yahpo.ts --suite dev [--samplers auto,tpe,nsga2] [--peers optuna-nsga2,optuna-tpe] [--seeds 0-9] [--tasks rpart] [--out FILE.jsonl]
 *
 * A sampler may have options: `nsga2:mutationIndex=5`. First `bench/setup-peers.sh objectives` and `cd bench/quality && ONNXRUNTIME_NODE_INSTALL=skip npm install`. A run has 20 + 40 sqrt(d) evaluations of d parameters; regret is 1 less
 * the share of the best known hypervolume on the scale frozen in `scale.json`, at 25, 50 and 100 % of them. What the file holds already is not run again, so that it can be ended and
 * seeds come bit by bit; the tables are of all seeds in it that each was run with.
 */
import path from "node:path";
import { parseArgs } from "node:util";
import type { Params } from "../../src/space/json.ts";
import { parameterToJson } from "../../src/space/space-json.ts";
import { JsonLinesProcess } from "../quality/runner/json-lines-process.ts";
import { parseSeeds } from "../quality/runner/parse-seeds.ts";
import { plainly } from "../support/plainly.ts";
import { isLong, pairRegret } from "./pair-regret.ts";
import { type OpenPair, openPair, PAIRS, type Pair, readScales } from "./pairs.ts";
import { readMethod } from "./read-method.ts";
import { RunLines, seedsLine } from "./run-lines.ts";
import { runSampler } from "./run-sampler.ts";

interface Line {
  readonly task: string;
  readonly method: string;
  readonly seed: number;
  readonly regret: readonly number[];
  readonly seconds: number;
}

type Results = readonly (readonly number[])[];

const SHARES = [0.25, 0.5, 1];
const python = path.join(import.meta.dirname, "..", ".venv-objectives", "bin", "python");
const script = path.join(import.meta.dirname, "..", "peers", "optuna_objectives_peer.py");
const METRICS = ["a", "b"].map((name) => ({ name, direction: "minimize" as const }));

async function resultsOfPeer(pair: OpenPair, peer: string, seed: number, budget: number): Promise<Results> {
  const child = new JsonLinesProcess([python, script, peer.replace("optuna-", "")]);
  const parameters = pair.space.parameters.map(parameterToJson);
  await child.ask({ op: "open", parameters, seed, budget, pending: 1 });
  const results: (readonly number[])[] = [];
  for (let trial = 0; trial < budget; trial++) {
    const { params } = await child.ask<{ readonly params: Params }>({ op: "ask", trial });
    const value = await pair.evaluate(params);
    await child.ask({ op: "tell", trial, params, value });
    results.push(value);
  }
  child.close();
  return results;
}

const mean = (numbers: readonly number[]): number => numbers.reduce((a, b) => a + b, 0) / numbers.length;

function print(lines: readonly Line[], pairs: readonly Pair[], methods: readonly string[]): void {
  for (const [k, share] of SHARES.entries()) {
    process.stdout.write(
      `\n${[`regret, ${100 * share} %`.padEnd(22), ...methods.map((m) => m.padStart(13))].join(" ")}\n`,
    );
    const regretOf = (task: string, method: string): number =>
      mean(lines.filter((line) => line.task === task && line.method === method).map(({ regret }) => regret[k]!));
    const rows = pairs.map(({ name }) => methods.map((method) => regretOf(name, method)));
    const text = (numbers: readonly number[]) => numbers.map((v) => v.toFixed(4).padStart(13)).join(" ");
    for (const [i, { name }] of pairs.entries()) process.stdout.write(`${name.padEnd(22)} ${text(rows[i]!)}\n`);
    process.stdout.write(`${"mean".padEnd(22)} ${text(methods.map((_m, j) => mean(rows.map((row) => row[j]!))))}\n`);
    const rankOf = (row: readonly number[], j: number): number =>
      1 + row.filter((v) => v < row[j]!).length + (row.filter((v) => v === row[j]!).length - 1) / 2;
    process.stdout.write(
      `${"mean rank".padEnd(22)} ${text(methods.map((_m, j) => mean(rows.map((row) => rankOf(row, j)))))}\n`,
    );
  }
}

await plainly(async () => {
  const { values } = parseArgs({
    options: {
      suite: { type: "string", default: "dev" },
      samplers: { type: "string", default: "auto,tpe,nsga2" },
      peers: { type: "string", default: "optuna-nsga2,optuna-tpe" },
      seeds: { type: "string", default: "0-9" },
      tasks: { type: "string", default: "" },
      out: { type: "string", default: path.join(import.meta.dirname, "..", "results", "objectives-yahpo.jsonl") },
    },
  });
  const [samplers, peers, words] = [values.samplers, values.peers, values.tasks].map((text) =>
    text.split(",").filter(Boolean),
  );
  const scales = readScales();
  const pairs = PAIRS.filter(
    ({ suite, name }) =>
      suite === values.suite &&
      scales[name] !== undefined &&
      isLong(scales[name]) &&
      (words!.length === 0 || words!.some((word) => name.includes(word))),
  );
  const kept = new RunLines<Line>(values.out, ["task", "method", "seed"]);
  for (const seed of parseSeeds(values.seeds))
    for (const pair of pairs) {
      const open = await openPair(pair);
      const budget = Math.ceil(20 + 40 * Math.sqrt(open.space.parameters.length));
      for (const method of [...samplers!, ...peers!]) {
        if (kept.has({ task: pair.name, method, seed })) continue;
        const begin = performance.now();
        const results = peers!.includes(method)
          ? await resultsOfPeer(open, method, seed, budget)
          : await runSampler(
              { ...readMethod(method), space: open.space, metrics: METRICS, seed, evaluations: budget },
              open.evaluate,
            );
        const seconds = (performance.now() - begin) / 1000;
        const regret = SHARES.map((share) => {
          return pairRegret(pair, scales[pair.name]!, results.slice(0, Math.ceil(share * budget)));
        });
        kept.add({ task: pair.name, method, seed, regret, seconds });
      }
    }
  const methods = [...samplers!, ...peers!];
  const { seeds, lines } = kept.ofWholeSeeds(
    pairs.flatMap(({ name }) => methods.map((method) => ({ task: name, method }))),
  );
  process.stdout.write(seedsLine(seeds));
  print(lines, pairs, methods);
});
