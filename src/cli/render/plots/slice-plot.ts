import type { ParameterSlice, SliceFigure } from "../../../plot/index.ts";
import type { Direction } from "../../../trial/metric.ts";
import { clip } from "../clip.ts";
import { displayWidth } from "../display-width.ts";
import { formatNumber } from "../format-number.ts";
import type { PlotStyle } from "./plot-style.ts";
import { TextCanvas } from "./text-canvas.ts";
import { type ValueRange, valueRange } from "./value-range.ts";

const ROWS = 8;
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
  const canvas = new TextCanvas(Math.min(MOST_COLUMNS, width - margin), ROWS);
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
