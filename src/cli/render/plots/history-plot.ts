import type { HistoryFigure } from "../../../plot/index.ts";
import { formatNumber } from "../format-number.ts";
import type { PlotStyle } from "./plot-style.ts";
import { TextCanvas } from "./text-canvas.ts";
import { valueRange } from "./value-range.ts";

const ROWS = 14;

/** Values over trials, the best so far as a line. */
export function historyPlot(figure: HistoryFigure, { width, glyphs, paint }: PlotStyle): readonly string[] {
  const { metric, points, best, failed, trials } = figure;
  if (points.length === 0) return ["No trial has a value yet."];
  const range = valueRange(
    points.map(({ value }) => value),
    metric.direction,
  );
  const [top, bottom] = [formatNumber(range.high, 4), formatNumber(range.low, 4)];
  const canvas = new TextCanvas(width - Math.max(top.length, bottom.length) - 3, ROWS);
  const last = Math.max(1, trials - 1);
  for (const { trial, value } of points) canvas.plot(trial / last, range.share(value), paint.dim(glyphs.dot));
  for (const [place, { trial, value }] of best.entries()) {
    const end = canvas.columnAt((best[place + 1]?.trial ?? last) / last);
    const row = canvas.rowAt(range.share(value));
    for (let column = canvas.columnAt(trial / last); column <= end; column++)
      canvas.put(column, row, paint.green(glyphs.horizontal));
    canvas.put(canvas.columnAt(trial / last), row, paint.green(glyphs.best));
  }
  const labels = { top, bottom, left: "trial 0", right: String(trials - 1) };
  const legend = `${glyphs.best} best so far   ${glyphs.dot} a trial   ${failed.length} failed`;
  return [`${metric.name} (${metric.direction})   ${legend}`, ...canvas.framed(labels, glyphs)];
}
