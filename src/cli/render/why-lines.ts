import type { SuggestionWhy } from "../../sampler/suggestion-why.ts";
import type { Study, SuggestionExplanation } from "../../study/index.ts";
import type { TrialOrigin } from "../../trial/trial.ts";
import { formatNumber } from "./format-number.ts";
import { paramsLine } from "./params-line.ts";

const MEMBERS: Readonly<Record<string, string>> = {
  likely: "the model that fits the results best",
  drawn: "a model drawn from those that the results still allow, to see what the best fit may be wrong about",
};

const ORIGINS: Readonly<Record<TrialOrigin, string>> = {
  sampler: "it is older than this study's log",
  enqueued: "it was enqueued",
  imported: "it was imported",
  user: "it was given by hand",
};

/** The explanation of a suggestion in sentences. */
export function whyLines(
  explained: SuggestionExplanation,
  study: Pick<Study, "definition" | "trial">,
): readonly string[] {
  const { trial: number, sampler, why, equal } = explained;
  const trial = study.trial(number);
  const head = `trial ${number}: ${paramsLine(trial.params)}`;
  if (sampler === null) return [head, `  No sampler suggested it: ${ORIGINS[trial.origin]}.`];
  if (!equal) {
    return [head, `  ${sampler} suggests something else now from what it saw then; "attune replay" says what differs.`];
  }
  if (why === null) return [head, `  ${sampler} suggested it; it keeps no account of its reasons.`];
  const metric = study.definition.metrics[0]!;
  const came = Object.hasOwn(trial.values, metric.name) ? trial.values[metric.name]! : null;
  return [
    head,
    ...sentences(sampler, why, metric.name),
    ...(came === null ? [] : [`  It came to ${formatNumber(came)}.`]),
  ];
}

function sentences(sampler: string, why: SuggestionWhy, metric: string): readonly string[] {
  const { phase, member, trials, pending, predicted, acquisition, incumbent } = why;
  if (phase === "initial")
    return [`  ${sampler} suggested it to cover the space, before any model (${known(trials, pending)}).`];
  if (phase === "random" || predicted === null) return [`  ${sampler} drew it at random (${known(trials, pending)}).`];
  const by = member === null ? "its model" : (MEMBERS[member] ?? member);
  const lines = [
    `  ${sampler} suggested it by ${by}, made from ${known(trials, pending)}.`,
    `  Expected ${metric}: ${formatNumber(predicted.mean)}, within one standard deviation from ${formatNumber(predicted.low)} to ${formatNumber(predicted.high)}.`,
  ];
  if (incumbent !== null) lines.push(`  Best it expects of a configuration tried already: ${formatNumber(incumbent)}.`);
  if (acquisition !== null)
    lines.push(`  Logarithm of the expected improvement, in the model's own unit: ${formatNumber(acquisition, 4)}.`);
  return lines;
}

function known(trials: number, pending: number): string {
  const finished = `${trials} finished trial${trials === 1 ? "" : "s"}`;
  return pending === 0 ? finished : `${finished} and ${pending} not finished yet`;
}
