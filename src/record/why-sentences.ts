import { decisionWords } from "../analysis/field/decision-words.ts";
import { formatNumber } from "../analysis/words/format-number.ts";
import type { SuggestionWhy } from "../sampler/suggestion-why.ts";
import { jsonEqual } from "../space/index.ts";
import type { SuggestionExplanation } from "../study/index.ts";
import type { Metric } from "../trial/metric.ts";
import type { Trial, TrialOrigin } from "../trial/trial.ts";
import { failureCause } from "./failure-cause.ts";
import { samplerWords } from "./sampler-words.ts";

const MEMBERS: Readonly<Record<string, string>> = {
  likely: "the model that fits the results best",
  drawn: "a model drawn from those that the results still allow, to see what the best fit may be wrong about",
};

const MEMBERS_OF_MANY: Readonly<Record<string, string>> = {
  likely: "the models that fit the results best",
  drawn: "models drawn from those that the results still allow, to see what the best fits may be wrong about",
};

const ORIGINS: Readonly<Record<TrialOrigin, string>> = {
  sampler: "it is older than this study's log",
  enqueued: "it was enqueued",
  imported: "it was imported",
  user: "it was given by hand",
  scheduler: "the scheduler made it",
};

const USUAL_DIGITS = 6;

/** Why a trial was suggested, what its scheduler decided about it, and how it came out: a sentence each. */
export function whySentences(
  explained: SuggestionExplanation,
  trial: Trial,
  metrics: readonly Metric[],
): readonly string[] {
  const names = metrics.map(({ name }) => name);
  return [...reasons(explained, trial, metrics), ...decided(trial), ...outcome(trial, names, digitsFor(explained.why))];
}

function reasons(
  { sampler, why, equal, opaque }: SuggestionExplanation,
  trial: Trial,
  metrics: readonly Metric[],
): readonly string[] {
  const alone = suggestedAlone(trial);
  if (sampler === null) return [`No sampler suggested it: ${origin(trial)}.`, ...besides(alone)];
  if (opaque === true) return ["A program that is the sampler suggested it; it alone knows why."];
  if (!equal) return [`${sampler} suggests something else now from what it saw then: its replay says what differs.`];
  if (why !== null) return [...suggested(sampler, why, metrics), ...besides(alone)];
  if (alone.length > 0 && alone.length === Object.keys(trial.params).length)
    return [`${sampler} suggested each value alone, when the program asked for it.`];
  return [`${sampler} suggested it: ${samplerWords(sampler)}.`, ...besides(alone)];
}

/** Parameters that were not part of a whole configuration: the program asked for what was not known, or not of that range, yet. */
function suggestedAlone({ definitions = [], offered = {} }: Trial): readonly string[] {
  return definitions
    .filter(({ name, value }) => !Object.hasOwn(offered, name) || !jsonEqual(offered[name], value))
    .map(({ name }) => name);
}

function besides(alone: readonly string[]): readonly string[] {
  return alone.length === 0 ? [] : [`Suggested alone, when the program asked: ${alone.join(", ")}.`];
}

function origin({ number, configuration, origin }: Trial): string {
  return configuration === number ? ORIGINS[origin] : `it runs the configuration of trial ${configuration} again`;
}

function suggested(sampler: string, why: SuggestionWhy, metrics: readonly Metric[]): readonly string[] {
  const { phase, member, pending, predicted, acquisition, incumbent, limits } = why;
  if (phase === "model" && (metrics.length > 1 || limits !== undefined)) return suggestedByMany(sampler, why, metrics);
  const metric = metrics[0]!.name;
  if (phase === "initial") return [`${sampler} suggested it to cover the space, before any model (${known(why)}).`];
  if (phase === "random" || predicted === null) return [`${sampler} drew it at random (${known(why)}).`];
  const by = member === null ? "its model" : (MEMBERS[member] ?? member);
  const shown = (value: number) => formatNumber(value, digitsFor(why));
  const [mean, low, high] = [predicted.mean, predicted.low, predicted.high].map(shown);
  const lines = [
    `${sampler} suggested it by ${by}, knowing ${known(why)}.`,
    predicted.low < predicted.high
      ? `Expected ${metric}: ${mean}, within one standard deviation from ${low} to ${high}.`
      : `Expected ${metric}: ${mean}; the results do not differ enough to say how surely.`,
  ];
  const tried = pending === 0 ? "tried already" : "tried already or under way";
  if (incumbent !== null) lines.push(`Best it expects of a configuration ${tried}: ${shown(incumbent)}.`);
  if (acquisition !== null)
    lines.push(
      `Logarithm of the expected improvement, in the model's own unit: ${formatNumber(acquisition, 4)}, the largest it found.`,
    );
  return lines;
}

/** By models of several objectives, or within limits. */
function suggestedByMany(sampler: string, why: SuggestionWhy, metrics: readonly Metric[]): readonly string[] {
  const { member, predicted, hypervolume, limits = [] } = why;
  const by = member === null ? "its models" : (MEMBERS_OF_MANY[member] ?? member);
  const expected = why.objectives ?? (predicted === null ? {} : { [metrics[0]!.name]: predicted });
  const each = Object.entries(expected).map(
    ([name, { mean, low, high }]) =>
      `${name} ${formatNumber(mean, 4)} (${formatNumber(low, 4)} to ${formatNumber(high, 4)})`,
  );
  const chances = limits.map(({ limit, chance }) => `${percent(chance)} likely within ${limit}`);
  const added = hypervolume === undefined ? [] : [`expected to add ${formatNumber(hypervolume, 2)} to the hypervolume`];
  const worth = [...added, ...chances].join("; ");
  return [
    `${sampler} suggested it by ${by}, knowing ${known(why)}.`,
    ...(each.length === 0 ? [] : [`Expected, within one standard deviation: ${each.join(", ")}.`]),
    ...(why.preferred === undefined ? [] : [preferredWords(why.preferred)]),
    ...(each.length === 0 && metrics.length > 1 && why.preferred === undefined
      ? [`It weighed the ${metrics.length} objectives by chance.`]
      : []),
    ...(worth === "" ? [] : [`${capitalized(worth)}.`]),
  ];
}

function preferredWords(weights: Readonly<Record<string, number>>): string {
  const each = Object.entries(weights).map(([name, weight]) => `${name} ${percent(weight)}`);
  return `It looked for what is better by what was chosen of the front, which weighs ${each.join(", ")}.`;
}

/** Rounded, but never to what it is not. */
function percent(chance: number): string {
  if (chance > 0 && chance < 0.01) return "less than 1 %";
  return chance < 1 && chance > 0.99 ? "more than 99 %" : `${Math.round(100 * chance)} %`;
}

/** Significant digits with which the ends of the expected interval differ in three: a metric may be large beside what it varies by. */
function digitsFor(why: SuggestionWhy | null): number {
  if (why === null || why.predicted === null) return USUAL_DIGITS;
  const { low, high } = why.predicted;
  const digits = Math.ceil(Math.log10(Math.max(Math.abs(low), Math.abs(high)) / (high - low))) + 3;
  return Number.isFinite(digits) ? Math.min(17, Math.max(USUAL_DIGITS, digits)) : USUAL_DIGITS;
}

function known({ trials, pending }: SuggestionWhy): string {
  const results = `${trials} result${trials === 1 ? "" : "s"}`;
  return pending === 0 ? results : `${results} and ${pending} trial${pending === 1 ? "" : "s"} not finished yet`;
}

/** What its scheduler decided, oldest first. */
function decided({ decisions = [] }: Trial): readonly string[] {
  return decisions.filter(({ reason }) => reason !== "").map((decision) => `${capitalized(decisionWords(decision))}.`);
}

function capitalized(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
}

function outcome(trial: Trial, metrics: readonly string[], digits: number): readonly string[] {
  if (trial.state === "failed")
    return [`It failed: ${failureCause(trial.message ?? trial.outcome ?? "no cause given")}`];
  const known = metrics.filter((metric) => Object.hasOwn(trial.values, metric));
  if (known.length === 0) return [];
  const shown = (metric: string): string => formatNumber(trial.values[metric]!, digits);
  if (metrics.length > 1) {
    const values = known.map((metric) => `${metric} ${shown(metric)}`).join(", ");
    return [trial.state === "pruned" ? `It was stopped early at ${values}.` : `It gave ${values}.`];
  }
  const value = shown(known[0]!);
  return [trial.state === "pruned" ? `It was stopped early at ${value}.` : `It came to ${value}.`];
}
