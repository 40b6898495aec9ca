import { formatDuration } from "../../../analysis/words/format-duration.ts";
import { formatNumber } from "../../../analysis/words/format-number.ts";
import { paramsLine } from "../../../analysis/words/params-line.ts";
import { failureCause } from "../../../record/failure-cause.ts";
import type { Metric } from "../../../trial/metric.ts";
import { newestReport } from "../../../trial/newest-report.ts";
import type { Trial } from "../../../trial/trial.ts";
import { clip, displayWidth, type Glyphs, type Paint } from "../../render/text.ts";
import { outcomeWords } from "../../render/words.ts";
import type { RunMoment } from "./run-watch.ts";

/** How the live screen looks. */
interface ScreenStyle {
  readonly columns: number;
  readonly rows: number;
  readonly glyphs: Glyphs;
  readonly paint: Paint;
}

/** Columns of the chart, and of the words before the values. */
const CHART = 40;
const LABEL = 9;
const BAR = 20;
/** On screens with fewer columns the bar is shorter, so that the counts stay. */
const NARROW = 60;
const SHORT_BAR = 8;
/** Failure groups shown at least, where there are as many; on a tall screen one for each of so many rows. */
const GROUPS = 3;
const ROWS_A_GROUP = 6;
/** Share of the rows that parameters may take, and that the chart of several rows may; it has so many at least. */
const PARAMS_SHARE = 0.25;
const CHART_SHARE = 0.2;
const CHART_ROWS = 5;
/** A chart of several rows may be as wide as this. */
const WIDE_CHART = 72;
/** Milliseconds are not shown of what still runs: they would only flicker. */
const SECOND = 1000;

/** The lines of the live screen: best so far with its course, how far the run is, failures with their causes, running trials. */
export function screenLines(moment: RunMoment, now: number, style: ScreenStyle): readonly string[] {
  const room = style.rows - 2;
  const chartRows = Math.floor(room * CHART_SHARE);
  // The course is of the best so far: where its ends are alike, so is all between them.
  const isFlat = moment.course[0] === moment.course.at(-1);
  const chart = chartRows < CHART_ROWS || isFlat ? [] : chartLines(moment, chartRows, style);
  const params = paramsLines(moment, Math.max(1, Math.floor(room * PARAMS_SHARE)), style);
  const groups = Math.max(GROUPS, Math.floor(room / ROWS_A_GROUP));
  const head = [
    ...bestLines(moment, chart.length === 0, style),
    ...params,
    ...chart,
    progressLine(moment, style),
    ...failureLines(moment, groups, style),
  ];
  return [...head, ...runningLines(moment, now, room - head.length)];
}

function chartLines({ course }: RunMoment, rows: number, { columns, glyphs, paint }: ScreenStyle): readonly string[] {
  const width = Math.min(WIDE_CHART, columns - 1 - LABEL);
  return barChart(course, width, rows, glyphs.steps).map((line) => `${label("")}${paint.green(line)}`);
}

/** Folded between parameters; what finds no room is counted. */
function paramsLines({ best }: RunMoment, rows: number, { columns, paint }: ScreenStyle): readonly string[] {
  if (best === null) return [];
  const width = Math.max(1, columns - 1 - LABEL);
  const parts = Object.entries(best.params).map(([name, value]) => paramsLine({ [name]: value }));
  const lines = foldParts(parts, width);
  const shown = lines.length <= rows ? lines : [...lines.slice(0, rows - 1), restOf(lines, rows - 1, width)];
  return shown.map((line) => `${label("")}${paint.dim(line.join(" "))}`);
}

/** As many of the rest as fit beside their count. */
function restOf(lines: readonly (readonly string[])[], from: number, width: number): readonly string[] {
  const rest = lines.slice(from).flat();
  const fits = (count: number): boolean =>
    displayWidth([...rest.slice(0, count), `and ${rest.length - count} more`].join(" ")) <= width;
  let count = lines[from]!.length;
  while (count > 0 && !fits(count)) count -= 1;
  return [...rest.slice(0, count), `and ${rest.length - count} more`];
}

function foldParts(parts: readonly string[], width: number): readonly (readonly string[])[] {
  const lines: string[][] = [];
  let used = 0;
  for (const part of parts) {
    const size = displayWidth(part);
    const line = lines.at(-1);
    if (line === undefined || used + 1 + size > width) {
      lines.push([part]);
      used = size;
    } else {
      line.push(part);
      used += 1 + size;
    }
  }
  return lines;
}

/** The value before all: on a narrow screen the metric's name is cut, then the trial's number goes, then the chart. */
function bestLines(
  { best, metrics, front, limited, course }: RunMoment,
  withChart: boolean,
  { glyphs, paint, columns }: ScreenStyle,
): readonly string[] {
  const room = columns - 1 - LABEL;
  if (front !== null) return [`${label("front")}${clip(frontWords(front, metrics, limited), room)}`];
  if (best === null) return [`${label("best")}none yet${limited ? " keeps the limits" : ""}`];
  const number = formatNumber(best.value);
  const value = `${clip(metrics[0]!.name, Math.max(1, room - number.length - 1))} ${number}`;
  const trial = `  trial ${best.number}`;
  const left = room - displayWidth(value) - trial.length;
  const chart = withChart && course.length > 1 ? sparkline(course, Math.min(CHART, left - 2), glyphs.steps) : "";
  return [`${label("best")}${paint.bold(value)}${left < 0 ? "" : `${trial}  ${paint.green(chart)}`}`.trimEnd()];
}

/** Between which values the trials of a front lie. */
function frontWords(front: readonly (readonly number[])[], metrics: readonly Metric[], limited: boolean): string {
  if (front.length === 0) return `none yet${limited ? " keeps the limits" : ""}`;
  const ranges = metrics.map(({ name }, place) => {
    const values = front.map((point) => point[place]!);
    const [low, high] = [Math.min(...values), Math.max(...values)].map((value) => formatNumber(value));
    return low === high ? `${name} ${low}` : `${name} ${low} to ${high}`;
  });
  return `${front.length} ${front.length === 1 ? "trial" : "trials"}: ${ranges.join(", ")}`;
}

function progressLine(moment: RunMoment, { glyphs, columns }: ScreenStyle): string {
  const { trialsSpent, limit, rate, stopping } = moment;
  const done =
    limit === null
      ? `${trialsSpent} done`
      : `${bar(trialsSpent / Math.max(1, limit), columns < NARROW ? SHORT_BAR : BAR, glyphs)} ${trialsSpent} of ${limit}`;
  const parts = [done, ...(rate === null ? [] : [rateWords(rate)])];
  const left = stopping ? "stopping: no new trials" : timeLeft(moment);
  return `${label("trials")}${[...parts, ...(left === null ? [] : [left])].join("   ")}`;
}

/** By the rate so far, but no more than the time limit leaves. */
function timeLeft({ trialsSpent, limit, rate, timeLeft: most }: RunMoment): string | null {
  const estimate =
    rate === null || limit === null || trialsSpent >= limit ? null : Math.max(1, (limit - trialsSpent) / rate);
  if (estimate !== null && (most === null || estimate < most))
    return `about ${formatDuration(Math.round(estimate))} left`;
  return most === null ? null : `at most ${formatDuration(Math.max(1, Math.round(most)))} left`;
}

function bar(share: number, width: number, { full, empty }: Glyphs): string {
  const filled = Math.min(width, Math.floor(share * width));
  return full.repeat(filled) + empty.repeat(width - filled);
}

function rateWords(perSecond: number): string {
  if (perSecond >= 1) return `${formatNumber(perSecond, 2)} a second`;
  if (perSecond * 60 >= 1) return `${formatNumber(perSecond * 60, 2)} a minute`;
  return `${formatNumber(perSecond * 3600, 2)} an hour`;
}

function failureLines({ failures }: RunMoment, most: number, { paint }: ScreenStyle): readonly string[] {
  const lines = failures.slice(0, most).map((group, place) => {
    const cause = group.message === null ? outcomeWords(group.outcome) : failureCause(group.message);
    const head = place === 0 ? label("failed") : " ".repeat(LABEL);
    return `${head}${paint.red(`${group.count} ×`)} ${cause}  ${paint.dim(`trial ${group.last}`)}`;
  });
  const more = failures.length - most;
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
  const report = newestReport(trial);
  if (report === undefined) return head;
  const values = Object.entries(report.values).map(([name, value]) => `${name} ${formatNumber(value)}`);
  return `${head}  step ${formatNumber(report.step)}  ${values.join("  ")}`;
}

function label(word: string): string {
  return word.padEnd(LABEL);
}

/**
 * A course of values as upright bars over several rows, newest at the right, at most `width` of them: each bar is as high as the
 * newest value of its share. The scale is that of a sparkline.
 */
function barChart(values: readonly number[], width: number, rows: number, steps: readonly string[]): readonly string[] {
  const shares = sampledCourse(values, width);
  const levels = shares.map((share) => 1 + Math.round(share * (rows * steps.length - 1)));
  return Array.from({ length: rows }, (_, row) => {
    const below = (rows - 1 - row) * steps.length;
    return levels
      .map((level) => (level <= below ? " " : steps[Math.min(steps.length, level - below) - 1]!))
      .join("")
      .trimEnd();
  });
}

/** A course of values as one line of bars, newest at the right, at most `width` of them. */
function sparkline(values: readonly number[], width: number, steps: readonly string[]): string {
  return sampledCourse(values, width)
    .map((share) => steps[Math.round(share * (steps.length - 1))]!)
    .join("");
}

/** Values farther out than this share of the best are drawn at the edge, so that a bad beginning does not flatten the rest. */
const SHOWN_SHARE = 0.75;

/**
 * A course of values as shares from 0 (its lowest value) to 1, at most `width` of them, each the newest value of its part. The scale
 * runs over the three quarters of the values nearest to the newest end of the course; of equal values all are 0.
 */
function sampledCourse(values: readonly number[], width: number): readonly number[] {
  const count = Math.min(width, values.length);
  if (count <= 0) return [];
  const shown = Array.from(
    { length: count },
    (_, place) => values[Math.ceil(((place + 1) * values.length) / count) - 1]!,
  );
  const last = shown.at(-1)!;
  const distances = shown.map((value) => Math.abs(value - last)).sort((a, b) => a - b);
  const reach = distances[Math.floor((count - 1) * SHOWN_SHARE)] || distances.at(-1)!;
  const kept = shown.map((value) => Math.min(last + reach, Math.max(last - reach, value)));
  const [low, high] = [Math.min(...kept), Math.max(...kept)];
  return kept.map((value) => (high === low ? 0 : (value - low) / (high - low)));
}
