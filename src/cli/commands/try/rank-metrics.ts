import type { Direction } from "../../../trial/metric.ts";
import type { FoundMetric, GivenNames } from "./find-metrics.ts";
import { isUsual, meaningOf, wordsOf } from "./metric-words.ts";

interface RankOptions {
  readonly asked?: readonly string[];
  /** Where the output has a summary: what stands there comes before what stands elsewhere. */
  readonly summary?: SummaryLines | null;
}

/** Points by the kind of a name. */
const KINDS = { objective: 6, part: 5, speed: 3, expense: 1.5, statistic: 0.5, unknown: 0, setting: -6 } as const;
/** Fewer points than these are no metric's. */
const LEAST = -3;

/**
 * Puts the likeliest objective first: names that measure how well it went before names that measure what it took, held-out data
 * before training data, what changes from step to step before what was said once. What was put in and came back unchanged
 * (`eval_iters` of a command that gives it, a list of settings before the first step) is left out, unless it was asked for.
 */
export function rankMetrics(
  found: readonly FoundMetric[],
  given: GivenNames,
  { asked = [], summary = null }: RankOptions = {},
): readonly FoundMetric[] {
  const results = found.filter(({ name }) => ["objective", "part"].includes(meaningOf(name).kind));
  const changing = results.filter(({ name, varies }) => varies && !meaningOf(name).aside);
  const begun = changing.length === 0 ? 0 : Math.min(...changing.map(({ first }) => first));
  const last = Math.max(...(changing.length === 0 ? found : changing).map(({ line }) => line));
  const late = changing.length === 0 ? last * 0.7 : last;
  const points = new Map(
    found.map((metric) => [metric, pointsOf(metric, late, begun) + summaryPoints(metric, summary)]),
  );
  const isKept = (metric: FoundMetric): boolean =>
    points.get(metric)! >= LEAST && !isRepeated(metric, given) && !isProgress(metric) && !isSaidBeside(metric);
  const kept = found.filter((metric) => asked.includes(metric.name) || isKept(metric));
  return kept.sort((a, b) => points.get(b)! - points.get(a)! || b.line - a.line);
}

/** What a whole run took, and counts of all that went in. */
const OF_RUN = /(?<!\p{L})(?:total|elapsed|taken|took|used|cpu|wall|wall ?clock|real|user|sys)(?!\p{L})/u;
/** Of the state before anything was done. */
const BEFORE = /(?<!\p{L})(?:initial|start\w*|previous|prev|old|baseline)(?!\p{L})/u;

/** Points for what a name says alone. */
export function namePoints(name: string): number {
  const { kind, heldOut, training, aside } = meaningOf(name);
  const long = kind === "unknown" ? Math.max(0, name.split(" ").length - 3) : 0;
  const words = wordsOf(name);
  const result = kind === "objective" || kind === "part";
  const besides = (aside ? 2 : 0) + (BEFORE.test(words) ? 2 : 0) + (!result && OF_RUN.test(words) ? 3 : 0);
  const usual = isUsual(name) ? 0.25 : 0;
  return KINDS[kind] + usual + (heldOut ? 2 : 0) - (training ? 1.5 : 0) - besides - Math.min(3, long);
}

/** `late`: what is said once behind this line is a result; `begun`: the line of the first step. */
function pointsOf({ name, value, varies, line, unread }: FoundMetric, late: number, begun: number): number {
  let points = namePoints(name) - (unread === undefined ? 0 : 0.5);
  // A loss of no said data is the training's; what is said once at the end was mostly measured to be judged by.
  const ofTraining = /loss/i.test(name) && !meaningOf(name).heldOut;
  if (varies) points += ofTraining ? 1 : 2;
  else if (line > late && namePoints(name) > -1) points += 1;
  // Said before the first step and never again: most likely how the program was set up.
  if (!varies && line < begun) points -= meaningOf(name).kind === "objective" ? 3 : 6;
  // Nothing failed, nothing was missed: there is nothing to make better.
  if (value === 0 && !varies) points -= 6;
  return Number.isInteger(value) ? points : points + 0.5;
}

function summaryPoints({ line, varies }: FoundMetric, summary: SummaryLines | null): number {
  if (summary === null || varies) return 0;
  return line >= summary.first && line <= summary.last ? 2 : -2;
}

/** True for what a line only says it was done at, `at quality 3.00`, and for the year of a paper, `Doe J (2015)`. */
function isSaidBeside({ name, value, varies, text }: FoundMetric): boolean {
  const year = Number.isInteger(value) && value >= 1900 && value < 2100;
  if (year && text.includes(`${name} (${value})`)) return true;
  const words = /^(?:at|using)\s+(.*)$/i.exec(text)?.[1];
  return !varies && words?.toLowerCase().startsWith(name.toLowerCase()) === true;
}

/** True for a value that was put in and came back. */
function isRepeated({ name, value, varies }: FoundMetric, { settings, parameters }: GivenNames): boolean {
  if (varies) return false;
  const words = wordsOf(name);
  for (const [setting, text] of settings) {
    if (wordsOf(setting) === words && Number(text) === value) return true;
  }
  return parameters.some((parameter) => wordsOf(parameter) === words);
}

/** True for a number that says how far a program is, and not how well it went: `Reading input: 100%`, `shards 3/10`. */
function isProgress({ name, value, varies, rises, text }: FoundMetric): boolean {
  const { kind } = meaningOf(name);
  if (kind === "objective" || kind === "part" || !rises) return false;
  const at = text.toLowerCase().lastIndexOf(name.toLowerCase());
  const behind = at < 0 ? "" : text.slice(at + name.length);
  const [, number, sign] = /^["'\])\s]*[:=]?[\s[(]*([-+]?[\d.]+)\s*(%|\/\s*\d)?/.exec(behind) ?? [];
  if (sign === undefined || Number(number) !== value) return false;
  return sign === "%" ? value === 100 || (varies && value <= 100 && Number.isInteger(value)) : Number.isInteger(value);
}

/** Lines of an output, numbered from 1, that stand under a heading such as `=== Summary ===`, both ends included. */
interface SummaryLines {
  readonly first: number;
  readonly last: number;
}

const SUMMARY =
  /^\s*(?:[=#*~<>[─━-]+\s*)?(?:(?:final|overall|test|run|training|evaluation)\s+)?(?:summary|results?)(?:\s*[=#*~<>\]─━-]+|\s*:)?\s*$/i;
/** A heading that is set off: `=== Adapter 1 ===`, `# Details`. */
const HEADING = /^\s*(?:([=*~─━-])\1{1,}\s*\p{L}.{0,60}?\s*\1{2,}|#{1,4}\s+\p{L}.{0,60})\s*$/u;

/** Where the last summary of an output stands: from its heading to the next one. Null when it has none with a number in it. */
export function summaryLines(output: Buffer): SummaryLines | null {
  const lines = output.toString("latin1").split("\n");
  const head = lines.findLastIndex((line) => line.length < 100 && SUMMARY.test(line));
  if (head < 0) return null;
  const next = lines.findIndex((line, index) => index > head + 1 && line.length < 100 && HEADING.test(line));
  const end = next < 0 ? lines.length : next;
  return lines.slice(head + 1, end).some((line) => /\d/.test(line)) ? { first: head + 2, last: end } : null;
}

/** The metric most likely meant, and whether its name tells which way is better. */
export interface LikelyMetric {
  readonly name: string;
  readonly direction: Direction;
  readonly sure: boolean;
}

/** The first of metrics in order of likelihood; small is taken for good where no word of its name says otherwise. */
export function likelyMetric(ranked: readonly { readonly name: string }[]): LikelyMetric | null {
  const [first] = ranked;
  if (first === undefined) return null;
  const { direction } = meaningOf(first.name);
  return { name: first.name, direction: direction ?? "minimize", sure: direction !== null };
}
