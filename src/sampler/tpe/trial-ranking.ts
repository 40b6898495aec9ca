import { type HistoryView, STATE_CODES } from "../../trial/history-view.ts";
import type { Metric } from "../../trial/metric.ts";

const COMPLETE = STATE_CODES.indexOf("complete");
const PRUNED = STATE_CODES.indexOf("pruned");
const PAUSED = STATE_CODES.indexOf("paused");

/** Kinds of finished trials, best first. */
const VALUED = 0;
const CUT_SHORT = 1;
const WORTHLESS = 2;

/** The share of the best: a tenth of the trials, at most 25. */
function goodCount(trials: number): number {
  return Math.min(Math.ceil(0.1 * trials), 25);
}

/**
 * What the rows of a view say about each trial (its last row counts), kept from view to view: rows read before are not read
 * again while the view begins with them.
 */
export class TrialRanking {
  #rows = new Int32Array(0);
  #revisions = new Float64Array(0);
  readonly #indexOf = new Map<number, number>();
  readonly #numbers: number[] = [];
  readonly #lastRows: number[] = [];
  readonly #kinds: number[] = [];
  /** Smaller is better. */
  readonly #values: number[] = [];
  readonly #steps: number[] = [];

  /** Trials with a row. */
  get size(): number {
    return this.#numbers.length;
  }

  has(trial: number): boolean {
    return this.#indexOf.has(trial);
  }

  /** The row that counts for a trial. */
  row(trial: number): number {
    return this.#lastRows[this.#indexOf.get(trial)!]!;
  }

  /** Reads what is new. Answers the trials that came in, or null when the view does not begin as the last one did. */
  read(view: HistoryView, metric: Metric): readonly number[] | null {
    const { rows, columns } = view;
    const continued =
      rows.length >= this.#rows.length &&
      this.#rows.every((row, i) => rows[i] === row && columns.revision[row] === this.#revisions[i]);
    if (!continued) return null;
    const fresh: number[] = [];
    const sign = metric.direction === "minimize" ? 1 : -1;
    for (let i = this.#rows.length; i < rows.length; i++) {
      const row = rows[i]!;
      const trial = columns.trial[row]!;
      let index = this.#indexOf.get(trial);
      if (index === undefined) {
        index = this.#numbers.push(trial) - 1;
        this.#indexOf.set(trial, index);
        fresh.push(trial);
      }
      const value = sign * (columns.values[metric.name]?.[row] ?? Number.NaN);
      this.#lastRows[index] = row;
      this.#kinds[index] = kindOf(columns.state[row]!, value);
      this.#values[index] = Number.isFinite(value) ? value : Number.POSITIVE_INFINITY;
      this.#steps[index] = columns.step[row]!;
    }
    if (rows.length > this.#rows.length) {
      this.#rows = rows.slice();
      this.#revisions = Float64Array.from(rows, (row) => columns.revision[row]!);
    }
    return fresh;
  }

  /** Numbers of the good trials, in number order: complete ones by value, then those cut short by how far they came. */
  good(): readonly number[] {
    let counted = 0;
    for (const kind of this.#kinds) if (kind !== WORTHLESS) counted++;
    const wanted = goodCount(counted);
    const best: number[] = [];
    for (let index = 0; index < this.#kinds.length; index++) {
      if (this.#kinds[index] === WORTHLESS) continue;
      if (best.length === wanted && this.#compare(index, best.at(-1)!) >= 0) continue;
      let place = best.length;
      while (place > 0 && this.#compare(index, best[place - 1]!) < 0) place--;
      best.splice(place, 0, index);
      if (best.length > wanted) best.pop();
    }
    return best.map((index) => this.#numbers[index]!).sort((a, b) => a - b);
  }

  #compare(a: number, b: number): number {
    const kinds = this.#kinds[a]! - this.#kinds[b]!;
    if (kinds !== 0) return kinds;
    if (this.#kinds[a] === CUT_SHORT) {
      const steps = stepOrder(this.#steps[b]!) - stepOrder(this.#steps[a]!);
      if (steps !== 0 && !Number.isNaN(steps)) return steps;
    }
    if (this.#values[a] !== this.#values[b]) return this.#values[a]! < this.#values[b]! ? -1 : 1;
    return this.#numbers[a]! - this.#numbers[b]!;
  }
}

function stepOrder(step: number): number {
  return Number.isNaN(step) ? -Number.MAX_VALUE : step;
}

function kindOf(state: number, value: number): number {
  if (state === COMPLETE) return Number.isFinite(value) ? VALUED : WORTHLESS;
  return state === PRUNED || state === PAUSED ? CUT_SHORT : WORTHLESS;
}
