/**
 * Tunes a function with the samplers and schedulers that exist only for tests. Words: STORAGE STUDY TRIALS WORKERS SAMPLER
 * SCHEDULER.
 */
import { setTimeout as sleep } from "node:timers/promises";
import { driverStudy } from "./driver-study.ts";

const [storage = "", name = "", trials = "", workers = "", sampler = "", scheduler = ""] = process.argv.slice(2);
const study = await driverStudy(storage, name, sampler, scheduler);
const { reason, message } = await study.optimize(
  async (trial) => {
    const { x, ms, depth } = trial.params;
    for (let step = 1; step <= (trial.until ?? depth) && !trial.shouldStop(); step += 1) {
      await sleep(ms / depth);
      trial.report(step, x + 1 / step);
    }
    return x;
  },
  {
    trials: Number(trials),
    workers: Number(workers),
    onEvent: (event) => process.stdout.write(`${event.type}\n`),
  },
);
await study.close();
if (reason !== "trials") throw new Error(`The run ended for another reason: ${reason} ${message}`);
