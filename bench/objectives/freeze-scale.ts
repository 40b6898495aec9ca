/**
 * Freezes how results of the tasks are compared: `node bench/objectives/freeze-scale.ts [--draws 6000] [--searched 2500] [--modelled 0]`. For each task that has no entry in `scale.json` yet,
 * ideal and nadir of the front of so many random configurations, of so many that `nsga2` searched, and that `gp` did. Tasks that have one keep it.
 */
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { undominatedPlaces } from "../../src/numeric/pareto/undominated-places.ts";
import { plainly } from "../support/plainly.ts";
import { wholeNumber } from "../support/whole-number.ts";
import { pairVolume } from "./pair-regret.ts";
import { compared, openPair, PAIRS, type Pair, type PairScale, SCALE_FILE } from "./pairs.ts";
import { runSampler } from "./run-sampler.ts";

async function scaleOf(pair: Pair, draws: number, searched: number, modelled: number): Promise<PairScale> {
  const { space, evaluate } = await openPair(pair);
  const metrics = ["a", "b"].map((name) => ({ name, direction: "minimize" as const }));
  const run = { space, metrics, seed: 20_001 };
  const random = await runSampler({ ...run, sampler: "random", evaluations: draws }, evaluate);
  const options = { population: 100 };
  const found = await runSampler({ ...run, sampler: "nsga2", options, evaluations: searched }, evaluate);
  const model = await runSampler({ ...run, sampler: "gp", evaluations: modelled }, evaluate);
  const all = [...random, ...found, ...model];
  const points = all.map((values) => compared(pair, values));
  const front = undominatedPlaces(points);
  const end = (k: number, pick: (...numbers: number[]) => number) => pick(...front.map((place) => points[place]![k]!));
  const ideal = [end(0, Math.min), end(1, Math.min)] as const;
  const nadir = [end(0, Math.max), end(1, Math.max)] as const;
  const best = pairVolume(
    pair,
    { ideal, nadir },
    front.map((place) => all[place]!),
  );
  const distinct = new Set(front.map((place) => points[place]!.join())).size;
  return { ideal, nadir, best, points: distinct };
}

await plainly(async () => {
  const { values } = parseArgs({
    options: {
      draws: { type: "string", default: "6000" },
      searched: { type: "string", default: "2500" },
      modelled: { type: "string", default: "0" },
    },
  });
  const [draws, searched] = [wholeNumber("draws", values.draws, 1), wholeNumber("searched", values.searched, 1)];
  const modelled = wholeNumber("modelled", values.modelled, 0);
  const scales: Record<string, PairScale> = existsSync(SCALE_FILE) ? JSON.parse(readFileSync(SCALE_FILE, "utf8")) : {};
  for (const pair of PAIRS) {
    if (scales[pair.name] !== undefined) continue;
    scales[pair.name] = await scaleOf(pair, draws, searched, modelled);
    writeFileSync(SCALE_FILE, `${JSON.stringify(scales, null, 2)}\n`);
    process.stdout.write(`${pair.name}: a front of ${scales[pair.name]!.points} points\n`);
  }
});
