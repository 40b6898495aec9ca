import type {
  FailureGroup,
  HealthFinding,
  HeldOutFrontStanding,
  StudyHeldOut,
  StudyReport,
  Winner,
} from "../../analysis/index.ts";
import { formatDuration } from "../../analysis/words/format-duration.ts";
import { formatNumber } from "../../analysis/words/format-number.ts";
import { formatValue } from "../../analysis/words/format-value.ts";
import { type Preference, withUnit } from "../../objective/index.ts";
import { quoteWord } from "../../protocol/shell-quote.ts";
import { failureCause } from "../../record/failure-cause.ts";
import { hasValues } from "../../study/has-values.ts";
import type { StudyReader } from "../../study/study-reader.ts";
import { writingOf } from "../../study/writing.ts";
import type { Metric } from "../../trial/metric.ts";
import type { Outcome } from "../../trial/trial.ts";
import { remedyCommand } from "../study/remedy-command.ts";
import { frontLines, pointTable } from "./front-lines.ts";
import { goalLines } from "./goal-lines.ts";
import { label } from "./label.ts";
import { leadWords, trustWords } from "./lead-words.ts";
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
  const [{ unit } = {}] = report.metrics;
  const kept = Object.keys(winner.values).filter((name) => !tuned.includes(name));
  const spread = withUnit(winner.uncertainty === null ? "" : ` ± ${formatNumber(winner.uncertainty, 2)}`, { unit });
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
  else lines.push(`${label("lead")}${leadWords(runnerUp, "the next")}; ${trustWords(winner, runnerUp)}`);
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
  return `not yet run in full; of those that came furthest trial ${number} is the best, ${metric.name} ${withUnit(formatNumber(value), metric)} at step ${formatNumber(step)}${of}`;
}

/** A paused trial that was better than the winner at the same step. */
function aheadLines({ costs, metrics: [metric] }: StudyReport): readonly string[] {
  if (costs === null || costs.ahead === null || metric === undefined) return [];
  const { number, value, step, winnerValue } = costs.ahead;
  const of = costs.fullRun === null ? "" : ` of ${formatNumber(costs.fullRun)}`;
  const values = `${metric.name} ${withUnit(formatNumber(value), metric)} against ${withUnit(formatNumber(winnerValue), metric)}`;
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

/** What held-out data say of the winner and its rivals, in a line, of a front in one for each point; none while nothing was run on such data. */
export function heldOutStandingLines(standing: StudyHeldOut | null): readonly string[] {
  if (standing === null) return [];
  if ("metrics" in standing) return heldOutFrontLines(standing);
  const [own, ...others] = standing.values;
  if (own === undefined) return ["held out not known of this winner; attune confirm --holdout runs it too"];
  const rest = others.map(({ role, value }) => `, ${roleWords(role)} ${formatNumber(value)}`).join("");
  return [`held out ${standing.metric} ${formatNumber(own.value)}${rest}  one run each`];
}

function heldOutFrontLines({ metrics, values }: HeldOutFrontStanding): readonly string[] {
  if (!values.some(({ onFront }) => onFront))
    return [
      "held out not known of any point of this front; attune confirm --holdout runs the chosen one and its neighbours",
    ];
  return values.map(({ trial, onFront, values: own }, place) => {
    const numbers = metrics.map((name) => `${name} ${formatNumber(own[name]!)}`).join("  ");
    const what = onFront ? `trial ${trial}` : roleWords("default");
    return `${label(place === 0 ? "held out" : "")}${what}: ${numbers}${place === 0 ? "  one run each" : ""}`;
  });
}

/** What is odd about a study, each with the command that mends it; one command for all ends of ranges. */
export function healthLines(
  study: { readonly name: string; readonly location: string },
  findings: readonly HealthFinding[],
): readonly string[] {
  const edges = findings.filter(({ kind }) => kind === "edge");
  const others = findings.filter(({ kind }) => kind !== "edge");
  const commandLines = (found: readonly HealthFinding[]): readonly string[] => {
    const command = remedyCommand(study, found);
    return command === null ? [] : [`  ${command}`];
  };
  return [
    ...others.flatMap((one) => [`${label("note")}${one.sentence}`, ...commandLines([one])]),
    ...edges.map(({ sentence }, place) => `${label(place === 0 ? "edge" : "")}${sentence}`),
    ...commandLines(edges),
  ];
}

/** Lines about a study for its report: held-out data, and what is odd about it. */
export function reportNotes(
  study: { readonly name: string; readonly location: string },
  findings: readonly HealthFinding[],
  standing: StudyHeldOut | null,
): readonly string[] {
  return [...heldOutStandingLines(standing), ...healthLines(study, findings)];
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
