import { countWords } from "../../analysis/words/count-words.ts";
import { formatDuration } from "../../analysis/words/format-duration.ts";
import type { ChartOption, Figure } from "../figure.ts";
import type { FigureTheme } from "../figure-theme.ts";
import type { TimelineBar, TimelineFigure } from "../timeline.ts";
import { axis, frame, legend, topOf } from "./frame.ts";
import type { ItemDrawing } from "./item-drawing.ts";

/** When each attempt ran. */
export const timelineEntry: Figure<TimelineFigure> = {
  name: "timeline",
  title: "Timeline",
  help: "Each bar is an attempt of a trial, in as many rows as ran at a time; below, how many ran. Gaps are time that workers did not use.",
  of: "study",
  sentence: timelineSentence,
  empty: ({ bars }) => (bars.length > 0 ? null : "Bars appear here as soon as a trial runs."),
  option: timelineOption,
};

function timelineSentence({ attempts, lanes, utilisation, seconds, breaks }: TimelineFigure): string {
  const pause = breaks.reduce((sum, { start, end }) => sum + (end - start) / 1000, 0);
  const away = pause === 0 ? "" : ` (${formatDuration(pause)} of breaks left out)`;
  const workers = lanes === 1 ? "the one worker was" : `${lanes} workers at most were`;
  const busy = utilisation === null ? "" : `; ${workers} busy ${Math.round(utilisation * 100)} % of it`;
  return `${countWords(attempts, "attempt")} in ${formatDuration(seconds)}${away}${busy}.`;
}

const GOOD = ["ok", "stopped", "paused"] as const;
const KINDS = ["ended well", "failed", "runs"] as const;
type Kind = (typeof KINDS)[number];

function kindOf({ end, outcome }: TimelineBar): Kind {
  if (end === null) return "runs";
  return outcome === null || GOOD.some((one) => one === outcome) ? "ended well" : "failed";
}

/** Bars drawn at most, and rows. */
const MOST_DRAWN = 3_000;
const MOST_LANES = 64;

function timelineOption(data: TimelineFigure, theme: FigureTheme): ChartOption {
  const { span, lanes } = data;
  const [start, end] = span;
  const caption = { title: "What ran when", sentence: timelineSentence(data) };
  const unit = unitOf(end - start);
  const max = Math.max((end - start) / unit.ms, Number.MIN_VALUE);
  const rows = Math.min(lanes, MOST_LANES);
  const top = topOf(theme, caption) + 8;
  const height = Math.max(40, theme.height - top - 162);
  const across = { left: 60, right: 26 };
  const since = new Date(start).toISOString().slice(0, 16).replace("T", " ");
  const time = axis(theme, `${unit.name} since ${since} UTC`, { min: 0, max, splitNumber: 8 });
  const above = { gridIndex: 0, axisLabel: { show: false } };
  return {
    ...frame(theme, caption),
    legend: { ...legend(theme, caption, KINDS), selectedMode: false },
    tooltip: { trigger: "item" },
    grid: [
      { ...across, top, height },
      { ...across, top: top + height + 16, height: 84 },
    ],
    xAxis: [
      { ...time, ...above, name: "" },
      { ...time, gridIndex: 1 },
    ],
    yAxis: [
      axis(theme, lanes > rows ? `the first ${rows} of ${lanes} rows` : "", {
        ...above,
        min: 0,
        max: rows,
        inverse: true,
        splitLine: { show: false },
      }),
      axis(theme, "running", { gridIndex: 1, min: 0, max: lanes, splitNumber: 2, minInterval: 1, nameGap: 36 }),
    ],
    series: [...barSeries(data, theme, unit.ms, rows), runningSeries(data, theme, max)],
  };
}

function barSeries(data: TimelineFigure, { colours }: FigureTheme, ms: number, rows: number): readonly ChartOption[] {
  const [blue, orange, , red] = colours;
  const colour: Readonly<Record<Kind, string>> = { "ended well": blue, failed: red, runs: orange };
  const [start, end] = data.span;
  const bars = data.bars.filter(({ lane }) => lane < rows).slice(-MOST_DRAWN);
  return KINDS.map((kind) => ({
    name: kind,
    type: "custom",
    xAxisIndex: 0,
    yAxisIndex: 0,
    itemStyle: { color: colour[kind] },
    renderItem: bar,
    data: bars
      .filter((one) => kindOf(one) === kind)
      .map((one) => [(one.start - start) / ms, ((one.end ?? end) - start) / ms, one.lane]),
  }));
}

function runningSeries({ running }: TimelineFigure, { colours }: FigureTheme, length: number): ChartOption {
  const color = colours[4];
  return {
    name: "running",
    type: "line",
    xAxisIndex: 1,
    yAxisIndex: 1,
    showSymbol: false,
    data: running.map((count, part) => [((part + 0.5) * length) / running.length, count]),
    areaStyle: { color, opacity: 0.35 },
    lineStyle: { color, width: 1.2 },
    itemStyle: { color },
  };
}

function bar(_params: unknown, api: ItemDrawing): object {
  const [x, y] = api.coord([api.value(0), api.value(2)]);
  const [to, under] = api.coord([api.value(1), api.value(2) + 1]);
  const high = under - y;
  const shape = { x, y: y + high * 0.1, width: Math.max(1, to - x - 0.5), height: Math.max(1, high * 0.8) };
  return { type: "rect", shape, style: { fill: api.visual("color") } };
}

const UNITS = [
  { name: "days", ms: 86_400_000 },
  { name: "hours", ms: 3_600_000 },
  { name: "minutes", ms: 60_000 },
  { name: "seconds", ms: 1_000 },
] as const;

function unitOf(ms: number): (typeof UNITS)[number] {
  return UNITS.find((unit) => ms >= 3 * unit.ms) ?? UNITS[3];
}
