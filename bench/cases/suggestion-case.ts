/**
 * Processor time of one ask and tell, all threads together, in microseconds, once a study of ten floats in memory has so many trials:
 * `node bench/cases/suggestion-case.ts CHECKOUT SAMPLER TRIALS MEASURED`. Run in a process of its own for each checkout.
 */
import path from "node:path";
import type * as Attune from "../../src/index.ts";
import { tenFloats } from "./ten-floats.ts";

const [root, sampler, trials, measured] = process.argv.slice(2);
const attune = (await import(path.resolve(root!, "src/index.ts"))) as typeof Attune;

const float = () => (sampler === "grid" ? attune.float(0, 1, { step: 0.5 }) : attune.float(0, 1));
const space = Object.fromEntries(Array.from({ length: 10 }, (_, k) => [`x${k}`, float()]));
const study = await attune.createStudy({ name: "suggestion", minimize: "loss", space, sampler: sampler!, seed: 1 });
async function askAndTell(times: number): Promise<void> {
  for (let k = 0; k < times; k++) {
    const trial = await study.ask();
    await study.tell(trial, tenFloats(trial.params));
  }
}
await askAndTell(Number(trials));
const before = process.cpuUsage();
await askAndTell(Number(measured));
const { user, system } = process.cpuUsage(before);
await study.close();
process.stdout.write(`${(user + system) / Number(measured)}\n`);
