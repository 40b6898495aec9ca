import type { ConfirmedPoint, FrontConfirmation, FrontDifference, FrontPoint } from "../../../analysis/index.ts";
import { formatNumber } from "../../../analysis/words/format-number.ts";
import { nameWithUnit } from "../../../objective/index.ts";
import type { Study } from "../../../study/index.ts";
import { type Paint, renderTable, wrapWords } from "../../render/text.ts";

const SEEDLESS =
  "Each configuration gave the same values on all seeds: the program does not use its seed (${seed} or ATTUNE_SEED), so these runs say nothing about luck.";

/** The point of the front that is confirmed: what was chosen, else the knee; null while the front is empty. */
export function pointToConfirm(study: Study): FrontPoint<unknown> | null {
  return study.preferred() ?? study.summary().knee;
}

/** A confirmation of a front's point as a table and sentences; `notMade` runs were spared because the first ones came out alike. */
export function frontConfirmationLines(
  { metrics, configurations, comparisons, ignoresSeeds }: FrontConfirmation,
  notMade: number,
  paint: Paint,
  width: number,
): readonly string[] {
  const right = (title: string) => ({ title, align: "right" }) as const;
  const columns = [
    { title: "", align: "left" } as const,
    right("trial"),
    ...metrics.map((metric) => right(nameWithUnit(metric))),
    right("fresh runs"),
    right("on the front"),
  ];
  const row = ({ role, number, means, runs, failed, onFront }: ConfirmedPoint): readonly string[] => [
    role,
    String(number),
    ...metrics.map(({ name }) => (means === null ? "-" : formatNumber(means[name]!))),
    failed === 0 ? String(runs) : `${runs} (${failed} failed)`,
    onFront === null ? "-" : `${Math.round(100 * onFront)} %`,
  ];
  const spared = notMade === 0 ? "" : ` The other ${notMade} runs were not made; --keep-going makes them.`;
  const sentences = [
    ...comparisons.map((comparison) => {
      const paintOf = comparison.told ? paint.green : paint.yellow;
      return { text: comparisonWords(comparison), paintOf };
    }),
    ...(notMade > 0 ? [] : missing(configurations, comparisons)).map((text) => ({
      text,
      paintOf: (line: string) => line,
    })),
    ...(ignoresSeeds ? [{ text: `${SEEDLESS}${spared}`, paintOf: (line: string) => line }] : []),
  ];
  return [
    ...renderTable(columns, configurations.map(row), width),
    "",
    ...sentences.flatMap(({ text, paintOf }) => wrapWords(text, width).map(paintOf)),
  ];
}

function comparisonWords({ over, number, objectives, told }: FrontConfirmation["comparisons"][number]): string {
  const other = over === "default" ? `the defaults (trial ${number})` : `its neighbour, trial ${number}`;
  if (!told) {
    const leads = objectives.map(({ metric, low, high }) => `${metric} ${range(low, high)}`).join(", ");
    return `The chosen point cannot be told from ${other}: its leads are ${leads} (95 % intervals).`;
  }
  const words = objectives.map(differenceWords).join(", ");
  return `The chosen point beside ${other}: ${words}.`;
}

function differenceWords({ metric, lead, low, high, verdict }: FrontDifference): string {
  if (verdict === "open") return `not told apart in ${metric} (${range(low, high)})`;
  return `${verdict} in ${metric} by ${formatNumber(Math.abs(lead), 3)} (${range(low, high)})`;
}

function range(low: number, high: number): string {
  return low === high ? formatNumber(low, 3) : `${formatNumber(low, 3)} to ${formatNumber(high, 3)}`;
}

function missing(
  configurations: readonly ConfirmedPoint[],
  comparisons: FrontConfirmation["comparisons"],
): readonly string[] {
  return configurations.slice(1).flatMap(({ number, runs }) => {
    if (comparisons.some((comparison) => comparison.number === number)) return [];
    const few = Math.min(runs, configurations[0]!.runs);
    return [`No comparison with trial ${number}: of two fresh runs of each there are ${few}.`];
  });
}
