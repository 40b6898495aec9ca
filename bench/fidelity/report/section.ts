import { markdownTable } from "../../quality/report/markdown-table.ts";
import { type Estimate, FEWEST_SEEDS, type MethodScore, SHARES } from "./score-methods.ts";

/** A table of methods, the best at full budget first, with what its figures are. */
export function methodsTable(scores: readonly MethodScore[], reference: string): string {
  const head = [
    "method",
    ...SHARES.map((share) => `${100 * share} %`),
    `above ${reference} at 100 %`,
    `budget for what ${reference} reaches`,
    "seeds",
    "s a run",
  ];
  const rows = scores
    .toSorted((a, b) => a.cells.at(-1)!.value - b.cells.at(-1)!.value)
    .map(({ method, cells, above, cost, seeds, secondsPerRun }) => [
      method,
      ...cells.map((cell) => `${withInterval(cell, seeds)} · ${cell.rank.toFixed(1)}`),
      above === null ? "" : withInterval(above, seeds),
      cost === null ? "" : withInterval(cost, seeds),
      String(seeds),
      secondsPerRun.toPrecision(2),
    ]);
  return markdownTable([head, ...rows]);
}

/** Of fewer seeds than three the interval says nothing. */
function withInterval({ value, low, high }: Estimate, seeds: number): string {
  if (seeds < FEWEST_SEEDS) return three(value);
  return `${three(value)} [${three(low)}, ${three(high)}]`;
}

const three = (value: number) => (Number.isFinite(value) ? value.toFixed(3) : "never");
