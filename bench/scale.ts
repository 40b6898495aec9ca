/**
 * What large studies cost, of ten floats and one metric, SQLite with `synchronous=full`: `node bench/scale.ts [options] [sizes]`
 * (default: 1000 10000 100000), `--help` tells them. Studies are filled as asking and telling would (see fillInBulk), those of an older
 * checkout by just that, many at a time.
 */
import { copyFileSync, existsSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";
import { DatabaseSync } from "node:sqlite";
import { parseArgs } from "node:util";
import { buildSync } from "esbuild";
import { childrenMs } from "./support/children-ms.ts";
import { plainly } from "./support/plainly.ts";
import { type Figure, report } from "./support/report.ts";
import { runOrThrow } from "./support/run-process.ts";
import { inScratchFolder } from "./support/scratch-folder.ts";
import { median } from "./support/statistics.ts";
import { wholeNumber } from "./support/whole-number.ts";

const HELP = `node bench/scale.ts [options] [sizes of studies]
  --only open,pace,commands,think,memory,start,studies,reports   what to measure (default: all but the last two)
  --beside FOLDER   the same of an older checkout, built, in turn
  --reports N       reports in one study (default 10000000)
  --studies N       studies in one file (default 10000)
  --rounds N        default 5
`;
const DEFAULT = ["open", "pace", "commands", "think", "memory", "start"];
const HERE = path.join(import.meta.dirname, "..");
/** Above this an older checkout is not filled: it took hours. */
const BESIDE_MOST = 100_000;
const PAGES = ["trials --limit 50", "trials --limit 50 --sort loss", "trials --limit 50 --filter x0<0.01"] as const;
const SHOWS = ["show", "best", "trials", ...PAGES] as const;
/** What an older checkout does not know. */
const NEW: ReadonlySet<string> = new Set(PAGES);
/** More trials than these are not all printed: it takes most of a minute. */
const PRINTED_MOST = 100_000;

type Wanted = Readonly<Record<number, number>>;
const WANTED = {
  opened: { 100000: 50, 1000000: 350 },
  bytes: { 100000: 500, 1000000: 500 },
  asking: { 100000: 0.5, 1000000: 3 },
  show: { 100000: 0.4, 1000000: 1.5 },
} satisfies Readonly<Record<string, Wanted>>;

type Values = Readonly<Record<string, number>>;

interface Side {
  readonly root: string;
  readonly folder: string;
  readonly label: string;
}

interface Plan {
  readonly sizes: readonly number[];
  readonly only: ReadonlySet<string>;
  readonly reports: number;
  readonly studies: number;
  readonly rounds: number;
  readonly beside: string | undefined;
}

function readPlan(): Plan | null {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      only: { type: "string", default: DEFAULT.join(",") },
      beside: { type: "string" },
      reports: { type: "string", default: "10000000" },
      studies: { type: "string", default: "10000" },
      rounds: { type: "string", default: "5" },
      help: { type: "boolean", default: false },
    },
  });
  if (values.help) return null;
  const sizes = (positionals.length > 0 ? positionals : ["1000", "10000", "100000"]).map((text) =>
    wholeNumber("sizes", text, 100),
  );
  return {
    sizes: sizes.toSorted((a, b) => a - b),
    only: new Set(values.only.split(",")),
    reports: wholeNumber("reports", values.reports, 10_000),
    studies: wholeNumber("studies", values.studies, 1),
    rounds: wholeNumber("rounds", values.rounds, 1),
    beside: values.beside,
  };
}

const CASES = path.join(import.meta.dirname, "cases");

async function measure(side: Side, ...words: readonly (string | number)[]): Promise<Values> {
  const file = path.join(side.folder, "scale-case.mjs");
  if (!existsSync(file)) {
    const entryPoints = [path.join(CASES, "scale-case.ts")];
    buildSync({ entryPoints, outfile: file, bundle: true, platform: "node", format: "esm", target: "node24" });
  }
  const all = [process.execPath, file, side.root, ...words.map(String)];
  return JSON.parse((await runOrThrow(all, { cwd: side.folder })).stdout) as Values;
}

async function fill(side: Side, file: string, size: number): Promise<Values> {
  if (side.root !== HERE) return await measure(side, "fill", file, size);
  await measure(side, "fill", file, 0);
  const words = [process.execPath, path.join(CASES, "bulk-fill.ts"), file, String(size)];
  return JSON.parse((await runOrThrow(words, { cwd: side.folder })).stdout) as Values;
}

/** Bytes of the file and its write-ahead log once all of it is in the file. */
function bytesOf(file: string): number {
  const database = new DatabaseSync(file);
  database.exec("PRAGMA wal_checkpoint(TRUNCATE)");
  database.close();
  return [file, `${file}-wal`].reduce((sum, one) => sum + (existsSync(one) ? statSync(one).size : 0), 0);
}

/** Milliseconds of a command by the clock and of all processors, and how many times as much an empty Node process beside it takes. */
async function commandTimes(words: readonly string[], folder: string, rounds: number) {
  const empty = path.join(folder, "empty.cjs");
  writeFileSync(empty, "");
  const times = { command: [] as number[], ratio: [] as number[] };
  const worked = { empty: 0, command: 0 };
  for (let round = -1; round < rounds; round++) {
    const before = childrenMs();
    const nothing = await runOrThrow([process.execPath, empty], { cwd: folder });
    const between = childrenMs();
    const { ms } = await runOrThrow(words, { cwd: folder });
    if (round < 0) continue;
    worked.empty += between - before;
    worked.command += childrenMs() - between;
    times.command.push(ms);
    times.ratio.push(ms / nothing.ms);
  }
  const { command, ratio } = times;
  return {
    ms: median(command),
    ratio: median(ratio),
    work: worked.command / rounds,
    workRatio: worked.command / worked.empty,
  };
}

async function measureSize(side: Side, size: number, { only, rounds }: Plan, emptyMb: number): Promise<Values> {
  const file = path.join(side.folder, `${size}.db`);
  const filled = await fill(side, file, size);
  const fresh = path.join(side.folder, "fresh.db");
  if (!existsSync(fresh)) await measure(side, "fill", fresh, 0);
  process.stderr.write(`${side.label}: ${size} trials filled in ${Math.round(filled.ms! / 1_000)} s\n`);
  const found: Record<string, number> = {};
  if (only.has("open")) {
    found.bytes = bytesOf(file) / size;
    const runs: Values[] = [];
    for (let round = 0; round < 3; round++) {
      const copy = path.join(side.folder, `copy.db`);
      copyFileSync(file, copy);
      runs.push(await measure(side, "open", copy));
    }
    const middle = (name: string): number => median(runs.map((run) => run[name]!));
    found.opened = middle("opened") - emptyMb;
    found.grown = middle("opened") - (await measure(side, "open", fresh)).opened!;
    found.asked = middle("asked") - emptyMb;
    found.asking = (middle("opening") + middle("asking")) / 1_000;
    found.told = middle("told") - middle("asked");
    found.telling = middle("telling") / 1_000;
  }
  if (only.has("commands")) {
    const attune = path.join(side.root, "bin", "attune.cjs");
    for (const command of SHOWS) {
      if ((side.root !== HERE && NEW.has(command)) || (command === "trials" && size > PRINTED_MOST)) continue;
      const words = [process.execPath, attune, ...command.split(" "), "bench", "--storage", file];
      const { ms, work } = await commandTimes(words, side.folder, rounds);
      Object.assign(found, { [command]: ms / 1_000, [`${command}, work`]: work / 1_000 });
    }
  }
  if (only.has("think")) {
    for (const sampler of ["tpe", "auto"]) {
      const copy = path.join(side.folder, `${size}-${sampler}.db`);
      copyFileSync(file, copy);
      const { first, block, later, peak } = await measure(side, "think", copy, sampler, 5);
      Object.assign(found, {
        [`${sampler}-first`]: first! / 1_000,
        [`${sampler}-later`]: later!,
        [`${sampler}-block`]: block!,
        [`${sampler}-peak`]: peak! - emptyMb,
      });
    }
  }
  return found;
}

async function measureStart(side: Side, rounds: number): Promise<Values> {
  const attune = [process.execPath, path.join(side.root, "bin", "attune.cjs")];
  const file = path.join(side.folder, "start.db");
  await fill(side, file, 10_000);
  const help = await commandTimes([...attune, "--help"], side.folder, 2 * rounds);
  const show = await commandTimes([...attune, "show", "bench", "--storage", file], side.folder, 2 * rounds);
  return { help: help.ratio, show: show.ratio, "help, work": help.workRatio, "show, work": show.workRatio };
}

async function measureReports(side: Side, count: number, emptyMb: number): Promise<Values> {
  const file = path.join(side.folder, "reports.db");
  const { peak, first, last } = await measure(side, "reports", file, count);
  return { peak: peak! - emptyMb, growth: last! / first!, mb: bytesOf(file) / 1e6 };
}

async function measureStudies(side: Side, count: number, rounds: number): Promise<Values> {
  const attune = [process.execPath, path.join(side.root, "bin", "attune.cjs")];
  const storage = ["--storage", path.join(side.folder, "many.db")];
  await measure(side, "studies", storage[1]!, count);
  const listing = await commandTimes([...attune, "studies", ...storage], side.folder, rounds);
  const runs: number[] = [];
  for (let round = 0; round <= rounds; round++) {
    const run = ["run", "--study", `new ${round}`, "--minimize", "loss", "--trials", "1", "--sampler", "random"];
    const words = [...attune, ...run, "--quiet", ...storage, "--", "echo", "loss={x: 0.0..1.0}"];
    runs.push((await runOrThrow(words, { cwd: side.folder })).ms);
  }
  return { listing: listing.ms / 1_000, run: median(runs.slice(1)) / 1_000 };
}

/** Everything of one checkout but what takes turns, by name. */
async function measureSide(side: Side, plan: Plan): Promise<ReadonlyMap<string, Values>> {
  const empty = path.join(side.folder, "peak.mjs");
  writeFileSync(empty, PEAK);
  const emptyMb = Number((await runOrThrow([process.execPath, empty])).stdout);
  const all = new Map<string, Values>();
  for (const size of plan.sizes)
    if (side.root === HERE || size <= BESIDE_MOST) all.set(String(size), await measureSize(side, size, plan, emptyMb));
  if (plan.only.has("memory")) {
    const runs: number[] = [];
    for (let round = 0; round < 3; round++) runs.push((await measure(side, "memory", 20_000)).perSecond!);
    all.set("memory", { perSecond: median(runs) });
  }
  if (plan.only.has("start")) all.set("start", await measureStart(side, plan.rounds));
  if (plan.only.has("reports")) all.set("reports", await measureReports(side, plan.reports, emptyMb));
  if (plan.only.has("studies")) all.set("studies", await measureStudies(side, plan.studies, plan.rounds));
  return all;
}

const PEAK = `import { readFileSync } from "node:fs";
console.log(Number(/VmHWM:\\s+(\\d+) kB/.exec(readFileSync("/proc/self/status", "utf8"))[1]) / 1024);
`;

/** One figure of each checkout. */
function figuresOf(plan: Plan): readonly (Omit<Figure, "value"> & { readonly of: readonly [string, string] })[] {
  const sized = plan.sizes.flatMap((size) => {
    const of = (key: string): readonly [string, string] => [String(size), key];
    const most = (wanted: Wanted): Pick<Figure, "wanted"> =>
      wanted[size] === undefined ? {} : { wanted: { most: wanted[size] } };
    const asked = `${size} trials: `;
    const flat = size === plan.sizes[0] ? {} : { wanted: { most: 1.2 } };
    const think = size === 100_000;
    return [
      { name: `${asked}peak of opening above an empty process`, unit: "MB", of: of("opened"), ...most(WANTED.opened) },
      { name: `${asked}the same above opening a study of none`, unit: "MB", of: of("grown") },
      { name: `${asked}with the first ask`, unit: "MB", of: of("asked") },
      { name: `${asked}file and log`, unit: "bytes a trial", of: of("bytes"), ...most(WANTED.bytes) },
      { name: `${asked}open and first ask`, unit: "s", of: of("asking"), ...most(WANTED.asking) },
      { name: `${asked}the first tell`, unit: "s", of: of("telling") },
      { name: `${asked}peak of it above the ask's`, unit: "MB", of: of("told") },
      ...SHOWS.flatMap((show) => [
        {
          name: `${asked}attune ${show}`,
          unit: "s",
          of: of(show),
          ...(show === "trials" ? {} : most(WANTED.show)),
        },
        { name: `${asked}the same, processor time`, unit: "s", of: of(`${show}, work`) },
      ]),
      { name: `${asked}ask and tell, one at a time`, unit: "us", of: of("one") },
      { name: `${asked}beside the smallest`, unit: "x", of: of("one-ratio"), ...flat },
      { name: `${asked}the same, processor time`, unit: "x", of: of("one-work") },
      { name: `${asked}ask and tell, 16 in flight`, unit: "us", of: of("flight") },
      { name: `${asked}beside the smallest`, unit: "x", of: of("flight-ratio"), ...flat },
      { name: `${asked}the same, processor time`, unit: "x", of: of("flight-work") },
      ...["tpe", "auto"].flatMap((sampler) => [
        {
          name: `${asked}${sampler}, first ask`,
          unit: "s",
          of: of(`${sampler}-first`),
          ...(think && { wanted: { most: 1 } }),
        },
        { name: `${asked}${sampler}, event loop stood still`, unit: "ms", of: of(`${sampler}-block`) },
        {
          name: `${asked}${sampler}, each later ask`,
          unit: "ms",
          of: of(`${sampler}-later`),
          ...(think && { wanted: { most: 10 } }),
        },
        { name: `${asked}${sampler}, peak above an empty process`, unit: "MB", of: of(`${sampler}-peak`) },
      ]),
    ];
  });
  return [...sized, ...otherFigures(plan)];
}

function otherFigures({ reports, studies }: Plan) {
  const whole = reports === 10_000_000;
  return [
    {
      name: "in memory, ask and tell one at a time",
      unit: "a second",
      of: ["memory", "perSecond"],
      wanted: { least: 50_000 },
    },
    { name: "attune --help beside an empty Node", unit: "x", of: ["start", "help"], wanted: { most: 1.7 } },
    { name: "the same, processor time", unit: "x", of: ["start", "help, work"] },
    { name: "attune show on 10000 trials beside it", unit: "x", of: ["start", "show"], wanted: { most: 4 } },
    { name: "the same, processor time", unit: "x", of: ["start", "show, work"] },
    {
      name: `${reports} reports: peak above an empty process`,
      unit: "MB",
      of: ["reports", "peak"],
      ...(whole && { wanted: { most: 400 } }),
    },
    { name: `${reports} reports: on disk`, unit: "MB", of: ["reports", "mb"], ...(whole && { wanted: { most: 600 } }) },
    {
      name: "a trial's 10000 reports under median, the last trials beside the first",
      unit: "x",
      of: ["reports", "growth"],
      wanted: { most: 1.2 },
    },
    { name: `${studies} studies: attune studies`, unit: "s", of: ["studies", "listing"], wanted: { most: 0.5 } },
    { name: `${studies} studies: a new run of one trial`, unit: "s", of: ["studies", "run"], wanted: { most: 0.5 } },
  ] as const;
}

/** The paces of all sizes, the checkouts in turn. */
async function addPaces(sides: readonly Side[], plan: Plan, all: readonly Map<string, Values>[]): Promise<void> {
  const runs = sides.map(() => [] as Values[]);
  const sizesOf = (k: number): readonly number[] => plan.sizes.filter((size) => all[k]!.has(String(size)));
  for (let round = 0; round < 3; round++)
    for (const [k, side] of sides.entries()) {
      const files = sizesOf(k).map((size) => path.join(side.folder, `${size}.db`));
      runs[k]!.push(await measure(side, "pace", plan.rounds, ...files));
    }
  for (const k of sides.keys())
    for (const [place, size] of sizesOf(k).entries()) {
      const middle = (name: string): number => median(runs[k]!.map((run) => run[`${name}-${place}`]!));
      const kinds = ["one", "flight"].flatMap((kind) => [kind, `${kind}-ratio`, `${kind}-work`]);
      all[k]!.set(String(size), {
        ...all[k]!.get(String(size)),
        ...Object.fromEntries(kinds.map((kind) => [kind, middle(kind)])),
      });
    }
}

async function main(): Promise<void> {
  const plan = readPlan();
  if (plan === null) {
    process.stdout.write(HELP);
    return;
  }
  await inScratchFolder(async (here) => {
    await inScratchFolder(async (there) => {
      const sides: Side[] = [{ root: HERE, folder: here, label: "here" }];
      if (plan.beside !== undefined) sides.push({ root: path.resolve(plan.beside), folder: there, label: "beside" });
      const all: Map<string, Values>[] = [];
      for (const side of sides) all.push(new Map(await measureSide(side, plan)));
      if (plan.only.has("pace")) await addPaces(sides, plan, all);
      const figures = figuresOf(plan).flatMap(({ of: [group, key], ...figure }): readonly Figure[] => {
        const value = all[0]?.get(group)?.[key];
        const old = all[1]?.get(group)?.[key];
        const note = old === undefined ? {} : { note: `beside: ${Number(old.toPrecision(3))}` };
        return value === undefined ? [] : [{ ...figure, value, ...note }];
      });
      report("scale", here, figures);
    });
  });
}

await plainly(main);
