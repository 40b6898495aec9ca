/** What the 100,000th ask costs beside the 100th, in one process that is warm: `node bench/ask-growth.ts [rounds]`. */
import path from "node:path";
import { benchStudy } from "./cases/bench-study.ts";
import { writeStudy } from "./cases/write-study.ts";
import { report } from "./support/report.ts";
import { inScratchFolder } from "./support/scratch-folder.ts";
import { median, medianInterval } from "./support/statistics.ts";

const ROUNDS = Number(process.argv[2] ?? 7);
const WINDOW = 500;
const LARGE = 100_000 - (ROUNDS * WINDOW) / 2;

type BenchStudy = Awaited<ReturnType<typeof benchStudy>>;

await inScratchFolder(async (folder) => {
  const file = path.join(folder, "large.db");
  await writeStudy(file, "bench", LARGE);
  const large = await benchStudy(file);
  const ratios = { ask: [] as number[], tell: [] as number[] };
  const costs = { small: [] as number[], large: [] as number[] };
  for (let round = -1; round < ROUNDS; round += 1) {
    const small = await benchStudy(path.join(folder, `small${round}.db`));
    const times = { small: emptyTimes(), large: emptyTimes() };
    // One by one in turn: what the machine does meanwhile hits both.
    for (let n = 0; n < WINDOW; n += 1) {
      await step(small, times.small);
      await step(large, times.large);
    }
    await small.close();
    if (round < 0) continue;
    for (const kind of ["ask", "tell"] as const)
      ratios[kind].push(median(times.large[kind]) / median(times.small[kind]));
    for (const size of ["small", "large"] as const) costs[size].push(median(times[size].ask));
  }
  await large.close();
  const ratio = (kind: "ask" | "tell") => {
    const { middle, low, high } = medianInterval(ratios[kind]);
    return { value: middle, low, high, unit: "x", note: `median of ${ROUNDS} rounds` };
  };
  const range = `${LARGE} to ${LARGE + ROUNDS * WINDOW}`;
  report("ask-growth", folder, [
    { name: `ask, trials 0 to ${WINDOW}`, value: median(costs.small), unit: "ms", note: "median of medians" },
    { name: `ask, trials ${range}`, value: median(costs.large), unit: "ms" },
    { name: "ratio of asks", ...ratio("ask"), wanted: { most: 1.2 } },
    { name: "ratio of tells", ...ratio("tell") },
  ]);
});

function emptyTimes() {
  return { ask: [] as number[], tell: [] as number[] };
}

async function step(study: BenchStudy, times: ReturnType<typeof emptyTimes>): Promise<void> {
  const begin = performance.now();
  const trial = await study.ask();
  const asked = performance.now();
  await study.tell(trial, trial.params.momentum);
  times.ask.push(asked - begin);
  times.tell.push(performance.now() - asked);
}
