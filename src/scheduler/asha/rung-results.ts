import { compareValues } from "../../objective/index.ts";
import { decodeNumber } from "../../trial/encoded-number.ts";
import { RowReader } from "../../trial/history/row-reader.ts";
import { type HistoryView, STATE_CODES } from "../../trial/history-view.ts";
import type { Metric } from "../../trial/metric.ts";
import type { Report } from "../../trial/trial.ts";
import { Ladder } from "./ladder.ts";

const COMPLETE = STATE_CODES.indexOf("complete");

/** What a trial came to at a rung. */
export interface RungResult {
  readonly trial: number;
  readonly value: number;
}

export interface RungOptions {
  readonly reduction: number;
  /** Step of the lowest rung; null: learnt from the first trial that is complete. */
  readonly smallest: number | null;
  /** Largest step, or null: the largest that a complete trial came to. */
  readonly largest: number | null;
}

/** What trials came to at each rung, read from the rows of one view after another, each once. */
export class RungResults {
  readonly #options: RungOptions;
  readonly #metric: Metric;
  readonly #reader = new RowReader();
  #ladder: Ladder | null = null;
  #largest: number | null = null;
  /** By rung, best first. */
  #results: RungResult[][] = [];
  #known: Set<number>[] = [];
  /** Rung of each trial's last row. */
  #last = new Map<number, number>();
  /** Rows read before the ladder was known. */
  #early: number[] = [];

  constructor(options: RungOptions, metric: Metric) {
    this.#options = options;
    this.#metric = metric;
    this.#begin();
  }

  /** Reads what is new in a view. */
  follow(view: HistoryView): void {
    for (const row of this.#reader.follow(view, () => this.#begin())) this.#add(view, row);
  }

  /** Null until a trial has come to its end. */
  get ladder(): Ladder | null {
    return this.#ladder;
  }

  /** Largest step known: what lies at or beyond it is a trial's own end. */
  get largest(): number {
    return this.#largest ?? Number.POSITIVE_INFINITY;
  }

  /** Best first. */
  at(rung: number): readonly RungResult[] {
    return this.#results[rung] ?? [];
  }

  /** How many other trials were better at the rung, and how many there are. */
  rankAt(rung: number, own: RungResult): { readonly better: number; readonly others: number } {
    const others = this.at(rung);
    const place = placeOf(others, own, this.#metric);
    const known = this.#known[rung]?.has(own.trial) ?? false;
    return { better: place, others: others.length - (known ? 1 : 0) };
  }

  /** The rung of a trial's last row, -1 where it came to none. */
  lastRungOf(trial: number): number {
    return this.#last.get(trial) ?? -1;
  }

  #begin(): void {
    this.#results = [];
    this.#known = [];
    this.#last = new Map();
    this.#early = [];
    this.#largest = this.#options.largest;
    this.#ladder = this.#largest === null ? null : this.#ladderTo(this.#largest);
  }

  #ladderTo(reach: number): Ladder {
    return new Ladder(reach, this.#options.reduction, this.#options.smallest);
  }

  #add(view: HistoryView, row: number): void {
    const { state, step } = view.columns;
    if (state[row] === COMPLETE && step[row]! > 0) this.#reach(view, step[row]!);
    if (this.#ladder === null) this.#early.push(row);
    else this.#file(view, row, this.#ladder);
  }

  /** A trial came to its end at this step. */
  #reach(view: HistoryView, step: number): void {
    if (this.#options.largest !== null) return;
    this.#largest = Math.max(this.#largest ?? 0, step);
    if (this.#ladder !== null) return;
    this.#ladder = this.#ladderTo(step);
    for (const row of this.#early.splice(0)) this.#file(view, row, this.#ladder);
  }

  #file(view: HistoryView, row: number, ladder: Ladder): void {
    const { trial: trials, step, values } = view.columns;
    const trial = trials[row]!;
    const rung = ladder.rungAt(step[row]!);
    if (rung < 0) return;
    this.#last.set(trial, rung);
    const missing = Array.from({ length: rung }, (_, lower) => lower).filter((lower) => !this.#has(lower, trial));
    if (missing.length > 0) {
      // A trial that began before the ladder was known, or whose reports leave steps out, made no row at these.
      const reports = view.trial(trial)?.reports ?? [];
      for (const lower of missing) this.#fileFrom(reports, trial, lower, ladder);
    }
    this.#set(rung, { trial, value: values[this.#metric.name]?.[row] ?? Number.NaN });
  }

  #fileFrom(reports: readonly Report[], trial: number, rung: number, ladder: Ladder): void {
    const [from, to] = [ladder.steps[rung]!, ladder.steps[rung + 1] ?? Number.POSITIVE_INFINITY];
    const { name } = this.#metric;
    const told = reports.findIndex(({ values }) => values[name] !== undefined);
    const reached = told < 0 ? -1 : reports.findIndex(({ step }, place) => place >= told && step >= from);
    if (reached < 0 || reports[reached]!.step >= to) return;
    this.#set(rung, { trial, value: newestBy(reports, reached, name) ?? Number.NaN });
  }

  #has(rung: number, trial: number): boolean {
    return this.#known[rung]?.has(trial) ?? false;
  }

  /** The first value at a rung stands: later ones had more steps. */
  #set(rung: number, result: RungResult): void {
    if (this.#has(rung, result.trial)) return;
    this.#known[rung] ??= new Set();
    this.#known[rung].add(result.trial);
    this.#results[rung] ??= [];
    const results = this.#results[rung];
    results.splice(placeOf(results, result, this.#metric), 0, result);
  }
}

/** The newest value of a metric in the reports up to a place; undefined where none told it. */
export function newestBy(reports: readonly Report[], place: number, metric: string): number | undefined {
  for (let k = place; k >= 0; k--) {
    const value = reports[k]?.values[metric];
    if (value !== undefined) return decodeNumber(value);
  }
  return undefined;
}

/** How many results come before this one; equal ones by their numbers. */
function placeOf(results: readonly RungResult[], own: RungResult, { direction }: Metric): number {
  let [low, high] = [0, results.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    const other = results[middle]!;
    const order = compareValues(other.value, own.value, direction) || other.trial - own.trial;
    if (order < 0) low = middle + 1;
    else high = middle;
  }
  return low;
}
