import { groupFailures } from "../../analysis/index.ts";
import type { Trial } from "../../trial/trial.ts";
import { failureCause } from "../render/failure-cause.ts";
import { formatDuration } from "../render/format-duration.ts";
import { formatNumber } from "../render/format-number.ts";
import type { Glyphs } from "../render/glyphs.ts";
import { outcomeWords } from "../render/outcome-words.ts";
import type { Paint } from "../render/paint.ts";
import { paramsLine } from "../render/params-line.ts";
import { sparkline } from "../render/sparkline.ts";
import type { RunMoment } from "./run-watch.ts";

/** How the live screen looks. */
export interface ScreenStyle {
  readonly columns: number;
  readonly rows: number;
  readonly glyphs: Glyphs;
  readonly paint: Paint;
}

/** Columns of the chart, and of the words before the values. */
const CHART = 40;
const LABEL = 9;
const BAR = 20;
/** Failure groups and rows of running trials shown at most. */
const GROUPS = 3;
const RUNNING = 12;
/** Milliseconds are not shown of what still runs: they would only flicker. */
const SECOND = 1000;

/** The lines of the live screen: best so far with its course, how far the run is, failures with their causes, running trials. */
export function screenLines(moment: RunMoment, now: number, style: ScreenStyle): readonly string[] {
  const head = [...bestLines(moment, style), progressLine(moment, style), ...failureLines(moment, style)];
  return [...head, ...runningLines(moment, now, Math.min(RUNNING, style.rows - 2 - head.length))];
}

function bestLines({ best, metric, course }: RunMoment, { glyphs, paint, columns }: ScreenStyle): readonly string[] {
  if (best === null) return [`${label("best")}none yet`];
  const value = `${metric.name} ${formatNumber(best.value)}`;
  const text = `${label("best")}${value}  trial ${best.number}`;
  const chart = course.length < 2 ? "" : sparkline(course, Math.min(CHART, columns - text.length - 4), glyphs.steps);
  return [
    `${label("best")}${paint.bold(value)}  trial ${best.number}  ${paint.green(chart)}`.trimEnd(),
    `${" ".repeat(LABEL)}${paint.dim(paramsLine(best.params))}`,
  ];
}

function progressLine(moment: RunMoment, { glyphs }: ScreenStyle): string {
  const { counted, limit, rate, stopping } = moment;
  const done =
    limit === null ? `${counted} done` : `${bar(counted / Math.max(1, limit), glyphs)} ${counted} of ${limit}`;
  const parts = [done, ...(rate === null ? [] : [rateWords(rate)])];
  const left = stopping ? "stopping: no new trials" : timeLeft(moment);
  return `${label("trials")}${[...parts, ...(left === null ? [] : [left])].join("   ")}`;
}

/** By the rate so far, but no more than the time limit leaves. */
function timeLeft({ counted, limit, rate, timeLeft: most }: RunMoment): string | null {
  const estimate = rate === null || limit === null || counted >= limit ? null : Math.max(1, (limit - counted) / rate);
  if (estimate !== null && (most === null || estimate < most))
    return `about ${formatDuration(Math.round(estimate))} left`;
  return most === null ? null : `at most ${formatDuration(Math.max(1, Math.round(most)))} left`;
}

function bar(share: number, { full, empty }: Glyphs): string {
  const filled = Math.min(BAR, Math.floor(share * BAR));
  return full.repeat(filled) + empty.repeat(BAR - filled);
}

function rateWords(perSecond: number): string {
  if (perSecond >= 1) return `${formatNumber(perSecond, 2)} a second`;
  if (perSecond * 60 >= 1) return `${formatNumber(perSecond * 60, 2)} a minute`;
  return `${formatNumber(perSecond * 3600, 2)} an hour`;
}

function failureLines({ failed }: RunMoment, { paint }: ScreenStyle): readonly string[] {
  const groups = groupFailures(failed);
  const lines = groups.slice(0, GROUPS).map((group, place) => {
    const cause = group.message === null ? outcomeWords(group.outcome) : failureCause(group.message);
    const head = place === 0 ? label("failed") : " ".repeat(LABEL);
    return `${head}${paint.red(`${group.count} ×`)} ${cause}  ${paint.dim(`trial ${group.last}`)}`;
  });
  const more = groups.length - GROUPS;
  return more > 0 ? [...lines, `${" ".repeat(LABEL)}and ${more} other causes`] : lines;
}

function runningLines({ running }: RunMoment, now: number, room: number): readonly string[] {
  if (room < 1 || running.length === 0) return [];
  const shown = running.length > room ? running.slice(0, room - 1) : running;
  const lines = shown.map((trial, place) => `${label(place === 0 ? "running" : "")}${runningWords(trial, now)}`);
  const more = running.length - shown.length;
  return more > 0
    ? [
        ...lines,
        `${label(shown.length === 0 ? "running" : "")}${shown.length === 0 ? "" : "and "}${more}${shown.length === 0 ? "" : " more"}`,
      ]
    : lines;
}

function runningWords(trial: Trial, now: number): string {
  const startedAt = trial.segments.at(-1)?.attempts.at(-1)?.startedAt ?? now;
  const seconds = Math.max(0, Math.floor((now - startedAt) / SECOND));
  const time = seconds === 0 ? "0 s" : formatDuration(seconds);
  const head = `trial ${trial.number}  ${time.padStart(9)}`;
  const report = trial.reports.at(-1);
  if (report === undefined) return head;
  const values = Object.entries(report.values).map(([name, value]) => `${name} ${formatNumber(value)}`);
  return `${head}  step ${formatNumber(report.step)}  ${values.join("  ")}`;
}

function label(word: string): string {
  return word.padEnd(LABEL);
}
