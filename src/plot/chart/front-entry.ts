import { countWords } from "../../analysis/words/count-words.ts";
import { formatNumber } from "../../analysis/words/format-number.ts";
import { nameWithAim, withUnit } from "../../objective/unit.ts";
import type { Metric } from "../../trial/metric.ts";
import type { ChartOption, Figure } from "../figure.ts";
import type { FigureTheme } from "../figure-theme.ts";
import type { FrontFigure, FrontFigurePoint } from "../front.ts";
import { thinPoints } from "../thin-points.ts";
import { axis, frame, legend, moreLegend, topOf } from "./frame.ts";
import { POINT_NAMES } from "./front-point-names.ts";
import { frontRange } from "./front-range.ts";

/** The front of several objectives. */
export const frontEntry: Figure<FrontFigure> = {
  name: "front",
  title: "Pareto front",
  help: "Configurations by two objectives. Those on the front are dominated by none: no other is as good in all objectives and better in one. The knee is where more of one objective begins to cost most of the others. Beyond a dashed line a limit is broken.",
  of: "study",
  sentence: frontSentence,
  empty: ({ metrics, front, others }) => {
    if (metrics.length < 2) return "The study has one objective; with several their front appears here.";
    return front.length + others.length > 0
      ? null
      : "The front of the objectives appears here from the first trial that ends with a value of each.";
  },
  option: frontOption,
};

function frontSentence({ front, metrics, knee, preferred, configurations, others }: FrontFigure): string {
  if (front.length === 0) return `None of ${countWords(configurations, "configuration")} keeps the limits yet.`;
  const broken = others.filter(({ feasible }) => !feasible).length;
  const bend = front.find(({ trial }) => trial === knee);
  const chosen = front.find(({ trial }) => trial === preferred);
  const at = bend === undefined || front.length < 3 ? "" : `; the knee is trial ${knee}: ${valueWords(bend, metrics)}`;
  const liked = chosen === undefined ? "" : `; trial ${preferred} is preferred: ${valueWords(chosen, metrics)}`;
  const beyond = broken === 0 ? "" : `; ${broken} break a limit`;
  const are = front.length === 1 ? "one is" : `${front.length} are`;
  return `Of ${countWords(configurations, "configuration")} ${are} on the front, dominated by none${at}${liked}${beyond}.`;
}

function valueWords({ values }: FrontFigurePoint, metrics: readonly Metric[]): string {
  return metrics.map((metric, k) => `\`${metric.name}\` ${withUnit(formatNumber(values[k]!, 3), metric)}`).join(", ");
}

const MOST_DRAWN = 3_000;

type Point = readonly [x: number, y: number];

const placeOf = ({ values }: FrontFigurePoint): Point => [values[0]!, values[1]!];

function frontOption(data: FrontFigure, theme: FigureTheme): ChartOption {
  const { metrics, front, others, preferred } = data;
  const [first, second] = metrics as readonly [Metric, Metric];
  const caption = { title: `${first.name} against ${second.name}`, sentence: frontSentence(data) };
  const range = (k: number) => {
    const { beyond: _none, ...ends } = frontRange(data, k);
    return ends;
  };
  const { infeasible, preferred: liked, ...always } = POINT_NAMES;
  const names = [
    ...Object.values(always),
    ...(others.some(({ feasible }) => !feasible) ? [infeasible] : []),
    ...(front.some(({ trial }) => trial === preferred) ? [liked] : []),
  ];
  return {
    ...frame(theme, caption),
    legend: legend(theme, caption, names),
    tooltip: { trigger: "item" },
    grid: { left: 76, right: 34, top: topOf(theme, caption) + 8 + moreLegend(theme, names), bottom: 52 },
    xAxis: axis(theme, `${nameWithAim(first)}`, range(0)),
    yAxis: axis(theme, `${nameWithAim(second)}`, { ...range(1), nameGap: 56 }),
    series: [...cloudSeries(data, theme), frontSeries(data, theme), ...markSeries(data, theme)],
  };
}

function cloudSeries({ others }: FrontFigure, theme: FigureTheme): readonly ChartOption[] {
  const cloud = (feasible: boolean): readonly Point[] =>
    thinPoints(
      others.filter((one) => one.feasible === feasible),
      MOST_DRAWN,
      ({ values }) => values[0]!,
      ({ values }) => values[1]!,
    ).map(placeOf);
  const scatter = { type: "scatter", symbolSize: 5 };
  return [
    { ...scatter, name: POINT_NAMES.dominated, itemStyle: { color: theme.faint, opacity: 0.45 }, data: cloud(true) },
    {
      ...scatter,
      name: POINT_NAMES.infeasible,
      symbol: "emptyCircle",
      itemStyle: { color: theme.colours[3], opacity: 0.6 },
      data: cloud(false),
    },
  ];
}

/** By two objectives the front is a staircase; of more only its points are drawn, since no line goes through them. */
function frontSeries({ front, metrics, limits }: FrontFigure, theme: FigureTheme): ChartOption {
  const [first, second] = metrics as readonly [Metric, Metric];
  const [, , color, red] = theme.colours;
  const lines = limits
    .filter(({ metric }) => metric === first.name || metric === second.name)
    .map(({ metric, at, text }) => ({ name: text, [metric === first.name ? "xAxis" : "yAxis"]: at }));
  const step = first.direction === "minimize" ? "end" : "start";
  return {
    name: POINT_NAMES.front,
    ...(metrics.length === 2
      ? { type: "line", step, symbol: "circle", lineStyle: { color, width: 1.5 } }
      : { type: "scatter" }),
    symbolSize: 7,
    itemStyle: { color },
    data: front.map(placeOf).toSorted((a, b) => a[0] - b[0]),
    z: 3,
    markLine: {
      symbol: "none",
      silent: true,
      data: lines,
      lineStyle: { color: red, type: "dashed" },
      label: { formatter: "{b}", position: "insideEndTop", color: theme.text, fontFamily: theme.font },
    },
  };
}

/** Rings about the knee and about what is preferred. */
function markSeries({ front, knee, preferred }: FrontFigure, { colours }: FigureTheme): readonly ChartOption[] {
  const ring = (name: string, of: number | null, symbol: string, size: number, borderColor: string): ChartOption => ({
    name,
    type: "scatter",
    symbol,
    symbolSize: size,
    itemStyle: { color: "transparent", borderColor, borderWidth: 2.5 },
    data: front.filter(({ trial }) => trial === of).map(placeOf),
    z: 4,
  });
  const [blue, orange] = colours;
  const { knee: bend, preferred: liked } = POINT_NAMES;
  return [ring(bend, knee, "circle", 15, orange), ring(liked, preferred, "rect", 18, blue)];
}
