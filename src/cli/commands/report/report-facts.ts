import {
  type HealthFinding,
  type HeldOutFrontStanding,
  type HeldOutStanding,
  type Rival,
  type StudyReport,
  studyHeldOut,
  type Winner,
} from "../../../analysis/index.ts";
import { outlook } from "../../../analysis/outlook.ts";
import { countWords } from "../../../analysis/words/count-words.ts";
import { formatDuration } from "../../../analysis/words/format-duration.ts";
import { formatNumber } from "../../../analysis/words/format-number.ts";
import { formatValue } from "../../../analysis/words/format-value.ts";
import { outlookWords } from "../../../analysis/words/outlook-words.ts";
import type { PrintedTable } from "../../../drawing/printed-document.ts";
import { nameWithUnit, withUnit } from "../../../objective/index.ts";
import { quoteCommand } from "../../../protocol/shell-quote.ts";
import { failureCause } from "../../../record/failure-cause.ts";
import { printedTemplate } from "../../../record/secrets.ts";
import { defaultParams } from "../../../space/default-params.ts";
import type { Params } from "../../../space/json.ts";
import type { StudyReader } from "../../../study/study-reader.ts";
import type { TrialList } from "../../../trial/list/trial-list.ts";
import { leadWords, trustWords } from "../../render/lead-words.ts";
import { notInFull } from "../../render/report-lines.ts";
import { fullRunsText, outcomeWords, roleWords } from "../../render/words.ts";
import { remedyCommand } from "../../study/remedy-command.ts";
import { reportOf } from "../../study/study-record.ts";
import { printedCommandOf } from "../../study/winning-command.ts";

/** All that a report says, as plain text. */
export interface ReportFacts {
  readonly title: string;
  readonly question: string;
  /** Three sentences. */
  readonly answer: readonly string[];
  /** Null where there is nothing to compare. */
  readonly comparison: PrintedTable | null;
  /** Of several objectives. */
  readonly front: PrintedTable | null;
  readonly cost: readonly string[];
  /** Each with the command that mends it, or null. */
  readonly health: readonly { readonly sentence: string; readonly command: string | null }[];
  readonly failures: readonly string[];
  /** Null for a study without a program, or without a winner. */
  readonly command: string | null;
  readonly method: readonly string[];
}

/** Points of a front and causes of failure shown at most. */
const MOST_POINTS = 20;
const MOST_CAUSES = 5;

/** What a report says about a study. */
export function reportFacts(study: StudyReader): ReportFacts {
  const trials = study.list();
  const report = reportOf(study, trials);
  const standing = studyHeldOut(study.heldOut, trials, report);
  const one = standing !== null && "metric" in standing ? standing : null;
  const many = standing !== null && "metrics" in standing ? standing : null;
  const { winner } = report;
  return {
    title: study.name,
    question: question(study),
    answer: study.metrics.length > 1 ? answerOfMany(report, many) : answer(report, one),
    comparison: winner === null ? null : comparison(winner, study, one),
    front: study.metrics.length > 1 ? frontTable(report, many) : null,
    cost: [...costs(report, study), ...ahead(study, trials)],
    health: study.health().map((finding: HealthFinding) => ({
      sentence: finding.sentence,
      command: remedyCommand(study, [finding]),
    })),
    failures: failures(report),
    command: winner === null ? null : printedCommandOf(study, winner.number),
    method: method(study, report),
  };
}

function question({ metrics, space, limits }: StudyReader): string {
  const names = space.parameters.filter(({ type }) => type !== "fixed").map(({ name }) => name);
  const aims = metrics.map(({ name, direction }) => `${name} ${direction === "minimize" ? "smallest" : "largest"}`);
  const within = limits.length === 0 ? "" : `, within ${limits.join(" and ")}`;
  const which = names.length === 0 ? "values" : `values of ${listed(names, 12)}`;
  return `Which ${which} make ${listed(aims, 12)}${within}?`;
}

function commandWords(command: Parameters<typeof printedTemplate>[0]): string {
  const printed = printedTemplate(command);
  return "argv" in printed ? quoteCommand(printed.argv) : printed.shell;
}

function listed(words: readonly string[], most: number): string {
  const shown = words.length > most ? [...words.slice(0, most - 1), `${words.length - most + 1} others`] : words;
  return shown.length < 2 ? shown.join("") : `${shown.slice(0, -1).join(", ")} and ${shown.at(-1)}`;
}

/** What was found, what it is worth beside the defaults, and how far it is to be trusted. */
function answer(report: StudyReport, standing: HeldOutStanding | null): readonly string[] {
  const { winner, counts, metrics, costs: spent } = report;
  const [metric] = metrics;
  if (winner === null) {
    const part = notInFull(spent, metrics);
    const ended = counts.complete + counts.failed + counts.pruned;
    return [
      `There is no answer yet: ${part ?? `none of ${countWords(ended, "trial")} that ended has a finite value`}.`,
    ];
  }
  const value = formatNumber(winner.values[metric!.name] ?? "NaN");
  const unit = withUnit("", metric!);
  const spread = winner.uncertainty === null ? "" : ` ± ${formatNumber(winner.uncertainty, 2)}`;
  const runs = winner.replicates === 1 ? "in one run" : `in the mean of ${winner.replicates} runs`;
  const kept = winner.limits === undefined || winner.limits.feasible;
  const best = kept
    ? `The best of ${countWords(counts.complete, "complete trial")} reaches ${metric!.name} ${value}${spread}${unit} ${runs} (trial ${winner.number}).`
    : `No configuration keeps the limits; the nearest reaches ${metric!.name} ${value}${spread}${unit} and breaks ${winner.limits.broken.join(", ")} (trial ${winner.number}).`;
  return [best, againstDefaults(winner, report), trusted(winner, standing)];
}

function againstDefaults(winner: Winner, { hasDefaults, defaultTrial }: StudyReport): string {
  const { default: defaults } = winner;
  if (defaults === null) {
    if (!hasDefaults) return "The parameters have no defaults, so there is nothing usual to compare it with.";
    return `The defaults have no value to compare it with${defaultTrial === null ? "" : ` (trial ${defaultTrial.number}: ${defaultTrial.state})`}.`;
  }
  if (defaults.number === winner.number) return "These are the defaults: nothing better was found.";
  return `It is ${leadWords(defaults, "the defaults")}${share(defaults)}; ${trustWords(winner, defaults)}.`;
}

function share({ lead, value }: Rival): string {
  const part = (100 * Math.abs(lead)) / Math.abs(value);
  return value === 0 || lead === 0 || !Number.isFinite(part) ? "" : `, ${formatNumber(part, 2)} % of their value`;
}

function trusted(winner: Winner, standing: HeldOutStanding | null): string {
  const [own, ...others] = standing?.values ?? [];
  if (own !== undefined) {
    const rest = others.map(({ role, value }) => `, ${roleWords(role)} ${formatNumber(value)}`).join("");
    return `On held-out data it has ${standing!.metric} ${formatNumber(own.value)}${rest}, one run each.`;
  }
  if (winner.confirmed)
    return "It was run again on seeds of its own, and judged by these runs alone; data that the search never saw were not asked.";
  return winner.replicates === 1
    ? "It was run once: another run may come out otherwise, and no held-out data were asked."
    : "No held-out data were asked.";
}

function answerOfMany(
  { front, nearest, counts, limits, knee }: StudyReport,
  standing: HeldOutFrontStanding | null,
): readonly string[] {
  if (front.length > 0)
    return [
      `${front.length} of the configurations of ${countWords(counts.complete, "complete trial")} ${front.length === 1 ? "is" : "are"} beaten by no other in every objective.`,
      knee === null
        ? "The front has no knee."
        : `The knee of the front is trial ${knee.number}: past it more of one objective costs most of another.`,
      `${limits.length === 0 ? "There are no limits." : `All of them keep ${limits.join(" and ")}.`}${heldOutOfMany(standing)}`,
    ];
  if (nearest === null) return ["There is no answer yet: no complete trial has a finite value of each objective."];
  return [`No configuration keeps the limits; trial ${nearest.number} breaks them least.`];
}

/** Of a front points that were run on held-out data stand in its table; the defaults may be none of its points. */
function heldOutOfMany(standing: HeldOutFrontStanding | null): string {
  const points = standing?.values.filter(({ onFront }) => onFront).length ?? 0;
  if (standing === null || points === 0) return "";
  const { metrics, values } = standing;
  const defaults = values.find(({ onFront }) => !onFront);
  const numbers = metrics.map((name) => `${name} ${formatNumber(defaults?.values[name] ?? "NaN")}`).join(" and ");
  const usual = defaults === undefined ? "" : `; the defaults, which are not among them, have ${numbers} there`;
  return ` On held-out data ${points} of them ${points === 1 ? "was" : "were"} run, once each${usual}.`;
}

function comparison(winner: Winner, study: StudyReader, standing: HeldOutStanding | null): PrintedTable | null {
  const usual: Params | null = defaultParams(study.space);
  const [metric] = study.metrics;
  const { default: defaults } = winner;
  const spread = (value: number | null): string => (value === null ? "" : ` ± ${formatNumber(value, 2)}`);
  const held = (role: "winner" | "default"): string => {
    const found = standing?.values.find((one) => one.role === role);
    return found === undefined ? "" : formatNumber(found.value);
  };
  const names = [...new Set([...Object.keys(winner.params), ...Object.keys(usual ?? {})])];
  const of = (params: Params | null, name: string): string =>
    params !== null && Object.hasOwn(params, name) ? formatValue(params[name] ?? null) : "";
  return {
    head: ["", "tuned", "default"],
    rows: [
      [
        metric!.name,
        `${formatNumber(winner.values[metric!.name] ?? "NaN")}${spread(winner.uncertainty)}`,
        defaults === null ? "" : `${formatNumber(defaults.value)}${spread(defaults.uncertainty)}`,
      ],
      ["runs", String(winner.replicates), defaults === null ? "" : String(defaults.replicates)],
      ...(standing === null || standing.values.length === 0
        ? []
        : [[`${standing.metric} on held-out data`, held("winner"), held("default")]]),
      ...names.map((name) => [name, of(winner.params, name), of(usual, name)]),
    ],
  };
}

function frontTable({ front, metrics, knee }: StudyReport, standing: HeldOutFrontStanding | null): PrintedTable | null {
  if (front.length === 0) return null;
  const sorted = front.toSorted((a, b) => a.values[metrics[0]!.name]! - b.values[metrics[0]!.name]!);
  const shown = sorted.length <= MOST_POINTS ? sorted : thinned(sorted);
  const names = [...new Set(shown.flatMap(({ params }) => Object.keys(params)))];
  const run = new Map(standing?.values.filter(({ onFront }) => onFront).map(({ trial, values }) => [trial, values]));
  const heldOut = run.size === 0 ? [] : standing!.metrics;
  return {
    head: ["trial", ...metrics.map(nameWithUnit), ...heldOut.map((name) => `${name} on held-out data`), ...names],
    rows: shown.map(({ number, values, params }) => [
      number === knee?.number ? `${number} (knee)` : String(number),
      ...metrics.map(({ name }) => formatNumber(values[name]!)),
      ...heldOut.map((name) => (run.has(number) ? formatNumber(run.get(number)![name]!) : "")),
      ...names.map((name) => (Object.hasOwn(params, name) ? formatValue(params[name]!) : "")),
    ]),
  };
}

/** Evenly, both ends among them. */
function thinned<T>(points: readonly T[]): readonly T[] {
  const step = (points.length - 1) / (MOST_POINTS - 1);
  return Array.from({ length: MOST_POINTS }, (_, k) => points[Math.round(k * step)]!);
}

function ahead({ metrics, space, limits }: StudyReader, trials: TrialList): readonly string[] {
  const found = outlook(trials, metrics, space, limits);
  return found === null ? [] : [`What more would likely bring: ${outlookWords(found)}.`];
}

function costs({ counts, invalid, time, costs: spent }: StudyReport, study: StudyReader): readonly string[] {
  const parts = [
    [counts.complete, "complete"],
    [counts.pruned, "stopped early"],
    [counts.failed, "failed"],
    [counts.running, "running"],
    [counts.paused, "paused"],
    [counts.waiting, "waiting"],
    [invalid, "marked invalid"],
  ] as const;
  const trials = parts.filter(([count]) => count > 0).map(([count, word]) => `${count} ${word}`);
  const lines = [`${countWords(study.length, "trial")}: ${trials.join(", ") || "none yet"}.`];
  if (time !== null)
    lines.push(
      `They ran for ${formatDuration(time.total)} together, ${formatDuration(time.median)} each in the middle.`,
    );
  if (spent !== null && spent.fullRuns !== null && counts.paused + counts.pruned > 0)
    lines.push(`That is ${fullRunsText(spent.fullRuns)}: trials that are stopped early cost less than one.`);
  return lines;
}

function failures({ failures: groups }: StudyReport): readonly string[] {
  const more = groups.length - MOST_CAUSES;
  return [
    ...groups.slice(0, MOST_CAUSES).map(({ count, last, outcome, message }) => {
      const which = count === 1 ? `Trial ${last}` : `${count} trials, the newest ${last}`;
      return `${which}: ${outcomeWords(outcome)}${message === null ? "" : `: ${failureCause(message)}`}`;
    }),
    ...(more > 0 ? [`${countWords(more, "other cause")}.`] : []),
  ];
}

function method(study: StudyReader, { metrics }: StudyReport): readonly string[] {
  const { settings, seed, spaceVersion } = study;
  const program = settings.command === null ? [] : [`The program as it was tuned: ${commandWords(settings.command)}`];
  return [
    ...program,
    `Configurations were chosen by the sampler ${settings.sampler.name} (seed ${seed}), how long they ran by the scheduler ${settings.scheduler.name}; the space in force is version ${spaceVersion}.`,
    metrics.length === 1
      ? "Best is the configuration of which most is expected: where results vary, one that was confirmed on seeds of its own comes before one good run, and a mean of few runs is held back towards what configurations give in general."
      : "A configuration is of the front when no other one is at least as good in every objective and better in one.",
    "± is one standard error over runs of the same configuration; intervals are of 95 % by Welch's t. Trials marked invalid count nowhere.",
  ];
}
