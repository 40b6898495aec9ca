import { markdownTable } from "../../quality/report/markdown-table.ts";
import { type Estimate, type MethodScore, SHARES } from "./score-methods.ts";

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
      ...cells.map((cell) => `${withInterval(cell)} · ${cell.rank.toFixed(1)}`),
      above === null ? "" : withInterval(above),
      cost === null ? "" : withInterval(cost),
      String(seeds),
      secondsPerRun.toPrecision(2),
    ]);
  return markdownTable([head, ...rows]);
}

function withInterval({ value, low, high }: Estimate): string {
  return `${three(value)} [${three(low)}, ${three(high)}]`;
}

const three = (value: number) => (Number.isFinite(value) ? value.toFixed(3) : "never");
