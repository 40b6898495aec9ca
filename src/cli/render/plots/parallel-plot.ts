import type { FigureAxis, ParallelFigure } from "../../../plot/index.ts";
import { clip } from "../clip.ts";
import { formatNumber } from "../format-number.ts";
import type { PlotStyle } from "./plot-style.ts";
import { TextCanvas } from "./text-canvas.ts";

const ROWS = 13;
/** Columns from one axis to the next. */
const MOST_GAP = 24;
const LEAST_GAP = 10;
/** The best tenth of the trials is drawn, within these counts. */
const MOST_LINES = 10;
const LEAST_LINES = 3;

/** The best trials as lines over one axis for each parameter; axes that do not fit beside each other stand below. */
export function parallelPlot({ metric, axes, lines }: ParallelFigure, style: PlotStyle): readonly string[] {
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

function block(
  axes: readonly FigureAxis[],
  lines: readonly (readonly (number | null)[])[],
  { width, glyphs, paint }: PlotStyle,
): readonly string[] {
  const gap = axes.length === 1 ? LEAST_GAP : Math.min(MOST_GAP, Math.floor((width - LEAST_GAP) / (axes.length - 1)));
  const canvas = new TextCanvas((axes.length - 1) * gap + 1, ROWS);
  for (const axis of axes.keys()) {
    for (let row = 0; row < ROWS; row++) canvas.put(axis * gap, row, paint.dim(glyphs.vertical));
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
