import type { PointSpace } from "../../surrogate/gp/point-space.ts";
import { repeatGroups } from "../../surrogate/gp/repeat-groups.ts";
import { RowReader } from "../../trial/history/row-reader.ts";
import { type HistoryView, STATE_CODES } from "../../trial/history-view.ts";
import type { Metric } from "../../trial/metric.ts";
import { alignLevels } from "./align-levels.ts";
import { runLevels } from "./run-levels.ts";

/**
 * What trials say that ended, are paused or passed a rung, in the order of their rows: one entry a trial, where trials passed rungs or were paused there
 * one for each step at which a trial has a row.
 */
export interface Observations {
  readonly points: readonly Float64Array[];
  /** To be made small, whatever the direction; finite. Those of shorter runs are moved to where whole ones lie (see `alignLevels`). */
  readonly values: Float64Array;
  /** How much shorter than whole each was run (see FidelityKernel); null where no trial passed a rung or was paused. */
  readonly levels: Float64Array | null;
  /** Indices of the points whose configuration was run to its end more than once, one list a configuration. */
  readonly repeats: readonly (readonly number[])[];
  /** Points of trials with a value that have not failed since, each once. */
  readonly valued: readonly Float64Array[];
  /** Points of trials that failed or gave no finite value. */
  readonly failed: readonly Float64Array[];
}

const COMPLETE = STATE_CODES.indexOf("complete");
const RUNNING = STATE_CODES.indexOf("running");
const FAILED = STATE_CODES.indexOf("failed");
/** Of rows that tell what a trial had before its end. */
const CUT_SHORT: readonly number[] = (["pruned", "paused", "running"] as const).map((state) =>
  STATE_CODES.indexOf(state),
);

/** Of rows that only trials have which are promoted from rung to rung. */
const AT_RUNGS: readonly number[] = (["paused", "running"] as const).map((state) => STATE_CODES.indexOf(state));
/** Reads the first `count` visible rows: see {@link ObservationReader}. */
export function readObservations(view: HistoryView, points: PointSpace, metric: Metric, count: number): Observations {
  const rows = new TrialRows();
  rows.take(view, view.rows.subarray(0, count));
  return observationsOf(view, points, metric, rows, (row) => pointOf(view, points, row));
}

/**
 * Reads all visible rows of one view after another; those read before are not read again while views go on from the ones before. Of a trial
 * with several rows the last counts; one that was pruned counts as no better than the median of the complete ones: its early value is of another kind. Where
 * trials pass rungs or are paused there, every row counts, the last of those at the same step.
 */
export class ObservationReader {
  readonly #points: PointSpace;
  readonly #reader = new RowReader();
  readonly #rows = new TrialRows();
  /** By row. */
  readonly #known = new Map<number, Float64Array>();

  constructor(points: PointSpace) {
    this.#points = points;
  }

  read(view: HistoryView, metric: Metric): Observations {
    const fresh = this.#reader.follow(view, () => {
      this.#rows.clear();
      this.#known.clear();
    });
    this.#rows.take(view, fresh);
    return observationsOf(view, this.#points, metric, this.#rows, (row) => this.#pointOf(view, row));
  }

  #pointOf(view: HistoryView, row: number): Float64Array {
    const known = this.#known.get(row) ?? pointOf(view, this.#points, row);
    this.#known.set(row, known);
    return known;
  }
}

/** The rows of each trial. */
class TrialRows {
  /** By trial, in the order of their last rows: the last row at each step, in the order of rows. A failure takes the place of none. */
  readonly #rows = new Map<number, readonly number[]>();
  #atRungs = false;

  /** Whether trials passed rungs or were paused there. */
  get atRungs(): boolean {
    return this.#atRungs;
  }

  clear(): void {
    this.#rows.clear();
    this.#atRungs = false;
  }

  take({ columns }: HistoryView, rows: Int32Array): void {
    for (const row of rows) {
      const trial = columns.trial[row]!;
      const before = this.#rows.get(trial) ?? [];
      const isOther = (other: number) => !Object.is(columns.step[other], columns.step[row]);
      this.#rows.delete(trial);
      this.#rows.set(trial, [...(columns.state[row] === FAILED ? before : before.filter(isOther)), row]);
      this.#atRungs ||= AT_RUNGS.includes(columns.state[row]!);
    }
  }

  /** Of each trial, in the order of these. */
  last(): readonly number[] {
    return Array.from(this.#rows.values(), (rows) => rows.at(-1)!);
  }

  /** In their order. */
  all(): readonly number[] {
    return [...this.#rows.values()].flat().sort((a, b) => a - b);
  }
}

function pointOf({ columns }: HistoryView, points: PointSpace, row: number): Float64Array {
  return Float64Array.from(points.axes, ({ parameter }, axis) =>
    points.fromCode(axis, columns.params[parameter.name]?.[row] ?? Number.NaN),
  );
}

function observationsOf(
  view: HistoryView,
  points: PointSpace,
  metric: Metric,
  rows: TrialRows,
  pointAt: (row: number) => Float64Array,
): Observations {
  const { state, values: all } = view.columns;
  const sign = metric.direction === "minimize" ? 1 : -1;
  const values = all[metric.name]!;
  const isCutShort = (row: number) => CUT_SHORT.includes(state[row]!);
  const isGood = (row: number) => (state[row] === COMPLETE || isCutShort(row)) && Number.isFinite(values[row]!);
  const last = rows.last();
  const valued = last.filter(isGood);
  const good = rows.atRungs ? rows.all().filter(isGood) : valued;
  const goodPoints = good.map(pointAt);
  const complete = good.filter((row) => state[row] === COMPLETE).map((row) => sign * values[row]!);
  const median = complete.sort((a, b) => a - b)[complete.length >> 1] ?? Number.NEGATIVE_INFINITY;
  const own = Float64Array.from(good, (row) => {
    const value = sign * values[row]!;
    return isCutShort(row) && !rows.atRungs ? Math.max(value, median) : value;
  });
  const levels = rows.atRungs ? levelsOf(view, points.space.fidelity?.high, good) : null;
  const trials = good.map((row) => view.columns.trial[row]!);
  return {
    points: goodPoints,
    repeats: repeatGroups(points, goodPoints, (i) => state[good[i]!] === COMPLETE),
    values: levels === null ? own : alignLevels(own, levels, trials),
    levels,
    valued: rows.atRungs ? valued.map(pointAt) : goodPoints,
    failed: last.filter((row) => !isGood(row) && state[row] !== RUNNING).map(pointAt),
  };
}

function levelsOf({ columns: { state, step } }: HistoryView, high: number | undefined, rows: readonly number[]) {
  return runLevels(
    rows.map((row) => ({ isWhole: state[row] === COMPLETE, step: step[row]! })),
    high,
  );
}
