import { countWords } from "../../analysis/words/count-words.ts";
import { formatNumber } from "../../analysis/words/format-number.ts";
import { nameWithAim, withUnit } from "../../objective/unit.ts";
import type { Metric } from "../../trial/metric.ts";
import type { ChartOption, Figure } from "../figure.ts";
import type { FigureTheme } from "../figure-theme.ts";
import type { FrontFigure, FrontFigurePoint } from "../front.ts";
import { thinPoints } from "../thin-points.ts";
import { axis, frame, legend, topOf } from "./frame.ts";
import { shownRange } from "./value-range.ts";

/** The front of several objectives. */
export const frontEntry: Figure<FrontFigure> = {
  name: "front",
  title: "Front",
  help: "Configurations by two objectives. Those on the line are beaten in all objectives by none; the marked one lies where more of one objective begins to cost most of the other. Beyond a dashed line a limit is broken.",
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

function frontSentence({ front, metrics, knee, configurations, others }: FrontFigure): string {
  if (front.length === 0) return `None of ${countWords(configurations, "configuration")} keeps the limits yet.`;
  const broken = others.filter(({ feasible }) => !feasible).length;
  const bend = front.find(({ trial }) => trial === knee);
  const at =
    bend === undefined || front.length < 3 ? "" : `; it bends most at trial ${knee}: ${valueWords(bend, metrics)}`;
  const beyond = broken === 0 ? "" : `; ${broken} break a limit`;
  const are = front.length === 1 ? "one is" : `${front.length} are`;
  return `Of ${countWords(configurations, "configuration")} ${are} beaten by none${at}${beyond}.`;
}

function valueWords({ values }: FrontFigurePoint, metrics: readonly Metric[]): string {
  return metrics.map((metric, k) => `\`${metric.name}\` ${withUnit(formatNumber(values[k]!, 3), metric)}`).join(", ");
}

const MOST_DRAWN = 3_000;
const NAMES = ["on the front", "beaten", "breaks a limit", "where it bends"] as const;

type Point = readonly [x: number, y: number];

const placeOf = ({ values }: FrontFigurePoint): Point => [values[0]!, values[1]!];

function frontOption(data: FrontFigure, theme: FigureTheme): ChartOption {
  const { metrics, front, others } = data;
  const [first, second] = metrics as readonly [Metric, Metric];
  const caption = { title: `${first.name} against ${second.name}`, sentence: frontSentence(data) };
  const range = (metric: Metric, k: number) => {
    const { beyond: _none, ...ends } = shownRange(
      [...front, ...others].map(({ values }) => values[k]!),
      metric.direction,
    );
    return ends;
  };
  const broken = others.some(({ feasible }) => !feasible);
  return {
    ...frame(theme, caption),
    legend: legend(
      theme,
      caption,
      NAMES.filter((name) => name !== "breaks a limit" || broken),
    ),
    tooltip: { trigger: "item" },
    grid: { left: 76, right: 34, top: topOf(theme, caption) + 8, bottom: 52 },
    xAxis: axis(theme, `${nameWithAim(first)}`, range(first, 0)),
    yAxis: axis(theme, `${nameWithAim(second)}`, { ...range(second, 1), nameGap: 56 }),
    series: [...cloudSeries(data, theme), frontSeries(data, theme), bendSeries(data, theme)],
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
    { ...scatter, name: "beaten", itemStyle: { color: theme.faint, opacity: 0.45 }, data: cloud(true) },
    {
      ...scatter,
      name: "breaks a limit",
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
    name: "on the front",
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

function bendSeries({ front, knee }: FrontFigure, { colours }: FigureTheme): ChartOption {
  return {
    name: "where it bends",
    type: "scatter",
    symbol: "circle",
    symbolSize: 15,
    itemStyle: { color: "transparent", borderColor: colours[1], borderWidth: 2.5 },
    data: front.filter(({ trial }) => trial === knee).map(placeOf),
    z: 4,
  };
}
