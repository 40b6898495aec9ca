import { countWords } from "../../analysis/words/count-words.ts";
import { formatNumber } from "../../analysis/words/format-number.ts";
import { compareValues } from "../../objective/compare-values.ts";
import { nameWithAim, nameWithUnit, withUnit } from "../../objective/unit.ts";
import type { ChartOption, Figure } from "../figure.ts";
import type { FigureTheme } from "../figure-theme.ts";
import type { HistoryFigure } from "../history.ts";
import { thinPoints } from "../thin-points.ts";
import { axis, frame, legend, topOf } from "./frame.ts";
import { intervalItem } from "./interval-item.ts";
import { shownRange } from "./value-range.ts";

/** Values over trials. */
export const historyEntry: Figure<HistoryFigure> = {
  name: "history",
  title: "History",
  help: "Each dot is a finished trial; the line is the best value so far. Where the line is flat for long, more trials bring little. Of a configuration that was run several times there is the mean of its runs with its 95 % interval (Student's t): between configurations whose intervals overlap, luck may decide.",
  of: "metric",
  sentence: historySentence,
  empty: ({ points, trials }) => {
    if (points.length > 0) return null;
    return trials === 0
      ? "The values of the trials appear here, from the first one that ends."
      : `The values of the trials appear here; none of ${countWords(trials, "trial")} has ended with one yet.`;
  },
  option: historyOption,
};

function historySentence({ metric, best, complete, replicated, failed, trials }: HistoryFigure): string {
  const { name } = metric;
  const last = best.at(-1);
  const lost = failed.length === 0 ? "" : `; ${countWords(failed.length, "trial")} failed`;
  if (last === undefined) {
    if (complete === 0) return `No trial has a value of \`${name}\` yet${lost}.`;
    return `None of ${countWords(complete, "complete trial")} keeps the limits yet${lost}.`;
  }
  const since = trials - 1 - last.trial;
  const still =
    since === 0
      ? "the newest one"
      : `${since} ${since === 1 ? "trial has" : "trials have"} begun since without a better one`;
  return `The best \`${name}\` of ${countWords(complete, "complete trial")} is ${withUnit(formatNumber(last.value, 4), metric)}, found by trial ${last.trial}: ${still}${lost}.${againWords(replicated, metric)}`;
}

/** What came of running configurations again; nothing where none was. */
function againWords(replicated: HistoryFigure["replicated"], metric: HistoryFigure["metric"]): string {
  const [first] = replicated.toSorted((a, b) => compareValues(a.mean, b.mean, metric.direction));
  if (first === undefined) return "";
  const shown = (value: number): string => formatNumber(value, 4);
  const mean = `${withUnit(shown(first.mean), metric)} in the mean of ${first.runs.length} runs`;
  const range =
    first.low === first.high
      ? "the same each time"
      : `${shown(first.low)} to ${shown(first.high)} with 95 % confidence`;
  const head =
    replicated.length === 1
      ? `The configuration of trial ${first.trial}, which was run several times, has`
      : `Of ${replicated.length} configurations that were run several times the best is that of trial ${first.trial}, with`;
  return ` ${head} ${mean}: ${range}.`;
}

const MOST_DRAWN = 4_000;
const MOST_INTERVALS = 200;
const REPLICATED = "mean of runs (95 %)";

function historyOption(data: HistoryFigure, theme: FigureTheme): ChartOption {
  const { metric, points, best, replicated, trials } = data;
  const caption = { title: `${nameWithAim(metric)} over trials`, sentence: historySentence(data) };
  const { min, max, interval, beyond } = shownRange(
    points.map(({ value }) => value),
    metric.direction,
  );
  const shown = thinPoints(
    points,
    MOST_DRAWN,
    ({ trial }) => trial,
    ({ value }) => value,
  );
  const steps = best.map(({ trial, value }) => [trial, value]);
  const last = best.at(-1);
  if (last !== undefined && last.trial < trials - 1) steps.push([trials - 1, last.value]);
  const [blue, orange, green] = theme.colours;
  return {
    ...frame(theme, caption),
    legend: legend(theme, caption, ["best so far", "a trial", ...(replicated.length === 0 ? [] : [REPLICATED])]),
    grid: { left: 76, right: 26, top: topOf(theme, caption) + 8, bottom: 52 },
    tooltip: { trigger: "item" },
    xAxis: axis(theme, "trial", { min: 0, max: Math.max(1, trials - 1), minInterval: 1 }),
    yAxis: axis(theme, beyond === 0 ? nameWithUnit(metric) : `${nameWithUnit(metric)} (${beyond} beyond)`, {
      min,
      max,
      interval,
      nameGap: 56,
    }),
    series: [
      {
        name: "a trial",
        type: "scatter",
        data: shown.map(({ trial, value }) => [trial, value]),
        symbolSize: shown.length > 1000 ? 3 : 6,
        itemStyle: { color: blue, opacity: shown.length > 1000 ? 0.4 : 0.55 },
        clip: true,
      },
      {
        name: "best so far",
        type: "line",
        step: "end",
        data: steps,
        showSymbol: false,
        symbol: "circle",
        lineStyle: { color: green, width: 2 },
        itemStyle: { color: green },
        z: 3,
      },
      intervals(replicated, min, max, orange),
    ],
  };
}

function intervals(replicated: HistoryFigure["replicated"], min: number, max: number, color: string): ChartOption {
  const shown = thinPoints(
    replicated,
    MOST_INTERVALS,
    ({ trial }) => trial,
    ({ mean }) => mean,
  );
  return {
    name: REPLICATED,
    type: "custom",
    renderItem: intervalItem(min, max),
    itemStyle: { color },
    encode: { x: 0, y: [1, 2, 3] },
    data: shown.map(({ trial, mean, low, high }) => [trial, mean, low, high]),
    z: 4,
  };
}
