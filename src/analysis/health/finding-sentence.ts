import { formatDuration } from "../words/format-duration.ts";
import { formatNumber } from "../words/format-number.ts";
import { formatValue } from "../words/format-value.ts";
import type { Duplicates } from "./duplicates.ts";
import type { FailurePattern } from "./failure-pattern.ts";
import type { HealthFinding, HealthKind } from "./health-finding.ts";
import type { IdleWorkers } from "./idle-workers.ts";
import type { LoudNoise } from "./loud-noise.ts";
import type { Plateau } from "./plateau.ts";
import type { SameValue } from "./same-value.ts";
import type { SilentScheduler } from "./silent-scheduler.ts";
import type { EdgeFinding } from "./space-edges.ts";

type DataOf<Kind extends HealthKind> = Extract<HealthFinding, { readonly kind: Kind }>["data"];

const SENTENCES: { readonly [Kind in HealthKind]: (data: DataOf<Kind>) => string } = {
  "same-value": sameValueSentence,
  "silent-scheduler": silentSentence,
  failures: patternSentence,
  noise: noiseSentence,
  "idle-workers": idleSentence,
  edge: edgeSentence,
  duplicates: duplicatesSentence,
  plateau: plateauSentence,
};

/** What was found, in a sentence without a full stop. */
export function findingSentence<Kind extends HealthKind>(kind: Kind, data: DataOf<Kind>): string {
  return SENTENCES[kind](data);
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
  const { failures, of, last, successes, successesWith } = pattern;
  const count = of === undefined ? `all ${failures} failures` : `${failures} of ${of} failures`;
  const which = `${count}${failures > 3 ? ` (such as trial ${last})` : ` (the newest is trial ${last})`}`;
  const others =
    successesWith === 0
      ? `none of the ${successes} trials that ended well does`
      : `only ${successesWith} of the ${successes} trials that ended well ${successesWith === 1 ? "does" : "do"}`;
  const values = [pattern, pattern.and].flatMap((one) => (one === undefined ? [] : [valueWords(one)])).join(" and ");
  return `${which} have ${values}; ${others}`;
}

function valueWords({ parameter, relation, value }: Pick<FailurePattern, "parameter" | "relation" | "value">): string {
  if (relation === "equal") return `${parameter} = ${formatValue(value)}`;
  return `${parameter} ${relation === "at-least" ? ">=" : "<="} ${formatValue(value)}`;
}

function noiseSentence({ metric, noise, effect, repeated, runs, configurations }: LoudNoise): string {
  const differ =
    effect === 0
      ? `the first ${configurations} configurations differ by no more than that`
      : `the first ${configurations} configurations differ by ± ${formatNumber(effect, 2)}`;
  return (
    `runs of one configuration vary by ± ${formatNumber(noise, 2)} in ${metric} (${runs} runs of ${repeated}), and ${differ}: ` +
    "one run tells chance rather than merit"
  );
}

function idleSentence({ workers, attempts, busy, attemptSeconds, waitSeconds }: IdleWorkers): string {
  const whose = workers === 1 ? "the worker was" : `the ${workers} workers were`;
  return (
    `${whose} busy for ${formatNumber(100 * busy, 2)} % of the time of the last ${attempts} attempts: one takes ${formatDuration(attemptSeconds)}, ` +
    `and the next begins ${formatDuration(waitSeconds)} later`
  );
}

function edgeSentence({ parameter, value, side, bound, listed, wider, best, there }: EdgeFinding): string {
  const own = `${parameter} = ${formatValue(value)}`;
  const others = best === 1 ? "" : `, as in ${there} of the best ${best}`;
  if (listed)
    return `${own} is the ${side === "low" ? "first" : "last"} of its values${others}: one beyond may be better`;
  const end = `the ${side} end of its range`;
  const where = value === bound ? `at ${end}` : `near ${end}, ${formatValue(bound)}`;
  const beyond = wider === null ? "likely its natural bound" : "better values may lie beyond";
  return `${own} lies ${where}${others}: ${beyond}`;
}

function duplicatesSentence({ trials, repeated, last, first }: Duplicates): string {
  return `${repeated} of ${trials} suggested trials ran what had been run before (such as trial ${last}, the same as trial ${first})`;
}

function plateauSentence({ trials, since, last, gained }: Plateau): string {
  const brought = `the last ${since} of ${trials} complete trials brought`;
  if (gained === null) return `${brought} nothing to the front; the newest there is trial ${last}`;
  const what =
    gained.since === 0
      ? "nothing better"
      : `${formatNumber(gained.since, 2)} of the ${formatNumber(gained.before + gained.since, 3)} gained in all`;
  return `${brought} ${what} (since trial ${last})`;
}
