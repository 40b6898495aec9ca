import type { FailurePattern, SameValue, SilentScheduler, StudyJudgements } from "../../analysis/index.ts";
import { formatNumber } from "./format-number.ts";
import { formatValue } from "./format-value.ts";

/** What is odd about a study, a sentence each; the ends of ranges, which only a finished run has, are not among them. */
export function judgementSentences(judgements: StudyJudgements): readonly string[] {
  const { sameValue, silentScheduler, failurePatterns } = judgements;
  return [
    ...(sameValue === null ? [] : [sameValueSentence(sameValue)]),
    ...(silentScheduler === null ? [] : [silentSentence(silentScheduler)]),
    ...failurePatterns.map(patternSentence),
  ];
}

function sameValueSentence({ metric, value, trials, configurations }: SameValue): string {
  return (
    `all ${trials} complete trials ended with ${metric} ${formatNumber(value)}, though ${configurations} different configurations were tried: ` +
    "the program does not use its parameters, or this is not the number that is meant"
  );
}

function silentSentence({ scheduler, trials }: SilentScheduler): string {
  return (
    `the ${scheduler} scheduler has nothing to judge by: none of ${trials} trials reported a value before its last; ` +
    "let the program print its metric as it goes on, or leave the scheduler out"
  );
}

function patternSentence(pattern: FailurePattern): string {
  const { failures, last, successes, successesWith } = pattern;
  const which = `all ${failures} failures${failures > 3 ? ` (such as trial ${last})` : ` (the newest is trial ${last})`}`;
  const others =
    successesWith === 0
      ? `none of the ${successes} trials that ended well does`
      : `only ${successesWith} of the ${successes} trials that ended well ${successesWith === 1 ? "does" : "do"}`;
  return `${which} have ${valueWords(pattern)}; ${others}`;
}

function valueWords({ parameter, relation, value }: FailurePattern): string {
  if (relation === "equal") return `${parameter} = ${formatValue(value)}`;
  return `${parameter} ${relation === "at-least" ? ">=" : "<="} ${formatValue(value)}`;
}
