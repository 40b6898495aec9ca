/**
 * Early stopping by two objectives: what fronts of complete trials are worth after shares of the epochs, with schedulers and without:
 *
 *     node bench/objectives/early.ts --suite dev [--pairs none+auto,asha+auto] [--seeds 0-4] [--runs 40] [--out FILE.jsonl]
 *
 * Networks of lcbench (accuracy and time) of 52 epochs, which report each; programs that pause stand still and run none twice. First
 * `cd bench/quality && ONNXRUNTIME_NODE_INSTALL=skip npm install`. Regret is 1 less the share of the best known hypervolume on the scale of `scale.json`. What the file holds already is not
 * run again; means are over all seeds in it that each was run with.
 */
import path from "node:path";
import { parseArgs } from "node:util";
import { createStudy } from "../../src/study/create-study.ts";
import { parseSeeds } from "../quality/runner/parse-seeds.ts";
import { plainly } from "../support/plainly.ts";
import { wholeNumber } from "../support/whole-number.ts";
import { pairRegret } from "./pair-regret.ts";
import { openPair, PAIRS, type Pair, readScales } from "./pairs.ts";
import { RunLines, seedsLine } from "./run-lines.ts";

interface Line {
  readonly task: string;
  readonly method: string;
  readonly seed: number;
  /** Full runs whose epochs were spent. */
  readonly runs: number;
  readonly regret: readonly number[];
}

const EPOCHS = 52;
const SHARES = [0.25, 0.5, 0.75, 1];

/** Regrets at the shares of the epochs of so many full runs, and how many trials there were. */
async function regrets(pair: Pair, method: string, seed: number, runs: number): Promise<readonly number[]> {
  const [scheduler = "", sampler = ""] = method.split("+");
  const { space, evaluate } = await openPair(pair);
  const study = await createStudy({
    name: "early",
    minimize: ["a", "b"],
    grows: ["b"],
    space,
    sampler,
    scheduler,
    seed,
  });
  const complete: { readonly epochs: number; readonly values: readonly number[] }[] = [];
  let epochs = 0;
  await study.optimize(
    async (trial) => {
      let values: readonly [number, number] = [Number.NaN, Number.NaN];
      for (let epoch = 1; epoch <= EPOCHS; epoch++) {
        values = await evaluate(trial.params, epoch);
        epochs += 1;
        await trial.report(epoch, { a: values[0], b: values[1] });
        if (trial.shouldStop()) return { a: values[0], b: values[1] };
      }
      complete.push({ epochs, values });
      return { a: values[0], b: values[1] };
    },
    { budget: `${runs * EPOCHS} steps`, workers: 1, keepGoing: true, freeze: "always" },
  );
  await study.close();
  const scale = readScales()[pair.name]!;
  return SHARES.map((share) => {
    const until = complete.filter((one) => one.epochs <= share * runs * EPOCHS);
    return pairRegret(
      pair,
      scale,
      until.map(({ values }) => values),
    );
  });
}

await plainly(async () => {
  const { values } = parseArgs({
    options: {
      suite: { type: "string", default: "dev" },
      pairs: { type: "string", default: "none+auto,asha+auto" },
      seeds: { type: "string", default: "0-4" },
      runs: { type: "string", default: "40" },
      out: { type: "string", default: path.join(import.meta.dirname, "..", "results", "objectives-early.jsonl") },
    },
  });
  const tasks = PAIRS.filter(({ suite, scenario }) => suite === values.suite && scenario === "lcbench");
  const runs = wholeNumber("runs", values.runs, 1);
  const methods = values.pairs.split(",");
  const file = new RunLines<Line>(values.out, ["task", "method", "seed", "runs"]);
  for (const seed of parseSeeds(values.seeds))
    for (const pair of tasks)
      for (const method of methods) {
        const key = { task: pair.name, method, seed, runs };
        if (!file.has(key)) file.add({ ...key, regret: await regrets(pair, method, seed, runs) });
      }
  const { seeds, lines } = file.ofWholeSeeds(
    tasks.flatMap(({ name }) => methods.map((method) => ({ task: name, method, runs }))),
  );
  process.stdout.write(seedsLine(seeds));
  for (const method of methods) {
    const rows = lines.filter((line) => line.method === method);
    const means = SHARES.map((_share, k) => rows.reduce((sum, { regret }) => sum + regret[k]! / rows.length, 0));
    const words = SHARES.map((share, k) => `${100 * share} %: ${means[k]!.toFixed(4)}`).join("  ");
    process.stdout.write(`${method.padEnd(20)} regret after shares of ${runs} full runs' epochs: ${words}\n`);
  }
});
