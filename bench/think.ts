/**
 * Time per suggestion beside the time asked for (`think`), ten mixed parameters, one thread, after n trials:
 *
 *     node bench/think.ts [--sizes 30,100,300] [--think 5ms,10ms,50ms,200ms] [--suggestions 16]
 *
 * In time of the processor, for other work on the machine must not count.
 */
import { parseArgs } from "node:util";
import { keyedStreams } from "../src/numeric/random/keyed-streams.ts";
import { sampleUniform } from "../src/space/sample-uniform.ts";
import { createStudy } from "../src/study/create-study.ts";
import { parseDuration } from "../src/study/duration.ts";
import { thinkingSeconds } from "../src/study/thinking-seconds.ts";
import { makeLandscape } from "./quality/synthetic/landscape.ts";
import { SYNTHETIC_SPACES } from "./quality/synthetic/spaces.ts";
import { importMeasured } from "./support/import-measured.ts";
import { plainly } from "./support/plainly.ts";
import { type Figure, report } from "./support/report.ts";
import { medianInterval } from "./support/statistics.ts";
import { wholeNumber } from "./support/whole-number.ts";

const space = SYNTHETIC_SPACES["mixed-10"]!.space();
const value = makeLandscape(space, keyedStreams(0, "think"));

/** Suggestions before the first that counts. */
const WARM_UP = 8;

await plainly(main);

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      sizes: { type: "string", default: "30,100,300" },
      think: { type: "string", default: "5ms,10ms,50ms,200ms" },
      suggestions: { type: "string", default: "16" },
    },
  });
  const sizes = values.sizes.split(",").map((size) => wholeNumber("sizes", size, 0));
  const suggestions = wholeNumber("suggestions", values.suggestions, 1);
  const times = values.think.split(",");
  for (const think of times) thinkingSeconds({ name: "gp", options: { think } }); // throws for one that makes no sense
  const figures: Figure[] = [];
  for (const size of sizes) {
    for (const think of times) {
      const { middle, low, high } = medianInterval(await ratios(think, size, suggestions));
      const wanted = { least: 0.5, most: 2 };
      figures.push({ name: `${think}, ${size} trials`, value: middle, low, high, unit: "x asked for", wanted });
    }
  }
  report("think", "/tmp", figures);
}

/** Of each suggestion: the time taken over the time asked for without the first few, which warm up. */
async function ratios(think: string, size: number, suggestions: number): Promise<readonly number[]> {
  const sampler = { name: "gp", think };
  const study = await createStudy({ name: "think", minimize: "loss", space, sampler, seed: 1 });
  const trials = Array.from({ length: size }, (_, i) => sampleUniform(space, keyedStreams(1, i)));
  await importMeasured(study, trials, value);
  const taken: number[] = [];
  for (let k = -WARM_UP; k < suggestions; k++) {
    const used = process.cpuUsage();
    const trial = await study.ask();
    const { user, system } = process.cpuUsage(used);
    await study.tell(trial, value(trial.params));
    if (k >= 0) taken.push((user + system) / 1e6 / parseDuration(think)!);
  }
  await study.close();
  return taken;
}
