import { countWords } from "../../../analysis/words/count-words.ts";
import { formatDuration } from "../../../analysis/words/format-duration.ts";
import { formatNumber } from "../../../analysis/words/format-number.ts";
import { nameWithAim } from "../../../objective/unit.ts";
import type {
  FigureAxis,
  HistoryFigure,
  ImportanceFigure,
  ParallelFigure,
  ParameterSlice,
  SliceFigure,
  TimelineBar,
  TimelineFigure,
} from "../../../plot/index.ts";
import { objectiveAxis } from "../../../plot/objective-axis.ts";
import type { Direction } from "../../../trial/metric.ts";
import { clip, displayWidth } from "../../render/text.ts";
import type { PlotStyle } from "./draw-plot.ts";
import { TextCanvas, type ValueRange, valueRange } from "./text-canvas.ts";

const HISTORY_ROWS = 14;

/** Values over trials, the best so far as a line. */
export function historyPlot(figure: HistoryFigure, { width, glyphs, paint }: PlotStyle): readonly string[] {
  const { metric, points, best, replicated, failed, trials } = figure;
  if (points.length === 0) return ["No trial has a value yet."];
  const range = valueRange(
    points.map(({ value }) => value),
    metric.direction,
  );
  const [top, bottom] = [formatNumber(range.high, 4), formatNumber(range.low, 4)];
  const canvas = new TextCanvas(width - Math.max(top.length, bottom.length) - 3, HISTORY_ROWS);
  const last = Math.max(1, trials - 1);
  for (const { trial, value } of points) canvas.plot(trial / last, range.share(value), paint.dim(glyphs.dot));
  for (const [place, { trial, value }] of best.entries()) {
    const end = canvas.columnAt((best[place + 1]?.trial ?? last) / last);
    const row = canvas.rowAt(range.share(value));
    for (let column = canvas.columnAt(trial / last); column <= end; column++)
      canvas.put(column, row, paint.green(glyphs.horizontal));
    canvas.put(canvas.columnAt(trial / last), row, paint.green(glyphs.best));
  }
  for (const { trial, mean, low, high } of replicated) {
    const column = canvas.columnAt(trial / last);
    for (let row = canvas.rowAt(range.share(high)); row <= canvas.rowAt(range.share(low)); row++)
      canvas.put(column, row, paint.yellow(glyphs.vertical));
    canvas.put(column, canvas.rowAt(range.share(mean)), paint.yellow(glyphs.mean));
  }
  const labels = { top, bottom, left: "trial 0", right: String(trials - 1) };
  const again = replicated.length === 0 ? "" : `   ${glyphs.mean} mean of several runs, 95 % interval`;
  const legend = `${glyphs.best} best so far   ${glyphs.dot} a trial${again}   ${failed.length} failed`;
  return [`${nameWithAim(metric)}   ${legend}`, ...canvas.framed(labels, glyphs)];
}

/** A bar for each parameter; those that cannot be told from chance are dim. */
export function importancePlot(
  { metric, bars, trials, enough }: ImportanceFigure,
  style: PlotStyle,
): readonly string[] {
  const { width, glyphs, paint } = style;
  const margin = Math.min(24, Math.max(...bars.map(({ name }) => name.length)));
  const room = Math.max(10, Math.min(50, width - margin - 34));
  const most = Math.max(...bars.map(({ share }) => share), Number.MIN_VALUE);
  const lines = bars.map(({ name, share, deviation, certain, trials: own }) => {
    const bar = glyphs.full.repeat(Math.round((share / most) * room));
    const active = own >= trials ? "" : `  active in ${own}`;
    const colour = enough && certain ? paint.green : paint.dim;
    const numbers = `${Math.round(share * 100)} % +- ${Math.round(deviation * 100)}`;
    return `${name.slice(0, margin).padEnd(margin)}  ${colour(bar)} ${numbers}${active}`;
  });
  return [
    `how much of the variation of ${metric.name} each parameter explains, by ${countWords(trials, "trial")} (fANOVA)`,
    ...lines,
  ];
}

const MOST_LANES = 24;
const GOOD = new Set(["ok", "stopped", "paused"]);

/** When each attempt ran, one row for each that ran at a time; neighbours in a row differ in their sign. */
export function timelinePlot({ bars, lanes, breaks }: TimelineFigure, style: PlotStyle): readonly string[] {
  if (bars.length === 0) return ["No trial has run yet."];
  const { width, glyphs, paint, now } = style;
  const begin = bars[0]!.start;
  const end = Math.max(begin + 1, ...bars.map((bar) => bar.end ?? now));
  const shown = Math.min(lanes, MOST_LANES);
  const canvas = new TextCanvas(width - 2, shown);
  const seen = Array<number>(shown).fill(0);
  let busy = 0;
  for (const bar of bars) {
    busy += (bar.end ?? now) - bar.start;
    if (bar.lane >= shown) continue;
    const sign = signOf(bar, seen[bar.lane]! % 2 === 0, style);
    seen[bar.lane]! += 1;
    const last = canvas.columnAt(((bar.end ?? now) - begin) / (end - begin));
    for (let column = canvas.columnAt((bar.start - begin) / (end - begin)); column <= last; column++)
      canvas.put(column, bar.lane, sign);
  }
  const pause = breaks.reduce((sum, one) => sum + one.end - one.start, 0);
  const share = Math.round((busy / (lanes * Math.max(1, end - begin - pause))) * 100);
  const span = formatDuration((end - begin) / 1000);
  const time = pause === 0 ? span : `${span}, ${formatDuration(pause / 1000)} of it breaks`;
  const more = lanes > shown ? [`and ${countWords(lanes - shown, "more row")}`] : [];
  return [
    `${countWords(bars.length, "attempt")} in ${time}, ${lanes} at a time at most, ${share} % busy   ${glyphs.full}${glyphs.empty} ended well   ${paint.red("x")} failed   ${glyphs.dot} runs`,
    ...canvas.lines().map((line) => `${glyphs.vertical}${line}`),
    ...more,
    `${glyphs.corner}${glyphs.horizontal.repeat(width - 2)}`,
    ` ${new Date(begin).toISOString().slice(0, 19).replace("T", " ")} UTC`,
  ];
}

function signOf({ end, outcome }: TimelineBar, even: boolean, { glyphs, paint }: PlotStyle): string {
  if (end === null) return glyphs.dot;
  if (outcome !== null && !GOOD.has(outcome)) return paint.red("x");
  return even ? glyphs.full : glyphs.empty;
}

const SLICE_ROWS = 8;
const MOST_COLUMNS = 72;

/** The metric over each parameter: a cloud over a range, a row for each single value. */
export function slicePlot({ metric, slices }: SliceFigure, style: PlotStyle): readonly string[] {
  const values = slices.flatMap(({ points }) => points.map(({ value }) => value));
  if (values.length === 0) return ["No trial has a value yet."];
  const range = valueRange(values, metric.direction);
  return slices.flatMap((slice, place) => [
    ...(place === 0 ? [] : [""]),
    ...(slice.range === null
      ? valueRows(slice, metric.name, metric.direction, range, style)
      : cloud(slice, metric.name, range, style)),
  ]);
}

function cloud(slice: ParameterSlice, metric: string, range: ValueRange, style: PlotStyle): readonly string[] {
  const { width, glyphs, paint } = style;
  const [top, bottom] = [formatNumber(range.high, 4), formatNumber(range.low, 4)];
  const margin = Math.max(top.length, bottom.length) + 3;
  const canvas = new TextCanvas(Math.min(MOST_COLUMNS, width - margin), SLICE_ROWS);
  for (const { place, value } of slice.points) canvas.plot(place, range.share(value), paint.green(glyphs.dot));
  const { low, high, scale } = slice.range!;
  const labels = { top, bottom, left: formatNumber(low), right: formatNumber(high) };
  const on = scale === "linear" ? "" : `, ${scale}`;
  return [`${metric} by ${paint.bold(slice.name)}${on}`, ...canvas.framed(labels, glyphs)];
}

function valueRows(
  { name, values, points }: ParameterSlice,
  metric: string,
  direction: Direction,
  range: ValueRange,
  { width, glyphs, paint }: PlotStyle,
): readonly string[] {
  const labels = values ?? [];
  const margin = Math.min(20, Math.max(0, ...labels.map((label) => label.length)));
  const room = Math.max(10, Math.min(MOST_COLUMNS, width - margin - 42));
  const rows = labels.map((label, place) => {
    const own = points.filter((point) => point.place === place).map(({ value }) => value);
    const canvas = new TextCanvas(room, 1);
    for (const value of own) canvas.plot(range.share(value), 0, paint.green(glyphs.dot));
    const line = `${clip(label, margin).padEnd(margin)} ${glyphs.vertical}${canvas.lines()[0]}`;
    return own.length === 0
      ? `${line}not tried`
      : `${line}${" ".repeat(Math.max(1, room - plainLength(canvas) + 1))}${summary(own, direction)}`;
  });
  const ends = `${formatNumber(range.low, 4)} to ${formatNumber(range.high, 4)}`;
  return [`${metric} by ${paint.bold(name)}, ${ends} from left to right`, ...rows];
}

function plainLength(canvas: TextCanvas): number {
  return displayWidth(canvas.lines()[0]!);
}

function summary(values: readonly number[], direction: Direction): string {
  const sorted = [...values].sort((a, b) => (direction === "minimize" ? a - b : b - a));
  const median = sorted[(sorted.length - 1) >> 1]!;
  return `${sorted.length} ×  best ${formatNumber(sorted[0]!, 4)}  median ${formatNumber(median, 4)}`;
}

const PARALLEL_ROWS = 13;
/** Columns from one axis to the next. */
const MOST_GAP = 24;
const LEAST_GAP = 10;
/** The best tenth of the trials is drawn, within these counts. */
const MOST_LINES = 10;
const LEAST_LINES = 3;

/** The best trials as lines over one axis for each parameter; axes that do not fit beside each other stand below. */
export function parallelPlot(figure: ParallelFigure, style: PlotStyle): readonly string[] {
  const { metric, axes, lines } = withOwnAxis(figure);
  if (lines.length === 0 || axes.length === 0) return ["No trial has a value yet."];
  const count = Math.min(lines.length, MOST_LINES, Math.max(LEAST_LINES, Math.ceil(lines.length / 10)));
  const drawn = lines.slice(0, count);
  const perRow = Math.max(2, Math.floor((style.width - LEAST_GAP) / LEAST_GAP) + 1);
  const blocks: string[] = [];
  for (let from = 0; from < axes.length; from += perRow) {
    const some = axes.slice(from, from + perRow);
    const places = drawn.map((line) => line.places.slice(from, from + perRow));
    blocks.push("", ...block(some, places, style));
  }
  const worst = drawn.at(-1)!.value;
  const legend = `${style.glyphs.best} trial ${drawn[0]!.trial}, the best   ${style.glyphs.dot} the other ${count - 1} of the best ${count}`;
  return [`${metric.name} ${formatNumber(drawn[0]!.value, 4)} to ${formatNumber(worst, 4)}   ${legend}`, ...blocks];
}

/** With several objectives the one that lines are sorted by has an axis too, the last one. */
function withOwnAxis(figure: ParallelFigure): ParallelFigure {
  if (figure.objectives === undefined) return figure;
  const { axis, placeOf } = objectiveAxis(
    figure.metric,
    figure.lines.map(({ value }) => value),
  );
  const lines = figure.lines.map((line) => ({ ...line, places: [...line.places, placeOf(line.value)] }));
  return { ...figure, axes: [...figure.axes, axis], lines };
}

function block(
  axes: readonly FigureAxis[],
  lines: readonly (readonly (number | null)[])[],
  { width, glyphs, paint }: PlotStyle,
): readonly string[] {
  const gap = axes.length === 1 ? LEAST_GAP : Math.min(MOST_GAP, Math.floor((width - LEAST_GAP) / (axes.length - 1)));
  const canvas = new TextCanvas((axes.length - 1) * gap + 1, PARALLEL_ROWS);
  for (const axis of axes.keys()) {
    for (let row = 0; row < PARALLEL_ROWS; row++) canvas.put(axis * gap, row, paint.dim(glyphs.vertical));
  }
  for (const [place, line] of [...lines.entries()].reverse()) {
    const best = place === 0;
    drawLine(canvas, axes, line, gap, best ? paint.green(glyphs.best) : glyphs.dot, !best);
  }
  const heading = (text: (axis: FigureAxis) => string): string =>
    axes
      .map((axis) => clip(text(axis), gap - 1).padEnd(gap))
      .join("")
      .trimEnd();
  return [
    heading(({ name }) => name),
    heading((axis) => end(axis, 1)),
    ...canvas.lines(),
    heading((axis) => end(axis, 0)),
  ];
}

function drawLine(
  canvas: TextCanvas,
  axes: readonly FigureAxis[],
  places: readonly (number | null)[],
  gap: number,
  sign: string,
  sparse: boolean,
): void {
  const heights = places.map((place, axis) => (place === null ? null : height(axes[axis]!, place)));
  for (const [axis, from] of heights.entries()) {
    if (from === null) continue;
    canvas.put(axis * gap, canvas.rowAt(from), sign);
    const to = heights[axis + 1];
    if (to === null || to === undefined) continue;
    for (let step = 1; step < gap; step += sparse ? 2 : 1) {
      canvas.put(axis * gap + step, canvas.rowAt(from + ((to - from) * step) / gap), sign);
    }
  }
}

/** Single values are spread evenly from the bottom to the top. */
function height({ values }: FigureAxis, place: number): number {
  if (values === null) return place;
  return values.length < 2 ? 0.5 : place / (values.length - 1);
}

function end({ range, values }: FigureAxis, which: 0 | 1): string {
  if (range !== null) return formatNumber(which === 0 ? range.low : range.high, 3);
  return values?.[which === 0 ? 0 : values.length - 1] ?? "";
}
