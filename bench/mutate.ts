/**
 * Changes the code on purpose, one place at a time, and counts how often the tests of its room notice:
 *
 *     node bench/mutate.ts src/objective src/study/run.ts [--sample 400] [--without src/protocol/reader-1]
 *       [--seed 1] [--minutes 30] [--seconds 6] [--jobs 2] [--out FILE.jsonl]
 *
 * Works in copies of the tree, in memory where there is /dev/shm: most tests of storages wait for a disk. `--jobs` are at work at a time, one
 * for each processor as a rule. Each mutant is a line of the file; those there already are not run again. Without `--sample` all
 * mutants are run. On each, only tests that run its line; with `--seconds 6` only as many of the quickest as take six seconds, a lower
 * bound. Which tests those are is learned by running each test file once, and kept beside the file. A room's share of what was noticed is printed with its 95 % interval; code 1 below 80 %.
 */
import { createHash } from "node:crypto";
import {
  appendFileSync,
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
} from "node:fs";
import { availableParallelism } from "node:os";
import path from "node:path";
import { parseArgs } from "node:util";
import { AttuneError } from "../src/errors.ts";
import type { Candidate, MutantResult } from "./mutation/mutant-result.ts";
import { mutantsOf } from "./mutation/mutants-of.ts";
import { MutationBench } from "./mutation/mutation-bench.ts";
import { shareInterval } from "./mutation/share-interval.ts";
import { SharedFindings } from "./mutation/shared-findings.ts";
import { roomOf } from "./mutation/tests-of.ts";
import { plainly } from "./support/plainly.ts";
import { inScratchFolder } from "./support/scratch-folder.ts";
import { wholeNumber } from "./support/whole-number.ts";

/** Share of mutants that the tests of a room should notice. */
const WANTED = 0.8;
const MEMORY = "/dev/shm";
/** For how long slow tests go on with a mutant before it is another one's turn, in ms. */
const PATIENCE_MS = [15_000, 60_000, Number.POSITIVE_INFINITY];
const root = path.dirname(import.meta.dirname);
if (existsSync(MEMORY)) process.env.BENCH_FOLDER ??= MEMORY;
await plainly(main);

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      sample: { type: "string" },
      without: { type: "string", multiple: true, default: [] },
      seed: { type: "string", default: "1" },
      seconds: { type: "string", default: "100000" },
      minutes: { type: "string", default: "100000" },
      jobs: { type: "string", default: `${availableParallelism()}` },
      out: { type: "string", default: path.join(root, "bench", "results", "mutants.jsonl") },
    },
  });
  const sample = values.sample === undefined ? null : wholeNumber("sample", values.sample, 1);
  const most = wholeNumber("seconds", values.seconds, 1) * 1000;
  const [seed, minutes] = [wholeNumber("seed", values.seed, 0), wholeNumber("minutes", values.minutes, 1)];
  const jobs = wholeNumber("jobs", values.jobs, 1);
  const without = new Set(values.without.flatMap(sourcesIn));
  const sources = positionals.flatMap(sourcesIn).filter((file) => !without.has(file));
  const candidates = sampled(sources.flatMap(candidatesOf), sample, seed);
  const known = new Map(readResults(values.out).map((result) => [result.id, result]));
  const until = performance.now() + minutes * 60_000;
  await inScratchFolder(async (scratch) => {
    // Some tests run programs as another user.
    chmodSync(scratch, 0o755);
    const kept = `${values.out}.reach`;
    const findings = new SharedFindings(root, kept);
    const benches = Array.from({ length: jobs }, (_, job) => {
      const trees = { changed: path.join(scratch, `changed-${job}`), reached: path.join(scratch, `reached-${job}`) };
      for (const tree of Object.values(trees)) copyTree(tree);
      return new MutationBench({ root, trees, kept, most, findings });
    });
    mkdirSync(path.dirname(values.out), { recursive: true });
    const keep = (judged: Omit<MutantResult, "seed">): void => {
      const result = { ...judged, seed };
      known.set(result.id, result);
      appendFileSync(values.out, `${JSON.stringify(result)}\n`);
      const { outcome, file, line, operator, was } = result;
      process.stderr.write(`${outcome.padEnd(8)} ${file}:${line} ${operator}: ${was}\n`);
    };
    const open = candidates.filter(({ id }) => !known.has(id));
    await judgeAll(benches, open, until, keep).finally(() => Promise.all(benches.map((bench) => bench.close())));
  });
  summarize(candidates, known);
}

/** Quick tests go over all mutants first, then slow ones for so long: those that nothing notices take most of the time, and come last. */
async function judgeAll(
  benches: readonly MutationBench[],
  open: readonly Candidate[],
  until: number,
  keep: (judged: Omit<MutantResult, "seed">) => void,
): Promise<void> {
  const left = new Set(open);
  const owners = new Map<Candidate, MutationBench>();
  const passes = [
    (bench: MutationBench, candidate: Candidate) => bench.judgeQuickly(candidate),
    ...PATIENCE_MS.map((ms) => (bench: MutationBench, candidate: Candidate) => {
      owners.set(candidate, bench);
      return bench.judge(candidate, ms);
    }),
  ];
  for (const judge of passes) {
    await eachOf(benches, left, owners, until, async (bench, candidate) => {
      const judged = await judge(bench, candidate);
      if (judged === null) return;
      left.delete(candidate);
      keep(judged);
    });
  }
}

/** Each bench takes the next candidate once it is done with one, but none that another one has begun. */
async function eachOf(
  benches: readonly MutationBench[],
  candidates: ReadonlySet<Candidate>,
  owners: ReadonlyMap<Candidate, MutationBench>,
  until: number,
  work: (bench: MutationBench, candidate: Candidate) => Promise<void>,
): Promise<void> {
  const rest = new Set(candidates);
  const nextOf = (bench: MutationBench): Candidate | undefined =>
    [...rest].find((candidate) => (owners.get(candidate) ?? bench) === bench);
  await Promise.all(
    benches.map(async (bench) => {
      for (let next = nextOf(bench); next !== undefined; next = nextOf(bench)) {
        if (performance.now() > until) return;
        rest.delete(next);
        await work(bench, next);
      }
    }),
  );
}

function sourcesIn(given: string): readonly string[] {
  const full = path.resolve(given);
  const relative = path.relative(root, full).split(path.sep).join("/");
  if (!existsSync(full) || !relative.startsWith("src"))
    throw new AttuneError("invalid-argument", `${given} is no file or folder of src; give some of these.`);
  if (!statSync(full).isDirectory()) return [relative];
  const names = readdirSync(full, { recursive: true, encoding: "utf8" }).sort();
  const sources = names.filter(
    (name) => name.endsWith(".ts") && !/\.(test|testing|contract|properties\.test|browser)\.ts$/.test(name),
  );
  return sources.map((name) => path.posix.join(relative, name.split(path.sep).join("/")));
}

function candidatesOf(file: string): readonly Candidate[] {
  const text = readFileSync(path.join(root, file), "utf8");
  return mutantsOf(text).map((mutant) => ({ ...mutant, file, id: digest([file, text, mutant]) }));
}

/** Drawn without order of the files: the first of a larger sample are those of a smaller one. */
function sampled(all: readonly Candidate[], count: number | null, seed: number): readonly Candidate[] {
  if (count === null) return all;
  const keyed = all.map((candidate) => ({ candidate, key: digest([seed, candidate.id]) }));
  return keyed
    .sort((a, b) => (a.key < b.key ? -1 : 1))
    .slice(0, count)
    .map(({ candidate }) => candidate);
}

function digest(parts: readonly unknown[]): string {
  return createHash("sha256").update(JSON.stringify(parts)).digest("hex").slice(0, 16);
}

function readResults(file: string): readonly MutantResult[] {
  if (!existsSync(file)) return [];
  const lines = readFileSync(file, "utf8")
    .split("\n")
    .filter((line) => line !== "");
  return lines.map((line) => JSON.parse(line) as MutantResult);
}

/** All that tests read, but for what they do not change. */
function copyTree(tree: string): void {
  mkdirSync(tree);
  const linked = ["node_modules", "dist"].filter((name) => existsSync(path.join(root, name)));
  for (const name of readdirSync(root)) {
    if (linked.includes(name)) symlinkSync(path.join(root, name), path.join(tree, name));
    else if (!name.startsWith(".")) cpSync(path.join(root, name), path.join(tree, name), { recursive: true });
  }
  mkdirSync(path.join(tree, "tmp"));
  for (const folder of [tree, path.join(tree, "tmp")]) chmodSync(folder, 0o1777);
}

/** Those that are not judged yet count as not noticed, for those that tests notice are judged sooner. */
function summarize(candidates: readonly Candidate[], known: ReadonlyMap<string, MutantResult>): void {
  for (const [room, ofRoom] of Map.groupBy(candidates, ({ file }) => roomOf(file) || file)) {
    const outcomes = ofRoom.flatMap(({ id }) => known.get(id)?.outcome ?? []);
    const noticed = outcomes.filter((outcome) => outcome === "killed" || outcome === "timeout").length;
    const [low, high] = shareInterval(noticed, ofRoom.length).map((share) => Math.round(100 * share));
    const share = noticed / ofRoom.length;
    const left = ofRoom.length - outcomes.length;
    const more = left === 0 ? "" : `; ${left} not judged yet, the same command goes on`;
    console.log(
      `${room}: ${noticed} of ${ofRoom.length} noticed, ${Math.round(100 * share)} % (${low} to ${high} %)${more}`,
    );
    if (share < WANTED) process.exitCode = 1;
  }
}
