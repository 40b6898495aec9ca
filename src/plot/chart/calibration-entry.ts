import { formatNumber } from "../../analysis/words/format-number.ts";
import { nameWithUnit } from "../../objective/unit.ts";
import type { CalibrationFigure } from "../calibration.ts";
import type { ChartOption, Figure } from "../figure.ts";
import type { FigureTheme } from "../figure-theme.ts";
import { axis, frame, topOf } from "./frame.ts";
import type { ItemDrawing } from "./item-drawing.ts";
import { shownRange } from "./value-range.ts";

/** Predicted against seen. */
export const calibrationEntry: Figure<CalibrationFigure> = {
  name: "calibration",
  title: "Calibration",
  help: "What a model of all other trials foretold of each trial, with its 95 % interval, against what was seen. On the diagonal it was right; where the points lie in a cloud, suggestions of models are not worth much yet.",
  of: "metric",
  sentence: calibrationSentence,
  empty: ({ points }) =>
    points.length > 0
      ? null
      : "How well a model foretells trials that it has not seen appears here once ten trials are complete.",
  option: calibrationOption,
};

function calibrationSentence({ metric, points, within, order }: CalibrationFigure): string {
  const held = Math.round(within * 100);
  const sure = points.length < 20 || held >= 88 ? "" : ": it is surer than it may be";
  const quality = order > 0.8 ? "well" : order > 0.4 ? "roughly" : "hardly";
  return `A model that knows the other trials foretells \`${metric.name}\` ${quality} (rank correlation ${formatNumber(order, 2)}); ${held} % of ${points.length} values lie within its 95 % intervals${sure}.`;
}

function calibrationOption(data: CalibrationFigure, theme: FigureTheme): ChartOption {
  const { metric, points } = data;
  const caption = { title: `${metric.name}, predicted against seen`, sentence: calibrationSentence(data) };
  const { min, max, interval } = shownRange(
    points.flatMap(({ seen, predicted }) => [seen, predicted]),
    metric.direction,
  );
  const [blue, , green] = theme.colours;
  const inside = (value: number): number => Math.min(max, Math.max(min, value));
  const shown = points.filter(({ seen }) => seen >= min && seen <= max);
  return {
    ...frame(theme, caption),
    tooltip: { trigger: "item" },
    grid: { left: 76, right: 30, top: topOf(theme, caption), bottom: 52 },
    xAxis: axis(theme, `${nameWithUnit(metric)}, seen`, { min, max, interval }),
    yAxis: axis(theme, `${nameWithUnit(metric)}, predicted`, { min, max, interval, nameGap: 56 }),
    series: [
      {
        name: "right",
        type: "line",
        showSymbol: false,
        silent: true,
        lineStyle: { color: green, width: 1.5, type: "dashed" },
        itemStyle: { color: green },
        data: [
          [min, min],
          [max, max],
        ],
      },
      {
        name: "95 % interval",
        type: "custom",
        renderItem: upright,
        itemStyle: { color: theme.faint },
        encode: { x: 0, y: [1, 2] },
        data: shown.map(({ seen, low, high }) => [seen, inside(low), inside(high)]),
      },
      {
        name: "a trial",
        type: "scatter",
        symbolSize: 6,
        itemStyle: { color: blue },
        data: shown.map(({ seen, predicted }) => [seen, inside(predicted)]),
      },
    ],
  };
}

function upright(_params: unknown, api: ItemDrawing): object {
  const [x1, y1] = api.coord([api.value(0), api.value(1)]);
  const [x2, y2] = api.coord([api.value(0), api.value(2)]);
  return {
    type: "line",
    shape: { x1, y1, x2, y2 },
    style: { stroke: api.visual("color"), lineWidth: 1, opacity: 0.6 },
  };
}
