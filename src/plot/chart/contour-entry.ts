import { countWords } from "../../analysis/words/count-words.ts";
import { nameWithAim, nameWithUnit } from "../../objective/unit.ts";
import type { ContourFigure } from "../contour.ts";
import type { ChartOption, Figure } from "../figure.ts";
import type { FigureTheme } from "../figure-theme.ts";
import { thinPoints } from "../thin-points.ts";
import { frame, topOf } from "./frame.ts";
import type { ItemDrawing } from "./item-drawing.ts";
import { pairAxis, pairPlace } from "./pair-axis.ts";

/** What a model expects over two parameters. */
export const contourEntry: Figure<ContourFigure> = {
  name: "contour",
  title: "Contour",
  help: "What a model expects of the metric over two parameters, all others averaged; bright is good. Dots are the trials. Where the pattern is no cross of stripes, the two go together.",
  of: "metric",
  sentence: contourSentence,
  empty: ({ axes, surface, points }) => {
    if (axes === null) return "The space has no two parameters that vary; with two a map of them appears here.";
    return surface.length > 0 && points.length > 0
      ? null
      : "A map over two parameters appears here once ten trials are complete.";
  },
  option: contourOption,
};

function contourSentence({ metric, axes, pairs, complete, enough }: ContourFigure): string {
  if (axes === null) return "The space has no two parameters that vary.";
  const [x, y] = axes.map(({ name }) => name);
  if (!enough)
    return `${countWords(complete, "trial")} cannot tell yet how \`${x}\` and \`${y}\` go together for \`${metric.name}\`.`;
  const own = pairs.find(({ parameters }) => parameters.includes(x!) && parameters.includes(y!));
  const share = own === undefined ? null : Math.round(own.share * 100);
  if (own === undefined)
    return `What \`${metric.name}\` comes to over \`${x}\` and \`${y}\`, by a model of ${countWords(complete, "trial")}.`;
  const words = `\`${x}\` and \`${y}\` explain ${share} % ± ${Math.round(own.deviation * 100)} of the variation of \`${metric.name}\` by going together`;
  return own.share > 2 * own.deviation && own.share > 0.03
    ? `${words}: choose them as a pair.`
    : `${words}: they can be chosen one by one.`;
}

const MOST_DRAWN = 600;

function contourOption(data: ContourFigure, theme: FigureTheme): ChartOption {
  const { metric, surface, points } = data;
  const [x, y] = data.axes!;
  const caption = {
    title: `${nameWithAim(metric)} over ${x.name} and ${y.name}`,
    sentence: contourSentence(data),
  };
  const cells = surface.flatMap((column, i) => column.map((value, j) => [i, j, value]));
  const values = cells.map(([, , value]) => value!);
  const [min, max] = [Math.min(...values), Math.max(...values)];
  const good = metric.direction === "maximize" ? [...theme.ramp] : theme.ramp.toReversed();
  const [wide, high] = [surface.length, surface[0]?.length ?? 1];
  const shown = thinPoints(
    points,
    MOST_DRAWN,
    (point) => point.x,
    (point) => point.value,
  );
  return {
    ...frame(theme, caption),
    tooltip: { trigger: "item" },
    grid: { left: 110, right: 110, top: topOf(theme, caption) - 12, bottom: 52 },
    xAxis: pairAxis(theme, x),
    yAxis: pairAxis(theme, y, { nameGap: 70 }),
    visualMap: {
      type: "continuous",
      seriesIndex: 0,
      dimension: 2,
      min,
      max: max > min ? max : min + 1,
      inRange: { color: good },
      right: 8,
      top: "middle",
      precision: 3,
      itemHeight: 160,
      calculable: false,
      text: [nameWithUnit(metric), ""],
      textStyle: { color: theme.text, fontFamily: theme.font },
    },
    series: [
      {
        name: "expected",
        type: "custom",
        encode: { x: 0, y: 1 },
        data: cells,
        renderItem: (_params: unknown, api: ItemDrawing) => cell(api, wide, high),
      },
      {
        name: "a trial",
        type: "scatter",
        symbolSize: 5,
        itemStyle: { color: "#ffffff", borderColor: "#000000", borderWidth: 0.8, opacity: 0.75 },
        data: shown.map((point) => [pairPlace(x, point.x), pairPlace(y, point.y)]),
      },
    ],
  };
}

function cell(api: ItemDrawing, wide: number, high: number): object {
  const [i, j] = [api.value(0), api.value(1)];
  const [left, bottom] = api.coord([i / wide, j / high]);
  const [right, top] = api.coord([(i + 1) / wide, (j + 1) / high]);
  // Wider by a little, or the ground shows between them.
  const shape = { x: left, y: top, width: right - left + 0.6, height: bottom - top + 0.6 };
  return { type: "rect", shape, style: { fill: api.visual("color") } };
}
