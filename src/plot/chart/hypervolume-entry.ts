import type { ChartOption, Figure } from "../figure.ts";
import type { FigureTheme } from "../figure-theme.ts";
import type { HypervolumeFigure } from "../hypervolume.ts";
import { axis, frame, topOf } from "./frame.ts";

/** How the front has grown. */
export const hypervolumeEntry: Figure<HypervolumeFigure> = {
  name: "hypervolume",
  title: "Hypervolume",
  help: "How much of the box between the worst and the best values the front takes up (its hypervolume), over the trials. Where it is flat for long, more trials bring little.",
  of: "study",
  sentence: hypervolumeSentence,
  empty: ({ metrics, points }) => {
    if (metrics.length < 2) return "The study has one objective; with several the growth of their front appears here.";
    return points.length > 0
      ? null
      : "How the front grows appears here from the first trial that has a value of each objective and keeps the limits.";
  },
  option: hypervolumeOption,
};

function hypervolumeSentence({ points, trials }: HypervolumeFigure): string {
  const last = points.at(-1);
  if (last === undefined) return "No trial is on the front yet.";
  const half = points.findLast(({ trial }) => trial < trials / 2)?.volume ?? 0;
  const percent = (share: number): string => `${Math.round(share * 100)} %`;
  const grown = last.volume === 0 ? 0 : (last.volume - half) / last.volume;
  return `The front takes up ${percent(last.volume)} of the box between the worst and the best values; the second half of the trials brought ${percent(grown)} of that, and trial ${last.trial} moved it last.`;
}

function hypervolumeOption(data: HypervolumeFigure, theme: FigureTheme): ChartOption {
  const { points, trials, metrics } = data;
  const caption = {
    title: `Hypervolume of ${metrics.map(({ name }) => name).join(", ")}`,
    sentence: hypervolumeSentence(data),
  };
  const color = theme.colours[2];
  const steps = points.map(({ trial, volume }) => [trial, volume]);
  const last = points.at(-1);
  if (last !== undefined) steps.push([Math.max(last.trial, trials - 1), last.volume]);
  return {
    ...frame(theme, caption),
    tooltip: { trigger: "item" },
    grid: { left: 70, right: 26, top: topOf(theme, caption) + 8, bottom: 52 },
    xAxis: axis(theme, "trial", { min: 0, max: Math.max(1, trials - 1), minInterval: 1 }),
    yAxis: axis(theme, "share of the box", { min: 0, max: 1, interval: 0.2, nameGap: 44 }),
    series: [
      {
        name: "hypervolume",
        type: "line",
        step: "end",
        showSymbol: points.length === 1,
        data: steps,
        lineStyle: { color, width: 2 },
        itemStyle: { color },
        areaStyle: { color, opacity: 0.12 },
      },
    ],
  };
}
