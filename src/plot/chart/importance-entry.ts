import { countWords } from "../../analysis/words/count-words.ts";
import { formatNumber } from "../../analysis/words/format-number.ts";
import type { ChartOption, Figure } from "../figure.ts";
import type { FigureTheme } from "../figure-theme.ts";
import type { ImportanceFigure } from "../importance.ts";
import { clipText } from "./clip-text.ts";
import { axis, frame, topOf } from "./frame.ts";
import type { ItemDrawing } from "./item-drawing.ts";

/** What each parameter decides. */
export const importanceEntry: Figure<ImportanceFigure> = {
  name: "importance",
  title: "Importance",
  help: "How much of the variation of the metric over the whole space each parameter explains by itself, with one standard deviation; pale bars cannot be told from chance.",
  of: "metric",
  sentence: importanceSentence,
  empty: ({ trials }) => (trials > 0 ? null : "What each parameter decides appears here once ten trials are complete."),
  option: importanceOption,
};

const percent = (share: number): number => Math.round(share * 100);

function importanceSentence({ bars, metric, trials, explained, enough, nothingGood }: ImportanceFigure): string {
  const [first, ...others] = bars;
  if (first === undefined) return "The space has no parameter that varies.";
  if (!enough) {
    const foretold = `a model of them foretells ${percent(explained)} % of how other trials of \`${metric.name}\` differ`;
    return `${countWords(trials, "trial")} cannot tell yet which parameters matter: ${foretold}.`;
  }
  if (!first.certain)
    return `No parameter explains more of the variation of \`${metric.name}\` than chance would by itself.`;
  const head = `\`${first.name}\` explains ${percent(first.share)} % ± ${percent(first.deviation)} of the variation of \`${metric.name}\``;
  const second = others.find(({ certain }) => certain);
  const next =
    second === undefined ? "" : `, \`${second.name}\` ${percent(second.share)} % ± ${percent(second.deviation)}`;
  const bad = nothingGood === null ? "" : `; ${badWords(first.name, nothingGood)}`;
  return `${head}${next}${bad}.`;
}

function badWords(name: string, { below, above, values }: NonNullable<ImportanceFigure["nothingGood"]>): string {
  if (below !== null && above !== null) {
    const told = apart(below, above);
    return told === null
      ? `only near ${formatNumber(below, 2)} anything was good`
      : `below ${told[0]} and above ${told[1]} nothing was good`;
  }
  if (below !== null) return `below ${formatNumber(below, 2)} nothing was good`;
  if (above !== null) return `above ${formatNumber(above, 2)} nothing was good`;
  const shown = values.slice(0, 4).map((value) => (typeof value === "string" ? value : JSON.stringify(value)));
  return `with \`${name}\` ${shown.join(" or ")} nothing was good`;
}

/** Two numbers in as few digits as tell them apart, two at least; null where six do not. */
function apart(low: number, high: number): readonly [string, string] | null {
  for (let digits = 2; digits <= 6; digits++) {
    const [first, second] = [formatNumber(low, digits), formatNumber(high, digits)];
    if (first !== second) return [first, second];
  }
  return null;
}

/** Bars at most; the rest explain next to nothing. */
const MOST_BARS = 20;

function importanceOption(data: ImportanceFigure, theme: FigureTheme): ChartOption {
  const caption = { title: `What explains how ${data.metric.name} varies`, sentence: importanceSentence(data) };
  const bars = data.bars.slice(0, MOST_BARS);
  const [blue] = theme.colours;
  return {
    ...frame(theme, caption),
    tooltip: { trigger: "item" },
    grid: {
      left: 20 + 8 * Math.min(24, Math.max(4, ...bars.map(({ name }) => name.length))),
      right: 40,
      top: topOf(theme, caption),
      bottom: 50,
    },
    xAxis: axis(theme, "share of the variation, %", {
      min: 0,
      max: (range: { max: number }) => Math.min(100, Math.ceil((range.max + 10) / 10) * 10),
    }),
    yAxis: {
      ...axis(theme, "", { type: "category", data: bars.map(({ name }) => clipText(name, 24)), inverse: true }),
      splitLine: { show: false },
    },
    series: [
      {
        name: "share",
        type: "bar",
        barMaxWidth: 26,
        data: bars.map(({ share, certain }) => ({
          value: Math.round(share * 1000) / 10,
          itemStyle: { color: blue, opacity: data.enough && certain ? 1 : 0.35 },
        })),
      },
      {
        name: "one standard deviation",
        type: "custom",
        renderItem: whisker,
        itemStyle: { color: theme.text },
        data: bars.map(({ share, deviation }, k) => [
          100 * Math.max(0, share - deviation),
          k,
          100 * Math.min(1, share + deviation),
        ]),
        encode: { x: [0, 2], y: 1 },
        z: 5,
      },
    ],
  };
}

function whisker(_params: unknown, api: ItemDrawing): object {
  const [x1, y] = api.coord([api.value(0), api.value(1)]);
  const [x2] = api.coord([api.value(2), api.value(1)]);
  const style = { stroke: api.visual("color"), lineWidth: 1.2, fill: null };
  const line = (a: number, b: number, c: number, d: number) => ({
    type: "line",
    shape: { x1: a, y1: b, x2: c, y2: d },
    style,
  });
  return { type: "group", children: [line(x1, y, x2, y), line(x1, y - 4, x1, y + 4), line(x2, y - 4, x2, y + 4)] };
}
