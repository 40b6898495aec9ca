import { plainText } from "../protocol/read-metric-line.ts";
import { readPattern } from "../protocol/read-pattern.ts";
import { compilePattern } from "./compile-pattern.ts";
import { type Proposal, proposeNames } from "./propose-names.ts";
import { meaningOf, namePoints, rankMetrics, summaryLines, wordsOf } from "./rank-metrics.ts";
import {
  type MetricPlace,
  metricPlace,
  type ReadMetric,
  type ReadName,
  readBy,
  readName,
  type UnreadNumber,
} from "./read-one-metric.ts";

/** A metric in what a program printed, by a name that may be tuned. */
export interface FoundMetric extends ReadMetric, MetricPlace {
  /** For one that is not read by its name: why, and the expression that reads it. */
  readonly unread?: UnreadNumber;
}

/** What was put into a program, so that it may print it back. */
export interface GivenNames {
  /** The study's parameters. */
  readonly parameters: readonly string[];
  /** Values by the names of options and other words of the command (`--eval-iters 20`, `lr=0.1`). */
  readonly settings: ReadonlyMap<string, string>;
}

/** Bytes read for all names together, and names that are tried whatever that comes to. */
const BUDGET = 25_000_000;
const LEAST_NAMES = 8;
const MOST_NAMES = 600;
/** Metrics of which the lines are looked for; more are never meant. */
const MOST_PLACED = 40;
/** Of numbers that only an expression reads. */
const MOST_UNREAD = 10;

/**
 * Looks for everything that could be a metric in a program's whole output: proposes names by the forms that programs print, and lists
 * those that the reader of a run finds, the likeliest objective first. What only repeats settings is left out.
 *
 * @param asked - names that are looked for whatever they look like.
 */
export function findMetrics(output: Buffer, given: GivenNames, asked: readonly string[] = []): readonly FoundMetric[] {
  const proposals = proposeNames(outputText(output)).filter((names) => isPossible(names, given));
  const room = Math.max(LEAST_NAMES, Math.min(MOST_NAMES, Math.floor(BUDGET / Math.max(1, output.length))));
  const likely = proposals.length > room ? likeliestNames(proposals, room) : proposals;
  const read = new Map<string, ReadName>();
  const ask = (name: string): readonly ReadMetric[] => {
    const known = read.get(name) ?? readName(output, name);
    read.set(name, known);
    return known.metrics;
  };
  const found = new Map<string, ReadMetric>();
  const add = (metric: ReadMetric): void => {
    const words = wordsOf(metric.name) || metric.name;
    const before = found.get(words);
    if (before === undefined || (before.times < metric.times && !asked.includes(before.name))) found.set(words, metric);
  };
  for (const name of asked) ask(name).forEach(add);
  for (const names of likely) bestOf(names, ask).forEach(add);
  const weight = ({ name, varies }: ReadMetric): number =>
    asked.includes(name) ? 100 : namePoints(name) + (varies ? 2 : 0);
  const likeliest = [...found.values()].sort((a, b) => weight(b) - weight(a)).slice(0, MOST_PLACED);
  const placed = likeliest.map((metric) => ({ ...metric, ...metricPlace(output, metric) }));
  const own = placed.filter((one) => asked.includes(one.name) || !placed.some((other) => isWholeOf(other, one)));
  const unread = unreadMetrics(output, [asked, ...likely], read);
  return rankMetrics([...own, ...unread], given, { asked, summary: summaryLines(output) });
}

/** Of proposals of which nothing was read, the first name with a number that an expression reads. */
function unreadMetrics(
  output: Buffer,
  proposals: readonly Proposal[],
  read: ReadonlyMap<string, ReadName>,
): readonly FoundMetric[] {
  const found = new Map<string, FoundMetric>();
  let lines: readonly string[] | null = null;
  for (const names of proposals) {
    if (names.some((name) => read.get(name)?.metrics.length !== 0)) continue;
    const name = names.find((one) => read.get(one)?.offered != null && meaningOf(one).kind !== "unknown");
    if (name === undefined || found.has(wordsOf(name)) || found.size >= MOST_UNREAD) continue;
    lines ??= output.toString("utf8").split("\n");
    const metric = unreadMetric(lines, output, name, read.get(name)!.offered!);
    if (metric !== null) found.set(wordsOf(name), metric);
  }
  return [...found.values()];
}

/**
 * The first of a number's names that is found; a later one that has the same value more often is the better name for it. Where all are
 * of several parts, the parts of the first.
 */
function bestOf(names: Proposal, ask: (name: string) => readonly ReadMetric[]): readonly ReadMetric[] {
  let best: ReadMetric | null = null;
  let parts: readonly ReadMetric[] = [];
  for (const name of names) {
    const all = ask(name);
    const found = all.find((one) => one.name === name);
    if (parts.length === 0) parts = all;
    if (found === undefined) continue;
    if (best === null) best = found;
    else if (Object.is(found.value, best.value) && found.times > best.times && isLong(best.name)) best = found;
  }
  return best === null ? parts : [best];
}

/**
 * True where one name is a part of the other, and both come from the same place: `loss` of `average loss`, `Time (s)` besides `Time`.
 */
function isWholeOf(whole: FoundMetric, part: FoundMetric): boolean {
  const same = whole.line === part.line && Object.is(whole.value, part.value) && whole.times >= part.times;
  if (same && part.name.startsWith(`${whole.name} (`)) return true;
  const [long, short] = [whole.name.toLowerCase(), part.name.toLowerCase()];
  return same && long.endsWith(` ${short}`) && part.text.toLowerCase().split(short).length === 2;
}

/** True for what is rather a sentence than a name. */
function isLong(name: string): boolean {
  return name.split(" ").length > 4;
}

/** Steps, rates of learning and their like are no metrics, and neither are the parameters themselves. */
function isPossible([name]: Proposal, { parameters }: GivenNames): boolean {
  if (name === undefined) return false;
  const { kind } = meaningOf(name);
  if (kind === "setting") return false;
  const words = wordsOf(name);
  return kind === "objective" || kind === "part" || !parameters.some((parameter) => wordsOf(parameter) === words);
}

function likeliestNames(proposals: readonly Proposal[], room: number): readonly Proposal[] {
  const weight = (names: Proposal): number => {
    const { kind } = meaningOf(names[0]!);
    return ["objective", "part", "speed", "expense"].indexOf(kind) + 1 || 5;
  };
  const ordered = [...proposals].sort((a, b) => weight(a) - weight(b));
  return ordered.slice(0, room);
}

/** Of a long output the beginning and the end are looked through for names. */
const HEAD = 262_144;
const TAIL = 786_432;
/** Of a longer line the end. */
const SHOWN_LINE = 4_096;

/**
 * The lines of an output as a reader sees them, in order: without colours and blanks at the end; a line painted over with
 * carriage returns is one line for each painting. Of more than a megabyte only the beginning and the end.
 */
function outputText(output: Buffer): readonly string[] {
  const parts = output.length <= HEAD + TAIL ? [output] : [output.subarray(0, HEAD), output.subarray(-TAIL)];
  return parts.flatMap((part) =>
    plainText(part.toString("utf8"))
      .split(/[\r\n]+/)
      .map((line) => line.slice(-SHOWN_LINE).trimEnd()),
  );
}

/**
 * A number that a run reads by an expression alone: what it reads of the whole output, by what reads it in a run, and the last line
 * that it is from. Null where the expression finds no number.
 */
function unreadMetric(
  lines: readonly string[],
  output: Buffer,
  name: string,
  unread: UnreadNumber,
): FoundMetric | null {
  const pattern = compilePattern(name, unread.expression);
  const { metric } = readBy(output, { metrics: [name], patterns: [pattern], gathers: false });
  if (metric === null) return null;
  const isOn = (line: string): boolean => {
    const read = line.length > MAX_LINE ? null : readPattern(pattern, plainText(line));
    return read !== null && "value" in read && Object.is(read.value, metric.value);
  };
  const last = lines.findLastIndex((line) => isOn(line));
  return last < 0 ? null : { ...metric, first: last + 1, line: last + 1, text: lines[last]!.trim(), unread };
}

const MAX_LINE = 100_000;
