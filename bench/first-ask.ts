/**
 * A study in memory that has a long history: how long its first ask takes until the answer, and each later one, and how long the event
 * loop stands still meanwhile, as built (`npm run build`): `node bench/first-ask.ts [trials] [asks]`.
 */
import { keyedStreams } from "../src/numeric/random/keyed-streams.ts";
import { defineSpace, float, type Params, sampleUniform } from "../src/space/index.ts";
import { attuneCommand } from "./support/attune-command.ts";
import { importMeasured } from "./support/import-measured.ts";
import { type Figure, report } from "./support/report.ts";
import { medianInterval } from "./support/statistics.ts";
import { watchEventLoop } from "./support/watch-event-loop.ts";

const TRIALS = Number(process.argv[2] ?? 100_000);
const ASKS = Number(process.argv[3] ?? 40);
/** Trials imported with one command. */
const AT_ONCE = 5000;

// As installed: a thread that is started from the sources takes half a second more, for leaving out their types.
attuneCommand();
const built = new URL("../dist/index.js", import.meta.url).href;
const { createStudy } = (await import(built)) as typeof import("../src/index.ts");

const space = defineSpace(Object.fromEntries(Array.from({ length: 10 }, (_, i) => [`x${i}`, float(0, 1)])));
const loss = (params: Params): number =>
  Object.values(params).reduce<number>((sum, x) => sum + (Number(x) - 0.3) * (Number(x) - 0.3), 0);

const figures: Figure[] = [];
for (const sampler of ["tpe", "auto"]) figures.push(...(await measure(sampler)));
report("first-ask", "/tmp", figures);

async function measure(sampler: string): Promise<readonly Figure[]> {
  const study = await createStudy({ name: sampler, minimize: "loss", space, sampler, seed: 1 });
  for (let begin = 0; begin < TRIALS; begin += AT_ONCE) {
    const length = Math.min(AT_ONCE, TRIALS - begin);
    const trials = Array.from({ length }, (_, i) => sampleUniform(space, keyedStreams(1, begin + i)));
    await importMeasured(study, trials, loss);
  }
  const step = async () => {
    let ms = 0;
    const { timer } = await watchEventLoop(async () => {
      const begin = performance.now();
      const trial = await study.ask();
      ms = performance.now() - begin;
      await study.tell(trial, loss(trial.params));
    });
    return { ms, stall: timer };
  };
  const first = await step();
  const later = [];
  for (let ask = 0; ask < ASKS; ask += 1) later.push(await step());
  await study.close();
  const { middle, low, high } = medianInterval(later.map(({ ms }) => ms));
  const name = `${sampler} at ${TRIALS} trials`;
  return [
    { name: `${name}, first ask`, value: first.ms, unit: "ms", wanted: { most: 1000 } },
    { name: `${name}, first ask, event loop`, value: first.stall, unit: "ms" },
    { name: `${name}, later asks`, value: middle, low, high, unit: "ms", wanted: { most: 10 } },
    { name: `${name}, later asks, event loop`, value: Math.max(...later.map(({ stall }) => stall)), unit: "ms" },
  ];
}
