import { countWords } from "../../analysis/words/count-words.ts";
import { formatNumber } from "../../analysis/words/format-number.ts";
import { nameWithAim, nameWithUnit, withUnit } from "../../objective/unit.ts";
import type { DistributionFigure } from "../distribution.ts";
import type { ChartOption, Figure } from "../figure.ts";
import type { FigureTheme } from "../figure-theme.ts";
import { axis, frame, topOf } from "./frame.ts";
import type { ItemDrawing } from "./item-drawing.ts";

/** How the results are spread. */
export const distributionEntry: Figure<DistributionFigure> = {
  name: "distribution",
  title: "Distribution",
  help: "How many trials came to which value. Many close to the best mean that good values are easy to find; a lone best one may be luck.",
  of: "metric",
  sentence: distributionSentence,
  empty: ({ complete }) =>
    complete > 0
      ? null
      : "How the values of the trials are spread appears here, from the first trial that ends with one.",
  option: distributionOption,
};

function reachedBy({ reached }: DistributionFigure, share: number): number {
  return reached.find((one) => one.share === share)?.value ?? Number.NaN;
}

function distributionSentence(data: DistributionFigure): string {
  const { metric, complete, beyond } = data;
  const [best, tenth, half] = [0, 0.1, 0.5].map((share) => withUnit(formatNumber(reachedBy(data, share), 4), metric));
  if (complete === 0) return `No trial has a value of \`${metric.name}\` yet.`;
  if (complete < 10)
    return complete === 1
      ? `1 trial so far, with \`${metric.name}\` ${best}.`
      : `${complete} trials so far, the best with \`${metric.name}\` ${best}, half of them ${half} or better.`;
  const far = beyond === 0 ? "" : `; ${countWords(beyond, "trial lies", "trials lie")} far beyond`;
  return `Half of ${complete} trials have \`${metric.name}\` ${half} or better, one in ten ${tenth} or better, the best ${best}${far}.`;
}

/** Pixels that a line's name takes. */
const LABEL = 34;

function distributionOption(data: DistributionFigure, theme: FigureTheme): ChartOption {
  const { metric, bins } = data;
  const caption = { title: `How ${nameWithAim(metric)} is spread`, sentence: distributionSentence(data) };
  const [blue, , green] = theme.colours;
  const [min, max] = [bins[0]?.from ?? 0, bins.at(-1)?.to ?? 1];
  const room = max > min ? 0 : Math.max(Math.abs(max) * 0.1, 0.5);
  const lines = [
    { share: 0, name: "best" },
    { share: 0.5, name: "half" },
  ].map(({ share, name }) => ({ xAxis: reachedBy(data, share), name }));
  const apart = (Math.abs(lines[1]!.xAxis - lines[0]!.xAxis) / (max - min + 2 * room)) * (theme.width - 96);
  // Above the other where there is no room beside it.
  const raised = apart < LABEL ? { label: { offset: [0, -13] } } : {};
  return {
    ...frame(theme, caption),
    tooltip: { trigger: "item" },
    grid: { left: 66, right: 30, top: topOf(theme, caption) + 22, bottom: 52 },
    xAxis: axis(theme, nameWithUnit(metric), {
      min: min - room,
      max: max + room,
      axisLabel: {
        color: theme.faint,
        fontFamily: theme.font,
        formatter: (value: number) => formatNumber(value, 3),
        hideOverlap: true,
      },
      splitLine: { show: false },
    }),
    yAxis: axis(theme, "trials", { minInterval: 1, nameGap: 42 }),
    series: [
      {
        name: "trials",
        type: "custom",
        renderItem: block,
        itemStyle: { color: blue },
        data: bins.map(({ from, to, count }) =>
          to > from ? [from, to, count] : [from - room / 4, to + room / 4, count],
        ),
        encode: { x: [0, 1], y: 2 },
        markLine: {
          symbol: "none",
          silent: true,
          data: [lines[0], { ...lines[1], ...raised }],
          lineStyle: { color: green, width: 1.5, type: "dashed" },
          label: { formatter: "{b}", align: "left", color: theme.text, fontFamily: theme.font },
        },
      },
    ],
  };
}

function block(_params: unknown, api: ItemDrawing): object {
  const [x, y] = api.coord([api.value(0), api.value(2)]);
  const [to, floor] = api.coord([api.value(1), 0]);
  const shape = { x: x + 0.5, y, width: Math.max(1, to - x - 1), height: floor - y };
  return { type: "rect", shape, style: { fill: api.visual("color") } };
}
