import { countWords } from "../../analysis/words/count-words.ts";
import { formatDuration } from "../../analysis/words/format-duration.ts";
import { formatNumber } from "../../analysis/words/format-number.ts";
import { nameWithAim, nameWithUnit, withUnit } from "../../objective/unit.ts";
import type { CostFigure } from "../cost.ts";
import type { ChartOption, Figure } from "../figure.ts";
import type { FigureTheme } from "../figure-theme.ts";
import { thinPoints } from "../thin-points.ts";
import { axis, frame, topOf } from "./frame.ts";
import { shownRange } from "./value-range.ts";

/** Cost against quality. */
export const costEntry: Figure<CostFigure> = {
  name: "cost",
  title: "Cost against quality",
  help: "On the left the best value over all that was spent; on the right what each trial cost by itself against how good it was. Bottom left (or top left) is cheap and good.",
  of: "metric",
  sentence: costSentence,
  empty: ({ complete }) =>
    complete > 0
      ? null
      : "What trials cost, and what came of it, appears here from the first trial that ends with a value.",
  option: costOption,
};

/** Share of the whole improvement that is called most of it. */
const MOST = 0.95;

function words(cost: number, { unit }: CostFigure): string {
  return unit === "seconds" ? formatDuration(cost) : formatNumber(cost, 3);
}

function costSentence(data: CostFigure): string {
  const { metric, best, spent, complete } = data;
  const [first, last] = [best[0], best.at(-1)];
  if (first === undefined || last === undefined)
    return `${countWords(complete, "complete trial")} took ${words(spent, data)} together; none keeps the limits yet.`;
  const gain = first.value - last.value;
  const near = best.find(({ value }) => Math.abs(first.value - value) >= MOST * Math.abs(gain))!;
  const head = `The best \`${metric.name}\`, ${withUnit(formatNumber(last.value, 4), metric)}, was found after ${words(last.spent, data)} of ${words(spent, data)}`;
  if (near.trial === last.trial || gain === 0) return `${head}.`;
  return `${head}; 95 % of the way from the first value was gone after ${words(near.spent, data)}.`;
}

const MOST_DRAWN = 2_000;

function costOption(data: CostFigure, theme: FigureTheme): ChartOption {
  const { metric, points, best, spent, unit } = data;
  const caption = { title: `What ${nameWithAim(metric)} cost`, sentence: costSentence(data) };
  const { min, max, interval } = shownRange(
    points.map(({ value }) => value),
    metric.direction,
  );
  const [blue, , green] = theme.colours;
  const half = (theme.width - 130) / 2;
  const top = topOf(theme, caption) + 4;
  const height = Math.max(30, theme.height - top - 54);
  const steps = best.map((one) => [one.spent, one.value]);
  const last = best.at(-1);
  if (last !== undefined) steps.push([spent, last.value]);
  const shown = thinPoints(
    points,
    MOST_DRAWN,
    ({ cost }) => cost,
    ({ value }) => value,
  );
  const name = unit === "seconds" ? "s" : "cost";
  return {
    ...frame(theme, caption),
    tooltip: { trigger: "item" },
    grid: [
      { left: 76, top, width: half, height },
      { left: 76 + half + 34, top, width: half, height },
    ],
    xAxis: [
      axis(theme, `spent in all, ${name}`, { gridIndex: 0, min: 0 }),
      axis(theme, `spent on the trial, ${name}`, { gridIndex: 1, scale: true }),
    ],
    yAxis: [
      axis(theme, nameWithUnit(metric), { gridIndex: 0, min, max, interval, nameGap: 56 }),
      axis(theme, "", { gridIndex: 1, min, max, interval, axisLabel: { show: false } }),
    ],
    series: [
      {
        name: "best so far",
        type: "line",
        step: "end",
        showSymbol: best.length === 1,
        data: steps,
        lineStyle: { color: green, width: 2 },
        itemStyle: { color: green },
      },
      {
        name: "a trial",
        type: "scatter",
        xAxisIndex: 1,
        yAxisIndex: 1,
        symbolSize: shown.length > 500 ? 3 : 6,
        itemStyle: { color: blue, opacity: 0.5 },
        data: shown.map(({ cost, value }) => [cost, value]),
      },
    ],
  };
}
