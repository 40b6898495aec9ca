import { chooseFromFront, type FrontChoice, type FrontPoint, type StudyReport } from "../../analysis/index.ts";
import { formatNumber } from "../../analysis/words/format-number.ts";
import { formatValue } from "../../analysis/words/format-value.ts";
import { nameWithUnit, type Preference, withUnit } from "../../objective/index.ts";
import type { Metric } from "../../trial/metric.ts";
import { label } from "./label.ts";
import { renderTable } from "./text.ts";

/** Configurations of a front shown at most; of more the knee, the ends and the preferred one. */
const FRONT_ROWS = 10;

/** The configurations that no other beats in everything, as a table, and what speaks for which; one at least. */
export function frontLines(
  { front, limits, metrics }: StudyReport,
  width: number,
  preference: Preference | null = null,
): readonly string[] {
  const other =
    limits.length === 0
      ? "no other is as good in everything"
      : "no other keeps the limits and is as good in everything";
  const choice = chooseFromFront(front, metrics, preference);
  const few = front.length <= FRONT_ROWS || choice === null ? front : ofNote(front, choice);
  const more = front.length - few.length;
  return [
    `${label("front")}${front.length} ${front.length === 1 ? "configuration" : "configurations"}: ${other}`,
    ...pointTable(few, metrics, width),
    ...(more > 0 ? [`  and ${more} more between them: attune best --json`] : []),
    ...(choice === null || front.length === 1 ? [] : choiceLines(front, metrics, choice, preference)),
  ];
}

/** The knee, the preferred point and the ends, in the order of the front. */
function ofNote(front: readonly FrontPoint[], { knee, preferred, trades }: FrontChoice): readonly FrontPoint[] {
  const numbers = new Set([knee, preferred?.number, ...trades.map(({ to }) => to)]);
  return front.filter(({ number }) => numbers.has(number));
}

/** The knee, what is preferred, and what going from there to each end gains and costs. */
export function choiceLines(
  front: readonly FrontPoint[],
  metrics: readonly Metric[],
  { knee, preferred, trades }: FrontChoice,
  preference: Preference | null,
): readonly string[] {
  const by = preference?.kind === "taken" ? "as it was chosen" : "by what is preferred";
  const valuesOf = (number: number): string => {
    const { values } = front.find((point) => point.number === number)!;
    return metrics.map((metric) => `${metric.name} ${withUnit(formatNumber(values[metric.name]!), metric)}`).join("  ");
  };
  const from = preferred === null ? "it" : `trial ${preferred.number}`;
  const unmet = preferred?.unmet ?? [];
  return [
    `${label("knee")}trial ${knee}, where more of one costs most of another: ${valuesOf(knee)}`,
    ...(preferred === null ? [] : [`${label("choice")}trial ${preferred.number} ${by}: ${valuesOf(preferred.number)}`]),
    ...(unmet.length === 0 ? [] : [`${label("")}none has ${unmet.join(" and ")}: this is the nearest`]),
    ...trades.map((trade, place) => `${label(place === 0 ? "trade" : "")}${tradeWords(trade, from, metrics)}`),
  ];
}

/** `from it to trial 31: 0.2 better in sharpe; costs 0.4 of drawdown, 2 for each 1 gained`. */
function tradeWords(
  { metric, gain, to, costs }: FrontChoice["trades"][number],
  from: string,
  metrics: readonly Metric[],
): string {
  const amount = (number: number, name: string): string =>
    withUnit(formatNumber(number, 3), metrics.find((one) => one.name === name) ?? {});
  const words = costs.map(
    ({ metric: other, loss, perUnit }) =>
      `${amount(loss, other)} of ${other} (${amount(perUnit, other)} for each ${withUnit("1", metrics.find(({ name }) => name === metric) ?? {})} gained)`,
  );
  return `from ${from} to trial ${to}: ${amount(gain, metric)} better in ${metric}, for ${words.join(" and ")}`;
}

/** Configurations as a table of trials, values and parameters. */
export function pointTable(
  points: readonly FrontPoint[],
  metrics: readonly Metric[],
  width: number,
): readonly string[] {
  const names = [...new Set(points.flatMap(({ params }) => Object.keys(params)))];
  const repeated = points.some(({ replicates }) => replicates > 1);
  const right = (title: string) => ({ title, align: "right" }) as const;
  const columns = [
    right("trial"),
    ...metrics.map((metric) => right(nameWithUnit(metric))),
    ...(repeated ? [right("runs")] : []),
    ...names.map((title) => ({ title, align: "left" }) as const),
  ];
  const rows = points.map(({ number, values, replicates, params }) => [
    String(number),
    ...metrics.map(({ name }) => formatNumber(values[name]!)),
    ...(repeated ? [String(replicates)] : []),
    ...names.map((name) => (Object.hasOwn(params, name) ? formatValue(params[name]!) : "")),
  ]);
  return renderTable(columns, rows, width - 2).map((line) => `  ${line}`);
}
