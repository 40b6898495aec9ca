import { formatNumber } from "../../analysis/words/format-number.ts";
import { nameWithAim, nameWithUnit } from "../../objective/unit.ts";
import type { ChartOption, Figure } from "../figure.ts";
import type { FigureTheme } from "../figure-theme.ts";
import type { GoodPart, ParameterSlice, SliceFigure } from "../slice.ts";
import { thinPoints } from "../thin-points.ts";
import { axis, frame, parameterAxis, topOf } from "./frame.ts";
import { shownRange } from "./value-range.ts";

/** The metric over each parameter. */
export const sliceEntry: Figure<SliceFigure> = {
  name: "slice",
  title: "Slice",
  help: "Each dot is a finished trial, once over each parameter. Where dots lie low and high alike, the parameter decides little by itself.",
  of: "metric",
  sentence: sliceSentence,
  empty: ({ slices }) => {
    if (slices.length === 0) return "The space has no parameter that varies; there is nothing to lay the values over.";
    return slices.some(({ points }) => points.length > 0)
      ? null
      : "The values of the trials appear here over each parameter, from the first trial that ends with one.";
  },
  option: sliceOption,
  leastHeight: ({ slices }, width) => {
    const shown = Math.min(slices.length, MOST_SLICES);
    return 40 + LEAST_ROW * Math.ceil(shown / acrossOf(shown, width));
  },
};

/** Above this share of its axis a parameter is said to be good everywhere. */
const WIDE = 0.6;

/** Where the best trials lie, of the parameter whose axis they take up least. */
function sliceSentence({ metric, slices }: SliceFigure): string {
  const known = slices.filter(({ good }) => good !== null).sort((a, b) => a.good!.share - b.good!.share);
  const [narrow] = known;
  if (narrow === undefined) return `There are too few trials yet to say where \`${metric.name}\` is good.`;
  const { name, good } = narrow;
  if (good!.share > WIDE) return `The best tenth by \`${metric.name}\` lie all over the ranges of the parameters.`;
  return `The best tenth by \`${metric.name}\` have \`${name}\` ${partWords(good!)}.`;
}

function partWords({ range, values }: GoodPart): string {
  if (range === null) return (values ?? []).join(" or ");
  const [low, high] = range.map((end) => formatNumber(end, 3));
  return low === high ? `at ${low}` : `between ${low} and ${high}`;
}

/** Pixels of a small picture, its margins included. */
const LEAST_CELL = 230;
const LEAST_ROW = 140;
const MARGIN = { left: 62, right: 14, top: 8, bottom: 50 } as const;
const MOST_DRAWN = 1_500;
/** Pictures at most; the rest are counted. */
const MOST_SLICES = 24;

function acrossOf(count: number, width: number): number {
  return Math.max(1, Math.min(count, Math.floor(width / LEAST_CELL)));
}

function sliceOption(data: SliceFigure, theme: FigureTheme): ChartOption {
  const { metric } = data;
  const slices = data.slices.slice(0, MOST_SLICES);
  const caption = { title: `${nameWithAim(metric)} over each parameter`, sentence: sliceSentence(data) };
  const values = slices.flatMap(({ points }) => points.map(({ value }) => value));
  const { min, max, interval } = shownRange(values, metric.direction);
  const across = acrossOf(slices.length, theme.width);
  const rows = Math.ceil(slices.length / across);
  const top = topOf(theme, caption);
  const [wide, high] = [(theme.width - 10) / across, (theme.height - top - 6) / rows];
  const place = (k: number) => ({ left: (k % across) * wide + 5, top: top + Math.floor(k / across) * high });
  return {
    ...frame(theme, caption),
    tooltip: { trigger: "item" },
    grid: slices.map((_, k) => ({
      left: place(k).left + MARGIN.left,
      top: place(k).top + MARGIN.top,
      width: wide - MARGIN.left - MARGIN.right,
      height: Math.max(20, high - MARGIN.top - MARGIN.bottom),
    })),
    xAxis: slices.map((slice, k) => parameterAxis(theme, slice, { gridIndex: k, nameGap: 26 })),
    yAxis: slices.map((_, k) =>
      axis(theme, k % across === 0 ? nameWithUnit(metric) : "", {
        gridIndex: k,
        min,
        max,
        interval,
        nameGap: 46,
        splitNumber: 3,
      }),
    ),
    series: slices.map((slice, k) => cloud(slice, k, data, theme)),
  };
}

function cloud({ points }: ParameterSlice, k: number, { metric }: SliceFigure, theme: FigureTheme): ChartOption {
  const shown = thinPoints(
    points,
    MOST_DRAWN,
    ({ place }) => place,
    ({ value }) => value,
  );
  const last = Math.max(1, ...points.map(({ trial }) => trial));
  return {
    name: metric.name,
    type: "scatter",
    xAxisIndex: k,
    yAxisIndex: k,
    symbolSize: shown.length > 500 ? 3 : 6,
    // Newer trials are darker, so that where the search went can be seen.
    data: shown.map(({ trial, place, value }) => ({
      value: [place, value],
      itemStyle: { color: theme.colours[0], opacity: 0.25 + (0.6 * trial) / last },
    })),
  };
}
