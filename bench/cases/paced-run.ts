/**
 * A run that goes on until its input ends: four workers, whose trials take 20 ms each. At every line that comes it says how many have ended:
 * `node bench/cases/paced-run.ts FILE STUDY`.
 */
import { setTimeout as sleep } from "node:timers/promises";
import { openStudy } from "../../src/index.ts";

const TRIAL_MS = 20;
const WORKERS = 4;

const [file, name] = process.argv.slice(2);
const study = await openStudy({ name: name!, storage: file! });
const over = new AbortController();
let ended = 0;
process.stdin.on("data", () => process.stdout.write(`${ended} ${performance.now()}\n`));
process.stdin.on("end", () => over.abort());
await study.optimize(
  async () => {
    await sleep(TRIAL_MS);
    return Math.abs(Math.sin(ended++));
  },
  { trials: 1_000_000_000, workers: WORKERS, signal: over.signal },
);
await study.close();
