/**
 * What one ask and tell costs with each sampler beside another checkout (of an older commit, its dependencies installed), ten floats in
 * memory, in processor time of all threads: `node bench/suggestion.ts CHECKOUT [--samplers random,tpe] [--trials 100,1000] [--rounds 7]`.
 * Both take turns, each in a process of its own; the ratio of a round is of its two neighbours.
 */
import path from "node:path";
import { parseArgs } from "node:util";
import { AttuneError } from "../src/errors.ts";
import { plainly } from "./support/plainly.ts";
import { type Figure, report } from "./support/report.ts";
import { runOrThrow } from "./support/run-process.ts";
import { median, medianInterval } from "./support/statistics.ts";
import { wholeNumber } from "./support/whole-number.ts";

/** Suggestions that are measured, by the samplers that think for longer. */
const MEASURED: Readonly<Record<string, number>> = { gp: 20, auto: 20, tpe: 200 };
const here = path.join(import.meta.dirname, "..");

await plainly(main);

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      samplers: { type: "string", default: "random,qmc,grid,tpe,gp,auto" },
      trials: { type: "string", default: "100,1000" },
      rounds: { type: "string", default: "7" },
    },
  });
  const [beside] = positionals;
  if (beside === undefined)
    throw new AttuneError("invalid-argument", "Give the folder of the checkout to compare with.");
  const rounds = wholeNumber("rounds", values.rounds, 1);
  const figures: Figure[] = [];
  for (const trials of values.trials.split(",").map((size) => wholeNumber("trials", size, 0)))
    for (const sampler of values.samplers.split(","))
      figures.push(await compared(sampler, sampler === "gp" ? Math.min(trials, 300) : trials, rounds, beside));
  report("suggestion", "/tmp", figures);
}

async function compared(sampler: string, trials: number, rounds: number, beside: string): Promise<Figure> {
  const [own, theirs]: [number[], number[]] = [[], []];
  for (let round = 0; round < rounds; round++) {
    const inTurn = round % 2 === 0 ? [own, theirs] : [theirs, own];
    for (const times of inTurn) times.push(await microseconds(times === own ? here : beside, sampler, trials));
  }
  const { middle, low, high } = medianInterval(own.map((time, round) => time / theirs[round]!));
  const note = `${median(own).toFixed(0)} beside ${median(theirs).toFixed(0)} us`;
  return {
    name: `${sampler}, ${trials} trials`,
    value: middle,
    low,
    high,
    unit: "x before",
    wanted: { most: 1.05 },
    note,
  };
}

async function microseconds(root: string, sampler: string, trials: number): Promise<number> {
  const measured = MEASURED[sampler] ?? 1_000;
  const script = path.join(here, "bench", "cases", "suggestion-case.ts");
  const words = [process.execPath, "--disable-warning=ExperimentalWarning", script, root, sampler, String(trials)];
  return Number((await runOrThrow([...words, String(measured)])).stdout);
}
