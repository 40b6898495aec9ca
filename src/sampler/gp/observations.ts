import type { PointSpace } from "../../surrogate/gp/point-space.ts";
import { repeatGroups } from "../../surrogate/gp/repeat-groups.ts";
import { RowReader } from "../../trial/history/row-reader.ts";
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

/** Reads the first `count` visible rows: see {@link ObservationReader}. */
export function readObservations(view: HistoryView, points: PointSpace, metric: Metric, count: number): Observations {
  const last = new Map<number, number>();
  takeLast(last, view, view.rows.subarray(0, count));
  return observationsOf(view, points, metric, [...last.values()], (row) => pointOf(view, points, row));
}

/**
 * Reads all visible rows of one view after another; those read before are not read again while views go on from the ones before. Of a trial
 * with several rows the last counts. One that was pruned, is paused or passed a rung counts as no better than the median of the complete
 * ones: its early value is of another kind.
 */
export class ObservationReader {
  readonly #points: PointSpace;
  readonly #reader = new RowReader();
  /** By trial, in the order of these rows. */
  readonly #last = new Map<number, number>();
  /** By row. */
  readonly #known = new Map<number, Float64Array>();

  constructor(points: PointSpace) {
    this.#points = points;
  }

  read(view: HistoryView, metric: Metric): Observations {
    const fresh = this.#reader.follow(view, () => {
      this.#last.clear();
      this.#known.clear();
    });
    takeLast(this.#last, view, fresh);
    return observationsOf(view, this.#points, metric, [...this.#last.values()], (row) => this.#pointOf(view, row));
  }

  #pointOf(view: HistoryView, row: number): Float64Array {
    const known = this.#known.get(row) ?? pointOf(view, this.#points, row);
    this.#known.set(row, known);
    return known;
  }
}

function takeLast(last: Map<number, number>, { columns }: HistoryView, rows: Int32Array): void {
  for (const row of rows) {
    const trial = columns.trial[row]!;
    last.delete(trial);
    last.set(trial, row);
  }
}

function pointOf({ columns }: HistoryView, points: PointSpace, row: number): Float64Array {
  return Float64Array.from(points.axes, ({ parameter }, axis) =>
    points.fromCode(axis, columns.params[parameter.name]?.[row] ?? Number.NaN),
  );
}

/** What these rows say, one a trial. */
function observationsOf(
  { columns }: HistoryView,
  points: PointSpace,
  metric: Metric,
  rows: readonly number[],
  pointAt: (row: number) => Float64Array,
): Observations {
  const sign = metric.direction === "minimize" ? 1 : -1;
  const values = columns.values[metric.name]!;
  const isCutShort = (row: number) => CUT_SHORT.includes(columns.state[row]!);
  const isGood = (row: number) => (columns.state[row] === COMPLETE || isCutShort(row)) && Number.isFinite(values[row]!);
  const good = rows.filter(isGood);
  const complete = good.filter((row) => columns.state[row] === COMPLETE).map((row) => sign * values[row]!);
  const median = complete.sort((a, b) => a - b)[complete.length >> 1] ?? Number.NEGATIVE_INFINITY;
  const goodPoints = good.map(pointAt);
  return {
    points: goodPoints,
    repeats: repeatGroups(points, goodPoints, (i) => columns.state[good[i]!] === COMPLETE),
    values: Float64Array.from(good, (row) => {
      const value = sign * values[row]!;
      return isCutShort(row) ? Math.max(value, median) : value;
    }),
    failed: rows.filter((row) => !isGood(row) && columns.state[row] !== RUNNING).map(pointAt),
  };
}
