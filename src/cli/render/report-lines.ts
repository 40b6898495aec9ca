import type {
  EdgeValue,
  FailureGroup,
  FailurePattern,
  HeldOutStanding,
  Rival,
  SameValue,
  SilentScheduler,
  StudyJudgements,
  StudyReport,
  Winner,
} from "../../analysis/index.ts";
import { formatDuration } from "../../analysis/words/format-duration.ts";
import { formatNumber } from "../../analysis/words/format-number.ts";
import { formatValue } from "../../analysis/words/format-value.ts";
import type { Preference } from "../../objective/index.ts";
import { quoteWord } from "../../protocol/shell-quote.ts";
import { failureCause } from "../../record/failure-cause.ts";
import { hasValues } from "../../study/has-values.ts";
import type { StudyReader } from "../../study/study-reader.ts";
import { writingOf } from "../../study/writing.ts";
import type { Metric } from "../../trial/metric.ts";
import type { Outcome } from "../../trial/trial.ts";
import { widerSpaceCommand } from "../study/winning-command.ts";
import { frontLines, pointTable } from "./front-lines.ts";
import { goalLines } from "./goal-lines.ts";
import { label } from "./label.ts";
import type { Paint } from "./text.ts";
import { outcomeWords, roleWords } from "./words.ts";

/** Causes of failure shown at most. */
const CAUSES = 5;

/**
 * Everything a study's report says in lines: winner and lead or the front, failures, `notes` about it, how to run it again. A table is
 * cut to `width` columns. Of a front the point is named that `preference` chooses.
 */
export function reportLines(
  report: StudyReport,
  command: string | null,
  paint: Paint,
  notes: readonly string[] = [],
  width = 100,
  preference: Preference | null = null,
): readonly string[] {
  const { winner, metrics } = report;
  const head =
    metrics.length > 1
      ? manyLines(report, width, preference)
      : winner === null
        ? [noWinner("best", report)]
        : winnerLines(winner, report, paint);
  const isKept = winner !== null && winner.limits?.feasible !== false;
  const again = !isKept || command === null ? [] : ["", "run the winner again:", `  ${command}`];
  return [...head, ...timeLines(report), ...failureLines(report, paint), ...notes, ...again];
}

function winnerLines(winner: Winner, report: StudyReport, paint: Paint): readonly string[] {
  const names = Object.keys(winner.params);
  const width = Math.max(0, ...names.map((name) => name.length));
  const metricWords = (name: string): string => `${name} ${formatNumber(winner.values[name] ?? "NaN")}`;
  const tuned = report.metrics.map(({ name }) => name);
  const values = tuned.map(metricWords).join("  ");
  const kept = Object.keys(winner.values).filter((name) => !tuned.includes(name));
  const spread = winner.uncertainty === null ? "" : ` ± ${formatNumber(winner.uncertainty, 2)}`;
  const isKept = winner.limits?.feasible !== false;
  const times = winner.replicates === 1 ? "one run" : `mean of ${winner.replicates} runs`;
  return [
    `${label(isKept ? "best" : "nearest")}${paint.bold(values + spread)}  trial ${winner.number}, ${times}`,
    ...names.map((name) => `  ${name.padEnd(width)}  ${formatValue(winner.params[name] ?? null)}`),
    ...(kept.length === 0 ? [] : [`${label("kept")}${kept.map(metricWords).join("  ")}`]),
    ...limitLines(winner, report),
    ...(isKept ? leadLines(winner, report) : []),
    ...aheadLines(report),
    ...goalLines(report),
  ];
}

function limitLines({ limits: standing }: Winner, { limits }: StudyReport): readonly string[] {
  if (standing === undefined) return [];
  if (standing.feasible) return [`${label("limits")}${limits.join(", ")}: kept`];
  return [
    `${label("limits")}no configuration keeps them all, the search looks for one; this one breaks ${standing.broken.join(", ")}`,
  ];
}

/** What several objectives have come to. */
function manyLines(report: StudyReport, width: number, preference: Preference | null): readonly string[] {
  const { front, nearest, limits, metrics } = report;
  const limitLine = limits.length === 0 ? [] : [`${label("limits")}${limits.join(", ")}`];
  if (front.length > 0) return [...frontLines(report, width, preference), ...limitLine, ...goalLines(report)];
  if (nearest === null) return [noWinner("front", report), ...limitLine];
  const broken = nearest.limits?.broken.join(", ") ?? "";
  const least = `the search looks for one; trial ${nearest.number} breaks them least (${broken})`;
  return [
    `${label("front")}none: no configuration keeps the limits; ${least}`,
    ...pointTable([nearest], metrics, width),
    ...limitLine,
  ];
}

function leadLines(winner: Winner, { defaultTrial, hasDefaults }: StudyReport): readonly string[] {
  const { runnerUp, default: defaults } = winner;
  const lines: string[] = [];
  if (runnerUp === null) lines.push(`${label("lead")}none yet: no other configuration has a value`);
  else lines.push(`${label("lead")}${leadWords(runnerUp, "the next")}; ${trust(winner, runnerUp)}`);
  lines.push(...candidateLines(winner));
  if (defaults === null)
    return hasDefaults ? [...lines, `${label("default")}${untried(defaultTrial)}, so no lead over it is known`] : lines;
  const own = defaults.number === winner.number;
  return [
    ...lines,
    `${label("default")}${own ? "the defaults are the best so far" : leadWords(defaults, "the defaults")}`,
  ];
}

/** A better mean that is not believed yet; "best" stays with what more runs speak for. */
function candidateLines({ candidate }: Winner): readonly string[] {
  if (candidate === null) return [];
  const { number, value, replicates } = candidate;
  const runs = replicates === 1 ? "one run" : `the mean of ${replicates} runs`;
  const had = `trial ${number} has ${formatNumber(value)} in ${runs}, which may be luck`;
  return [
    `${label("confirm")}${had}: ${formatNumber(candidate.expected, 3)} is expected of another; attune confirm tells`,
  ];
}

/** Why the defaults have no value to compare with. */
function untried(trial: StudyReport["defaultTrial"]): string {
  if (trial === null) return "not tried";
  const { number, state, broken } = trial;
  if (broken !== undefined) return `break ${broken.join(", ")} (trial ${number})`;
  if (state === "failed") return `failed (trial ${number})`;
  if (state === "pruned") return `stopped early (trial ${number})`;
  return state === "complete" ? `without a finite value (trial ${number})` : `${state} (trial ${number})`;
}

function leadWords(rival: Rival, than: string): string {
  const place = `(trial ${rival.number}: ${formatNumber(rival.value)})`;
  if (rival.lead === 0) return `as good as ${than} ${place}`;
  const spread = rival.leadUncertainty === null ? "" : ` ± ${formatNumber(rival.leadUncertainty, 2)}`;
  const size = formatNumber(Math.abs(rival.lead), 3);
  return `${size}${spread} ${rival.lead > 0 ? "better" : "worse"} than ${than} ${place}`;
}

/** How far the lead can be trusted, as far as the runs made tell. */
function trust(winner: Winner, { leadInterval, replicates }: Rival): string {
  if (leadInterval === null) {
    const runs = `${winner.replicates} ${winner.replicates === 1 ? "run" : "runs"} against ${replicates}`;
    return `${winner.replicates + replicates === 2 ? "one run each" : runs}, luck is not ruled out`;
  }
  const { low, high } = leadInterval;
  const range = `${formatNumber(low, 2)} to ${formatNumber(high, 2)} with 95 % confidence`;
  return `${low > 0 ? "more than chance" : "may be chance"}: ${range}`;
}

function noWinner(word: "best" | "front", { counts, worthless, metrics, costs }: StudyReport): string {
  const part = counts.complete === 0 ? notInFull(costs, metrics) : null;
  if (part !== null) return `${label(word)}none yet: ${part}`;
  const value = metrics.length === 1 ? "a finite value" : "a finite value of each objective";
  if (worthless > 0) return `${label(word)}none: no complete trial has ${value}`;
  if (counts.failed > 0 && counts.complete === 0) return `${label(word)}none: no trial was completed`;
  return `${label(word)}none yet`;
}

/** What a study has where trials were run in part alone; null where there is no such trial. */
export function notInFull(costs: StudyReport["costs"], [metric]: readonly Metric[]): string | null {
  if (costs === null || costs.inPart === null || metric === undefined) return null;
  const { number, value, step } = costs.inPart;
  const of = costs.fullRun === null ? "" : ` of ${formatNumber(costs.fullRun)}`;
  return `not yet run in full; of those that came furthest trial ${number} is the best, ${metric.name} ${formatNumber(value)} at step ${formatNumber(step)}${of}`;
}

/** A paused trial that was better than the winner at the same step. */
function aheadLines({ costs, metrics: [metric] }: StudyReport): readonly string[] {
  if (costs === null || costs.ahead === null || metric === undefined) return [];
  const { number, value, step, winnerValue } = costs.ahead;
  const of = costs.fullRun === null ? "" : ` of ${formatNumber(costs.fullRun)}`;
  const values = `${metric.name} ${formatNumber(value)} against ${formatNumber(winnerValue)}`;
  return [
    `${label("ahead")}trial ${number} was better at step ${formatNumber(step)}${of} (${values}), and is not yet run in full`,
  ];
}

function timeLines({ time }: StudyReport): readonly string[] {
  if (time === null) return [];
  return [`${label("time")}${formatDuration(time.total)} of trials, ${formatDuration(time.median)} each (median)`];
}

function failureLines({ failures, counts }: StudyReport, paint: Paint): readonly string[] {
  if (failures.length === 0) return [];
  const ended = counts.complete + counts.pruned + counts.failed;
  const byOutcome = new Map<Outcome, number>();
  for (const { outcome, count } of failures) byOutcome.set(outcome, (byOutcome.get(outcome) ?? 0) + count);
  const kinds = [...byOutcome].map(([outcome, count]) => `${count} × ${outcomeWords(outcome)}`).join(", ");
  const told = failures.filter(({ message }) => message !== null);
  const more = told.length - CAUSES;
  return [
    `${label("failed")}${paint.red(`${counts.failed} of ${ended}`)}: ${kinds}`,
    ...told.slice(0, CAUSES).map((group) => `  ${which(group)}: ${failureCause(group.message ?? "")}`),
    ...(more > 0 ? [`  and ${more} other causes`] : []),
  ];
}

function which({ last, count }: FailureGroup): string {
  if (count === 1) return `trial ${last}`;
  return `trial ${last} and ${count - 1} ${count === 2 ? "other" : "others"}`;
}

/** Where the winner lies at an end of a range, and the command that widens it. */
export function edgeLines(edges: readonly EdgeValue[], command: string | null): readonly string[] {
  if (edges.length === 0) return [];
  const lines = edges.map((edge, place) => `${label(place === 0 ? "edge" : "")}${sentence(edge)}`);
  return command === null ? lines : [...lines, `  ${command}`];
}

function sentence({ parameter, value, side, bound, listed, wider }: EdgeValue): string {
  const own = `${parameter} = ${formatValue(value)}`;
  if (listed) return `${own} is the ${side === "low" ? "first" : "last"} of its values: one beyond may be better`;
  const end = `the ${side} end of its range`;
  const where = value === bound ? `at ${end}` : `near ${end}, ${formatValue(bound)}`;
  const beyond = wider === null ? "likely a natural one" : "better values may lie beyond";
  return `${own} lies ${where}: ${beyond}`;
}

/** What held-out data say of the winner and its rivals, in a line; none while nothing was run on such data. */
export function heldOutStandingLines(standing: HeldOutStanding | null): readonly string[] {
  if (standing === null) return [];
  const [own, ...others] = standing.values;
  if (own === undefined) return ["held out not known of this winner; attune confirm --holdout runs it too"];
  const rest = others.map(({ role, value }) => `, ${roleWords(role)} ${formatNumber(value)}`).join("");
  return [`held out ${standing.metric} ${formatNumber(own.value)}${rest}  one run each`];
}

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

/** Lines about a study for its report: what is odd about it, and where its winner lies at an end of a range. */
export function reportNotes(
  study: { readonly name: string; readonly location: string },
  judgements: StudyJudgements,
  standing: HeldOutStanding | null,
): readonly string[] {
  const { edges } = judgements;
  return [
    ...heldOutStandingLines(standing),
    ...judgementSentences(judgements).map((sentence) => `note     ${sentence}`),
    ...edgeLines(edges, widerSpaceCommand(study, edges)),
  ];
}

/** A sentence about a study that goes on writing values as before there were rules for it, or null where nothing differs. */
export function olderWritingNote(study: StudyReader): string | null {
  const { command } = study.settings;
  if (command === null || writingOf(study.settings) !== 1 || !hasValues(study.list())) return null;
  const isStyled = command.input?.argsStyle !== undefined;
  if (!isStyled && study.space.parameters.every(({ type }) => type === "int" || type === "boolean")) return null;
  return (
    "values reach the program as when the first results came: a whole float as 1, choices in their shortest form. " +
    `A new study (--study ${quoteWord(`${study.name}-2`)}) writes 1.0, and choices as you do.`
  );
}
