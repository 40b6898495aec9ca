import type { FoundMetric, GivenNames } from "./find-metrics.ts";
import { meaningOf, wordsOf } from "./metric-words.ts";

/** Points by the kind of a name. */
const KINDS = { objective: 6, part: 5, speed: 3, expense: 2, statistic: 0.5, unknown: 0, setting: -6 } as const;
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
  asked: readonly string[] = [],
): readonly FoundMetric[] {
  const results = found.filter(({ name }) => ["objective", "part"].includes(meaningOf(name).kind));
  const changing = results.filter(({ name, varies }) => varies && !meaningOf(name).aside);
  const begun = changing.length === 0 ? 0 : Math.min(...changing.map(({ first }) => first));
  const last = Math.max(...(changing.length === 0 ? found : changing).map(({ line }) => line));
  const late = changing.length === 0 ? last * 0.7 : last;
  const points = new Map(found.map((metric) => [metric, pointsOf(metric, late, begun)]));
  const kept = found.filter(
    (metric) => asked.includes(metric.name) || (points.get(metric)! >= LEAST && !isRepeated(metric, given)),
  );
  return kept.sort((a, b) => points.get(b)! - points.get(a)! || b.line - a.line);
}

/** The measures most often tuned come before others that say as much. */
const USUAL =
  /(?<!\p{L})(?:loss|acc|accuracy|f1|auc|rmse|mae|mse|error|score|perplexity|ppl|bleu|rewards?|returns?|objective|cost)(?!\p{L})/u;

/** Points for what a name says alone. */
export function namePoints(name: string): number {
  const { kind, heldOut, training, aside } = meaningOf(name);
  const words = kind === "unknown" ? name.split(" ").length - 1 : 0;
  const usual = USUAL.test(wordsOf(name)) ? 0.25 : 0;
  return KINDS[kind] + usual + (heldOut ? 2 : 0) - (training ? 1.5 : 0) - (aside ? 2 : 0) - Math.min(3, words);
}

/** `late`: what is said once behind this line is a result; `begun`: the line of the first step. */
function pointsOf({ name, value, varies, line }: FoundMetric, late: number, begun: number): number {
  let points = namePoints(name);
  // A loss of no said data is the training's; what is said once at the end was mostly measured to be judged by.
  const ofTraining = /loss/i.test(name) && !meaningOf(name).heldOut;
  if (varies) points += ofTraining ? 1 : 2;
  else if (line > late) points += 1;
  // Said before the first step and never again: most likely how the program was set up.
  if (!varies && line < begun) points -= meaningOf(name).kind === "objective" ? 3 : 6;
  // Nothing failed, nothing was missed: there is nothing to make better.
  if (value === 0 && !varies) points -= 4;
  return Number.isInteger(value) ? points : points + 0.5;
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
