import type { PointSpace } from "../../surrogate/gp/point-space.ts";
import { repeatGroups } from "../../surrogate/gp/repeat-groups.ts";
import { type HistoryView, STATE_CODES } from "../../trial/history-view.ts";
import type { Metric } from "../../trial/metric.ts";

/** What trials say that ended, are paused or passed a rung: one entry a trial, in the order of their last rows. */
export interface Observations {
  readonly points: readonly Float64Array[];
  /** To be made small, whatever the direction; finite. */
  readonly values: Float64Array;
  /** Indices of the points whose configuration was run to its end more than once, one list a configuration. */
  readonly repeats: readonly (readonly number[])[];
  /** Points of trials that failed or gave no finite value. */
  readonly failed: readonly Float64Array[];
}

const COMPLETE = STATE_CODES.indexOf("complete");
const RUNNING = STATE_CODES.indexOf("running");
/** Of rows that tell what a trial had before its end. */
const CUT_SHORT: readonly number[] = (["pruned", "paused", "running"] as const).map((state) =>
  STATE_CODES.indexOf(state),
);

/**
 * Reads the first `count` visible rows. Of a trial with several rows the last counts. One that was pruned, is paused or passed a rung
 * counts as no better than the median of the complete ones: its early value is of another kind.
 */
export function readObservations(view: HistoryView, points: PointSpace, metric: Metric, count: number): Observations {
  const { columns } = view;
  const last = new Map<number, number>();
  for (const row of view.rows.subarray(0, count)) {
    const trial = columns.trial[row]!;
    last.delete(trial);
    last.set(trial, row);
  }
  const sign = metric.direction === "minimize" ? 1 : -1;
  const values = columns.values[metric.name]!;
  const rows = [...last.values()];
  const isCutShort = (row: number) => CUT_SHORT.includes(columns.state[row]!);
  const isGood = (row: number) => (columns.state[row] === COMPLETE || isCutShort(row)) && Number.isFinite(values[row]!);
  const good = rows.filter(isGood);
  const complete = good.filter((row) => columns.state[row] === COMPLETE).map((row) => sign * values[row]!);
  const median = complete.sort((a, b) => a - b)[complete.length >> 1] ?? Number.NEGATIVE_INFINITY;
  const codes = points.axes.map(({ parameter }) => columns.params[parameter.name]);
  const pointOf = (row: number) =>
    Float64Array.from(codes, (column, axis) => points.fromCode(axis, column?.[row] ?? Number.NaN));
  const goodPoints = good.map(pointOf);
  return {
    points: goodPoints,
    repeats: repeatGroups(points, goodPoints, (i) => columns.state[good[i]!] === COMPLETE),
    values: Float64Array.from(good, (row) => {
      const value = sign * values[row]!;
      return isCutShort(row) ? Math.max(value, median) : value;
    }),
    failed: rows.filter((row) => !isGood(row) && columns.state[row] !== RUNNING).map(pointOf),
  };
}
