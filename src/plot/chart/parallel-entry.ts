import { countWords } from "../../analysis/words/count-words.ts";
import { formatNumber } from "../../analysis/words/format-number.ts";
import { nameWithUnit, withUnit } from "../../objective/unit.ts";
import type { ChartOption, Figure } from "../figure.ts";
import type { FigureAxis } from "../figure-axis.ts";
import type { FigureTheme } from "../figure-theme.ts";
import type { ParallelFigure } from "../parallel.ts";
import { frame, topOf } from "./frame.ts";
import { shownRange } from "./value-range.ts";

/** Configurations as lines over all parameters. */
export const parallelEntry: Figure<ParallelFigure> = {
  name: "parallel",
  title: "Parallel coordinates",
  help: "Each line is a configuration, and crosses every axis at the value it had, those of several objectives too; a gap is a parameter it did not have. Bright lines are good.",
  of: "metric",
  sentence: parallelSentence,
  empty: ({ lines, axes, objectives = 0 }) => {
    if (axes.length === objectives)
      return "The space has no parameter that varies; there are no axes to lay lines over.";
    return lines.length > 0
      ? null
      : "A line for each configuration appears here, from the first trial that ends with a value.";
  },
  option: parallelOption,
};

/** Which single values and which ends of ranges the best configurations share. */
function parallelSentence({ metric, axes, lines, configurations }: ParallelFigure): string {
  const [best] = lines;
  if (best === undefined) return `No configuration has a value of \`${metric.name}\` yet.`;
  const good = lines.slice(0, Math.min(10, Math.max(3, Math.ceil(configurations / 10))));
  const shared = axes.flatMap(({ name, values }, k) => {
    const first = good[0]!.places[k];
    const same =
      values !== null && values.length > 1 && first !== null && good.every(({ places }) => places[k] === first);
    return same ? [`\`${name}\` ${values[Number(first)]}`] : [];
  });
  const head = `The best of ${countWords(configurations, "configuration")} is that of trial ${best.trial}, ${withUnit(formatNumber(best.value, 4), metric)}`;
  if (good.length < 3 || shared.length === 0) return `${head}.`;
  return `${head}; the best ${good.length} all have ${shared.join(" and ")}.`;
}

const MOST_DRAWN = 400;
/** Below every axis there is room for lines of configurations that do not have the parameter. */
function parallelOption(data: ParallelFigure, theme: FigureTheme): ChartOption {
  const { metric, axes } = data;
  const caption = { title: `Which values go together, by ${metric.name}`, sentence: parallelSentence(data) };
  const lines = evenly(data);
  const { min, max, interval } = shownRange(
    data.lines.map(({ value }) => value),
    metric.direction,
  );
  // Good ones bright: the ramp goes from bad to good.
  const good = metric.direction === "maximize" ? [...theme.ramp] : [...theme.ramp].reverse();
  return {
    ...frame(theme, caption),
    tooltip: { trigger: "item" },
    parallel: {
      left: 50,
      right: 110,
      top: topOf(theme, caption) + 20,
      bottom: 44,
      parallelAxisDefault: { nameLocation: "start", nameGap: 16 },
    },
    parallelAxis: [
      ...axes.map((of, dim) => parallelAxis(of, dim, theme)),
      valueAxis(nameWithUnit(metric), axes.length, { min, max, interval }, theme),
    ],
    visualMap: { type: "continuous", show: false, dimension: axes.length, min, max, inRange: { color: good } },
    series: [
      {
        type: "parallel",
        smooth: false,
        lineStyle: { width: lines.length > 100 ? 1 : 1.6, opacity: lines.length > 100 ? 0.5 : 0.75 },
        // The last are drawn on top.
        data: lines
          .toReversed()
          .map(({ value, places }) => [...places.map((place, dim) => shown(place, axes[dim]!)), value]),
      },
    ],
  };
}

function evenly({ lines }: ParallelFigure): ParallelFigure["lines"] {
  if (lines.length <= MOST_DRAWN) return lines;
  return Array.from({ length: MOST_DRAWN }, (_, k) => lines[Math.floor((k * lines.length) / MOST_DRAWN)]!);
}

function shown(place: number | null, { values }: FigureAxis): number | string {
  if (place === null) return "-";
  return values === null ? place : values[place]!;
}

function parallelAxis({ name, values, ticks }: FigureAxis, dim: number, theme: FigureTheme): ChartOption {
  const look = axisLook(theme);
  if (values !== null) return { ...look, dim, name, type: "category", data: [...values] };
  const text = new Map(ticks.map((tick) => [tick.place, tick.text]));
  const customValues = [...text.keys()];
  return {
    ...look,
    dim,
    name,
    type: "value",
    min: 0,
    max: 1,
    axisTick: { customValues, lineStyle: { color: theme.faint } },
    axisLabel: { ...(look.axisLabel as object), customValues, formatter: (place: number) => text.get(place) ?? "" },
  };
}

function valueAxis(name: string, dim: number, range: ChartOption, theme: FigureTheme): ChartOption {
  return { ...axisLook(theme), dim, name, type: "value", ...range };
}

function axisLook({ text, faint, font }: FigureTheme): ChartOption {
  return {
    nameTextStyle: { color: text, fontFamily: font },
    axisLine: { lineStyle: { color: faint } },
    axisTick: { lineStyle: { color: faint } },
    axisLabel: { color: faint, fontFamily: font, fontSize: 11 },
  };
}
