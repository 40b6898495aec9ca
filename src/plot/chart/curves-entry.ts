import { countWords } from "../../analysis/words/count-words.ts";
import { formatNumber } from "../../analysis/words/format-number.ts";
import { nameWithAim, nameWithUnit, withUnit } from "../../objective/unit.ts";
import type { CurvesFigure } from "../curves.ts";
import type { ChartOption, Figure } from "../figure.ts";
import type { FigureTheme } from "../figure-theme.ts";
import { axis, frame, legend, topOf } from "./frame.ts";
import { shownRange } from "./value-range.ts";

/** Learning curves. */
export const curvesEntry: Figure<CurvesFigure> = {
  name: "curves",
  title: "Learning curves",
  help: "What each trial told at each step. The thick line is the best trial; crosses are trials that were stopped, squares paused ones, triangles those that went on.",
  of: "metric",
  sentence: curvesSentence,
  empty: ({ curves }) =>
    curves.length > 0 ? null : "Curves appear here once a trial reports the metric at a step, while it still runs.",
  option: curvesOption,
};

type Action = CurvesFigure["curves"][number]["marks"][number]["action"];

function marksOf({ curves }: CurvesFigure, action: Action): readonly (readonly [number, number])[] {
  return curves.flatMap(({ marks }) =>
    marks.filter((mark) => mark.action === action).map(({ step, value }) => [step, value] as const),
  );
}

function curvesSentence(data: CurvesFigure): string {
  const { metric, curves, best, trials } = data;
  const winner = curves.find(({ trial }) => trial === best)?.points.at(-1);
  const stopped = curves.filter(({ state }) => state === "pruned").length;
  const paused = curves.filter(({ state }) => state === "paused").length;
  const head =
    winner === undefined
      ? `None of ${countWords(trials, "curve")} of \`${metric.name}\` has come to its end yet`
      : `Trial ${best} ended best of ${countWords(trials, "curve")}, with \`${metric.name}\` ${withUnit(formatNumber(winner.value, 4), metric)} at step ${formatNumber(winner.step)}`;
  const parts = [...(stopped === 0 ? [] : [`${stopped} stopped early`]), ...(paused === 0 ? [] : [`${paused} paused`])];
  return parts.length === 0 ? `${head}.` : `${head}; ${parts.join(" and ")}.`;
}

/** Curves drawn at most, the newest. */
const MOST_DRAWN = 200;
const SIGNS = {
  stop: ["stopped", "path://M0,0L10,10M10,0L0,10"],
  pause: ["paused", "rect"],
  resume: ["went on", "triangle"],
} as const;

function curvesOption(data: CurvesFigure, theme: FigureTheme): ChartOption {
  const { metric, curves, best } = data;
  const caption = { title: `${nameWithAim(metric)} over steps`, sentence: curvesSentence(data) };
  const { min, max, interval } = shownRange(
    curves.flatMap(({ points }) => points.map(({ value }) => value)),
    metric.direction,
  );
  const [blue, orange, green, red] = theme.colours;
  const shown = curves.filter(({ trial }) => trial !== best).slice(-MOST_DRAWN);
  const winner = curves.filter(({ trial }) => trial === best);
  const marks = (["stop", "pause", "resume"] as const).flatMap((action) => {
    const places = marksOf(data, action);
    if (places.length === 0) return [];
    const [name, symbol] = SIGNS[action];
    const color = { stop: red, pause: orange, resume: green }[action];
    const itemStyle = action === "stop" ? { color: "transparent", borderColor: color, borderWidth: 1.5 } : { color };
    return [{ name, type: "scatter", symbol, symbolSize: 7, data: places, itemStyle, color, z: 4 }];
  });
  return {
    ...frame(theme, caption),
    legend: legend(theme, caption, [...(winner.length > 0 ? ["the best"] : []), ...marks.map(({ name }) => name)]),
    tooltip: { trigger: "item" },
    grid: { left: 76, right: 26, top: topOf(theme, caption) + 8, bottom: 52 },
    xAxis: axis(theme, "step", { scale: true }),
    yAxis: axis(theme, nameWithUnit(metric), { min, max, interval, nameGap: 56 }),
    series: [
      ...shown.map(({ trial, points }) => line(`trial ${trial}`, points, { color: blue, width: 1, opacity: 0.35 })),
      ...winner.map(({ points }) => ({ ...line("the best", points, { color: green, width: 2.5 }), z: 3 })),
      ...marks,
    ],
  };
}

function line(
  name: string,
  points: CurvesFigure["curves"][number]["points"],
  lineStyle: { readonly color: string; readonly width: number; readonly opacity?: number },
): ChartOption {
  const data = points.map(({ step, value }) => [step, value]);
  return {
    name,
    type: "line",
    data,
    showSymbol: points.length === 1,
    symbolSize: 4,
    lineStyle,
    itemStyle: { color: lineStyle.color },
  };
}
