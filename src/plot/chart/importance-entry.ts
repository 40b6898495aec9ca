import { compileLimits } from "../../objective/index.ts";
import type { ChartOption, Figure } from "../figure.ts";
import { figureMetric } from "../figure-metric.ts";
import type { FigureTheme } from "../figure-theme.ts";
import { type ImportanceFigure, importanceFigure } from "../importance.ts";
import { axis, frame, topOf } from "./frame.ts";

/** What each parameter decides. */
export const importanceEntry: Figure<ImportanceFigure> = {
  name: "importance",
  title: "Importance",
  help: "How much each parameter decides of whether a trial is among the best.",
  of: "metric",
  data: (study, request) =>
    importanceFigure(study.trials(), figureMetric(study, request), study.space, compileLimits(study.limits)),
  sentence: importanceSentence,
  empty: ({ trials }) => (trials > 0 ? null : "What each parameter decides appears here once ten trials are complete."),
  option: importanceOption,
};

function importanceSentence({ bars, metric }: ImportanceFigure): string {
  const [first] = bars;
  if (first === undefined || first.share === 0) return `No parameter is known yet to decide \`${metric.name}\`.`;
  return `\`${first.name}\` decides most of \`${metric.name}\`: ${Math.round(first.share * 100)} %.`;
}

function importanceOption(data: ImportanceFigure, theme: FigureTheme): ChartOption {
  const caption = { title: `What decides ${data.metric.name}`, sentence: importanceSentence(data) };
  const names = data.bars.map(({ name }) => name);
  return {
    ...frame(theme, caption),
    grid: { left: 20, right: 60, top: topOf(theme, caption), bottom: 30 },
    xAxis: axis(theme, "", { min: 0, axisLabel: { formatter: "{value} %", color: theme.faint } }),
    yAxis: { ...axis(theme, "", { type: "category", data: names, inverse: true }), splitLine: { show: false } },
    series: [
      {
        type: "bar",
        data: data.bars.map(({ share }) => Math.round(share * 1000) / 10),
        itemStyle: { color: theme.colours[0] },
        barMaxWidth: 26,
      },
    ],
  };
}
