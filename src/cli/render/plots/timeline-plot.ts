import type { TimelineBar, TimelineFigure } from "../../../plot/index.ts";
import { formatDuration } from "../format-duration.ts";
import type { PlotStyle } from "./plot-style.ts";
import { TextCanvas } from "./text-canvas.ts";

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
  const more = lanes > shown ? [`and ${lanes - shown} more rows`] : [];
  return [
    `${bars.length} attempts in ${time}, ${lanes} at a time at most, ${share} % busy   ${glyphs.full}${glyphs.empty} ended well   ${paint.red("x")} failed   ${glyphs.dot} runs`,
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
