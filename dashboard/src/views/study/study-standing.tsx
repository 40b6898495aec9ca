import type { ReactElement } from "react";
import { formatNumber } from "../../../../src/analysis/words/format-number.ts";
import type { OperationOutput } from "../../../../src/server/operations/index.ts";
import { asSummary } from "../../client/summary.ts";
import { useCall } from "../../client/use-call.ts";

type Row = OperationOutput<"studies">["studies"][number];

/** Cells of a study in the list: what state it is in, its best value, and its course. */
export function StudyStanding({ row }: { readonly row: Row }): ReactElement {
  const { data } = useCall("summary", { study: row.name });
  const summary = data === undefined ? null : asSummary(data);
  return (
    <>
      <td>{summary === null ? "" : stateOf(row, summary.counts)}</td>
      <td className="number">{summary === null ? "" : bestOf(row, summary)}</td>
      <td />
    </>
  );
}

function stateOf(row: Row, counts: Readonly<Record<string, number>>): string {
  const running = counts.running ?? 0;
  if (row.paused) return "held";
  if (running > 0) return `${running} running`;
  return row.trials === 0 ? "not begun" : "at rest";
}

function bestOf({ metrics }: Row, { best, front }: ReturnType<typeof asSummary>): string {
  const [metric] = metrics;
  if (metrics.length > 1) return `${front.length} on the front`;
  return best === null || metric === undefined ? "" : formatNumber(best.values[metric.name] ?? "NaN", 4);
}
