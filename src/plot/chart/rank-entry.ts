import { countWords } from "../../analysis/words/count-words.ts";
import type { ChartOption, Figure } from "../figure.ts";
import type { FigureTheme } from "../figure-theme.ts";
import type { RankFigure, RankPair } from "../rank.ts";
import { thinPoints } from "../thin-points.ts";
import { frame, topOf } from "./frame.ts";
import { pairAxis, pairPlace } from "./pair-axis.ts";

/** The ranks of the trials over pairs of parameters. */
export const rankEntry: Figure<RankFigure> = {
  name: "rank",
  title: "Rank",
  help: "The trials over pairs of parameters, the better the brighter. It shows what was tried, no model between: a corner without dots is one that nobody looked at.",
  of: "metric",
  sentence: rankSentence,
  empty: ({ pairs, complete }) => {
    if (pairs.length > 0) return null;
    return complete === 0
      ? "The trials appear here over pairs of parameters, from the first one that ends with a value."
      : "The space has no two parameters that vary; with two the trials appear here over them.";
  },
  option: rankOption,
  leastHeight: ({ pairs }, width) => 40 + LEAST_ROW * Math.ceil(pairs.length / acrossOf(pairs.length, width)),
};

/** Share of the trials that are called good, and of a quarter of the map that makes it worth a word. */
const GOOD = 0.1;
const WORTH = 0.6;

/** In which quarter of the first pair's map most of the good trials lie. */
function rankSentence({ metric, pairs, complete }: RankFigure): string {
  const [pair] = pairs;
  if (pair === undefined) return `No trial has a value of \`${metric.name}\` yet.`;
  const [x, y] = pair.axes;
  const good = pair.points.filter(({ rank }) => rank <= GOOD);
  const head = `${countWords(complete, "trial")} over \`${x.name}\` and \`${y.name}\``;
  if (good.length < 4) return `${head}: too few yet to say where the best tenth lies.`;
  const quarters = Map.groupBy(
    good,
    (point) => `${half(x, point.x)} \`${x.name}\` and ${half(y, point.y)} \`${y.name}\``,
  );
  const [most, own] = [...quarters].sort((a, b) => b[1].length - a[1].length)[0]!;
  if (own.length < WORTH * good.length) return `${head}: the best tenth lies in no one quarter of them.`;
  return `${head}: ${Math.round((100 * own.length) / good.length)} % of the best tenth have ${most}.`;
}

function half(axis: RankPair["axes"][number], place: number): string {
  if (axis.values !== null) return axis.values[place] ?? "";
  return place < 0.5 ? "low" : "high";
}

const LEAST_CELL = 250;
const LEAST_ROW = 150;
const MARGIN = { left: 98, right: 12, top: 8, bottom: 50 } as const;
const MOST_DRAWN = 800;

function acrossOf(count: number, width: number): number {
  return Math.max(1, Math.min(count, Math.floor(width / LEAST_CELL)));
}

function rankOption(data: RankFigure, theme: FigureTheme): ChartOption {
  const { pairs, metric } = data;
  const caption = { title: `Ranks by ${metric.name} over pairs of parameters`, sentence: rankSentence(data) };
  const across = acrossOf(pairs.length, theme.width);
  const rows = Math.ceil(pairs.length / across);
  const top = topOf(theme, caption);
  const [wide, high] = [(theme.width - 10) / across, (theme.height - top - 6) / rows];
  return {
    ...frame(theme, caption),
    tooltip: { trigger: "item" },
    visualMap: {
      type: "continuous",
      show: false,
      dimension: 2,
      min: 0,
      max: 1,
      inRange: { color: theme.ramp.toReversed() },
    },
    grid: pairs.map((_, k) => ({
      left: (k % across) * wide + 5 + MARGIN.left,
      top: top + Math.floor(k / across) * high + MARGIN.top,
      width: Math.max(20, wide - MARGIN.left - MARGIN.right),
      height: Math.max(20, high - MARGIN.top - MARGIN.bottom),
    })),
    xAxis: pairs.map(({ axes }, k) => pairAxis(theme, axes[0], { gridIndex: k, nameGap: 26 })),
    yAxis: pairs.map(({ axes }, k) => pairAxis(theme, axes[1], { gridIndex: k, nameGap: 74 })),
    series: pairs.map(({ axes: [x, y], points }, k) => ({
      name: "rank",
      type: "scatter",
      xAxisIndex: k,
      yAxisIndex: k,
      symbolSize: points.length > 300 ? 4 : 7,
      // The good ones are drawn on top.
      data: thinPoints(
        points.toSorted((a, b) => b.rank - a.rank),
        MOST_DRAWN,
        (point) => point.rank,
        (point) => point.x,
      ).map((point) => [pairPlace(x, point.x), pairPlace(y, point.y), point.rank]),
    })),
  };
}
