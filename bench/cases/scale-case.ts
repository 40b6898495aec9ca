/**
 * One measurement of bench/scale.ts in a process of its own: words ROOT CASE and what that takes. ROOT is a checkout, built: its own
 * library is measured. Prints one JSON object of numbers. bench/scale.ts runs it as one file of JavaScript: to strip types takes memory.
 */
import { readFileSync } from "node:fs";
import path from "node:path";
import { monitorEventLoopDelay } from "node:perf_hooks";
import { pathToFileURL } from "node:url";
import type * as Library from "../../src/index.ts";
import type { Params } from "../../src/space/json.ts";
import { median } from "../support/statistics.ts";
import { tenFloats } from "./ten-floats.ts";

type Figures = Readonly<Record<string, number>>;

/** Commands under way at once while a study is filled. */
const FILLING = 64;
const REPORTS_A_TRIAL = 10_000;

const [root = "", name = "", ...words] = process.argv.slice(2);
const library: typeof Library = await import(pathToFileURL(path.resolve(root, "dist", "index.js")).href);

/** Ten floats and one metric, as in the table of what is wanted. */
function options(storage: string, study: string, sampler: string) {
  const names = Array.from({ length: 10 }, (_none, k) => [`x${k}`, library.float(0, 1)] as const);
  const scheduler = { name: "none" };
  return { name: study, minimize: "loss", storage, sampler, scheduler, seed: 1, space: Object.fromEntries(names) };
}

type Study = Awaited<ReturnType<typeof library.createStudy>>;

async function step(study: Study): Promise<void> {
  const trial = await study.ask();
  await study.tell(trial, tenFloats(trial.params as Params));
}

/** Asks and tells until the study has `count` trials more, `flight` at a time. */
async function steps(study: Study, count: number, flight: number): Promise<void> {
  let left = count;
  const worker = async (): Promise<void> => {
    while (left-- > 0) await step(study);
  };
  await Promise.all(Array.from({ length: Math.min(flight, count) }, worker));
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const begun = performance.now();
  await work();
  return performance.now() - begun;
}

/** Highest resident set of this process so far, MB. */
function peakMb(): number {
  try {
    return Number(/VmHWM:\s+(\d+) kB/.exec(readFileSync("/proc/self/status", "utf8"))![1]) / 1024;
  } catch {
    // No /proc: what the system counts may begin with the parent's.
    return process.resourceUsage().maxRSS / 1024;
  }
}

async function fill(file: string, count: string): Promise<Figures> {
  const study = await library.createStudy(options(file, "bench", "random"));
  const ms = await timed(() => steps(study, Number(count) - study.trials().length, FILLING));
  await study.close();
  return { ms };
}

async function open(file: string): Promise<Figures> {
  let study: Study | null = null;
  const opening = await timed(async () => {
    study = await library.openStudy({ name: "bench", storage: file });
  });
  const opened = peakMb();
  let trial: Awaited<ReturnType<Study["ask"]>> | null = null;
  const asking = await timed(async () => {
    trial = await study!.ask();
  });
  const asked = peakMb();
  const telling = await timed(async () => await study!.tell(trial!, 1));
  const told = peakMb();
  await study!.close();
  return { opening, opened, asking, asked, telling, told };
}

const PACES = ["one", "flight"] as const;

/** Microseconds by the clock and of all processors. */
interface Pace {
  readonly time: number[];
  readonly work: number[];
}

/** Rounds over all files in turn, each time another one first: an ask and a tell, one at a time and 16 in flight. */
async function pace(rounds: string, ...files: readonly string[]): Promise<Figures> {
  const studies: Study[] = [];
  for (const file of files) studies.push(await library.openStudy({ name: "bench", storage: file }));
  const paces = files.map(() => ({ one: noPace(), flight: noPace() }));
  for (let round = -1; round < Number(rounds); round++) {
    for (let turn = 0; turn < studies.length; turn++) {
      const k = (turn + round + studies.length) % studies.length;
      await addPace(round < 0 ? noPace() : paces[k]!.one, studies[k]!, 100, 1);
      await addPace(round < 0 ? noPace() : paces[k]!.flight, studies[k]!, 160, 16);
    }
  }
  for (const study of studies) await study.close();
  const ratio = (kind: "one" | "flight", of: keyof Pace, k: number): number =>
    median(paces[k]![kind][of].map((time, round) => time / paces[0]![kind][of][round]!));
  return Object.fromEntries(
    files.flatMap((_file, k) =>
      PACES.flatMap((kind) => [
        [`${kind}-${k}`, median(paces[k]![kind].time)],
        [`${kind}-ratio-${k}`, ratio(kind, "time", k)],
        [`${kind}-work-${k}`, ratio(kind, "work", k)],
      ]),
    ),
  );
}

function noPace(): Pace {
  return { time: [], work: [] };
}

async function addPace({ time, work }: Pace, study: Study, count: number, flight: number): Promise<void> {
  const before = process.cpuUsage();
  time.push((1_000 * (await timed(() => steps(study, count, flight)))) / count);
  const { user, system } = process.cpuUsage(before);
  work.push((user + system) / count);
}

/** The first suggestion of a sampler that learns and the ones after it, and how long the event loop stood still meanwhile; ms. */
async function think(file: string, sampler: string, later: string): Promise<Figures> {
  const study = await library.createStudy(options(file, "bench", sampler));
  const delay = monitorEventLoopDelay({ resolution: 1 });
  let asked = await study.ask().then((trial) => study.tell(trial, 1).then(() => null));
  delay.enable();
  const first = await timed(async () => {
    asked = null;
    const trial = await study.ask();
    asked = trial as never;
  });
  const block = delay.max / 1e6;
  const times: number[] = [];
  for (let n = 0; n < Number(later); n++) {
    await study.tell(asked! as never, 1);
    times.push(
      await timed(async () => {
        asked = (await study.ask()) as never;
      }),
    );
  }
  await study.close();
  return { first, block, later: median(times), peak: peakMb() };
}

/** Ask and tell in memory, a second. */
async function memory(count: string): Promise<Figures> {
  const study = await library.createStudy(options(":memory:", "bench", "random"));
  await steps(study, 500, 1);
  const ms = await timed(() => steps(study, Number(count), 1));
  await study.close();
  return { perSecond: (1_000 * Number(count)) / ms };
}

/** Trials that report 10,000 steps each under a scheduler that looks at each; ms a trial of the first and the last ones. */
async function reports(file: string, count: string): Promise<Figures> {
  const study = await library.createStudy({ ...options(file, "bench", "random"), scheduler: { name: "median" } });
  const trials = Math.ceil(Number(count) / REPORTS_A_TRIAL);
  const times: number[] = [];
  await study.optimize(
    async (trial) => {
      const begun = performance.now();
      for (let n = 1; n <= REPORTS_A_TRIAL; n++) {
        trial.report(n, 1 / n);
        if (n % 100 === 0) await new Promise(setImmediate);
      }
      times.push(performance.now() - begun);
      return 0;
    },
    { trials },
  );
  await study.close();
  const tenth = Math.max(1, Math.floor(times.length / 10));
  return { peak: peakMb(), first: median(times.slice(0, tenth)), last: median(times.slice(-tenth)) };
}

/** Many studies in one file. */
async function studies(file: string, count: string): Promise<Figures> {
  const storage = await library.openStorage(file);
  let made = 0;
  const worker = async (): Promise<void> => {
    while (made < Number(count)) {
      const given = { ...options(file, `study ${made++}`, "random"), storage };
      await (await library.createStudy(given)).close();
    }
  };
  const ms = await timed(() => Promise.all(Array.from({ length: FILLING }, worker)));
  await storage.close();
  return { ms };
}

const CASES: Readonly<Record<string, (...words: string[]) => Promise<Figures>>> = {
  fill,
  open,
  pace,
  think,
  memory,
  reports,
  studies,
};
process.stdout.write(`${JSON.stringify(await CASES[name]!(...words))}\n`);
