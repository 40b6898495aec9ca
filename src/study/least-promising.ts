import { compareValues } from "../objective/index.ts";
import type { HistoryView } from "../trial/history-view.ts";
import type { Metric } from "../trial/metric.ts";

/**
 * Of these paused trials the one whose loss is least: the one that stands worst among all that ended the same segment, in share of them; of
 * such the one that came less far. With several objectives the last that paused counts as worst. Null for none.
 */
export function leastPromising(
  view: HistoryView,
  trials: readonly number[],
  metrics: readonly Metric[],
): number | null {
  const [metric, ...others] = metrics;
  const { trial, segment, step, values } = view.columns;
  const last = new Map(Array.from(view.rows, (row) => [trial[row]!, row]));
  const column = metric === undefined || others.length > 0 ? undefined : values[metric.name];
  const share = (row: number): number => {
    if (column === undefined || metric === undefined) return row;
    const peers = view.rows.filter((other) => segment[other] === segment[row]);
    const better = peers.filter((other) => compareValues(column[other]!, column[row]!, metric.direction) < 0);
    return better.length / peers.length;
  };
  const standing = trials.map((number) => {
    const row = last.get(number);
    return {
      number,
      share: row === undefined ? Number.POSITIVE_INFINITY : share(row),
      step: row === undefined ? 0 : step[row]!,
    };
  });
  standing.sort((a, b) => b.share - a.share || a.step - b.step || b.number - a.number);
  return standing[0]?.number ?? null;
}
