/**
 * Trials a second, and processor time a trial, of functions that return at once, by the number of workers, in memory and on SQLite:
 * `node bench/workers.ts [trials a run] [rounds] [workers,workers,...] [another checkout]`. All runs take turns, so that ratios are
 * made of runs side by side; with another checkout (of an older commit, its dependencies installed) its sources take theirs too.
 */
import path from "node:path";
import type * as Attune from "../src/index.ts";
import { type Figure, report } from "./support/report.ts";
import { inScratchFolder } from "./support/scratch-folder.ts";
import { median } from "./support/statistics.ts";

const TRIALS = Number(process.argv[2] ?? 2000);
const ROUNDS = Number(process.argv[3] ?? 3);
const WORKERS = (process.argv[4] ?? "1,4,16,64,256,2000").split(",").map(Number);
const BESIDE = process.argv[5];
const STORES = ["memory", "SQLite"] as const;
const SAMPLERS = ["random", "tpe"] as const;

interface Pace {
  readonly perSecond: number;
  /** Microseconds of processor time a trial, all threads together. */
  readonly cpu: number;
}

const here = path.join(import.meta.dirname, "..");
const checkouts = await Promise.all([here, ...(BESIDE === undefined ? [] : [BESIDE])].map(load));

async function load(root: string): Promise<typeof Attune> {
  return (await import(path.resolve(root, "src/index.ts"))) as typeof Attune;
}

async function pace(attune: typeof Attune, storage: string, sampler: string, workers: number): Promise<Pace> {
  const space = { x: attune.float(0, 1) };
  const study = await attune.createStudy({ name: "bench", minimize: "loss", space, sampler, seed: 1, storage });
  const begin = performance.now();
  const before = process.cpuUsage();
  const { trialsSpent } = await study.optimize(({ params }) => params.x, { workers, trials: TRIALS });
  const { user, system } = process.cpuUsage(before);
  const seconds = (performance.now() - begin) / 1000;
  await study.close();
  return { perSecond: trialsSpent / seconds, cpu: (user + system) / trialsSpent };
}

await inScratchFolder(async (folder) => {
  const paces = new Map<string, Pace[]>();
  let files = 0;
  for (let round = 0; round < ROUNDS; round++)
    for (const store of STORES)
      for (const sampler of SAMPLERS)
        for (const workers of WORKERS)
          for (const [k, attune] of checkouts.entries()) {
            const storage = store === "memory" ? ":memory:" : path.join(folder, `${files++}.db`);
            const key = `${store}, ${sampler}, ${workers}${k === 0 ? "" : ", before"}`;
            paces.set(key, [...(paces.get(key) ?? []), await pace(attune, storage, sampler, workers)]);
          }
  report(
    "workers",
    folder,
    [...paces].flatMap(([name, list]) => figures(name, list, paces)),
  );
});

function figures(name: string, list: readonly Pace[], all: ReadonlyMap<string, readonly Pace[]>): readonly Figure[] {
  const old = all.get(`${name}, before`);
  const note =
    old === undefined
      ? {}
      : {
          note: `${median(list.map(({ cpu }, k) => cpu / old[k]!.cpu)).toPrecision(2)} x the processor time of before`,
        };
  return [
    { name, value: median(list.map(({ perSecond }) => perSecond)), unit: "trials/s" },
    { name: "", value: median(list.map(({ cpu }) => cpu)), unit: "us of processor time a trial", ...note },
  ];
}
