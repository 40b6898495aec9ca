import type { TrialRecord } from "../evolve/trial-record.ts";
import { STATE_CODES } from "../history-view.ts";
import { TRIALS_PER_BLOCK } from "../table/trial-block.ts";
import type { Trial, TrialState } from "../trial.ts";
import { TrialView } from "../trial-view.ts";
import { RecordRows } from "./record-rows.ts";
import { heldRows, type RowsPart } from "./rows-part.ts";
import {
  fillSeries,
  placeOf,
  type Reading,
  SERIES,
  type Series,
  type SeriesKind,
  USUAL_SERIES,
  valueSeries,
} from "./trial-series.ts";

/** Trials as they are held, by number. */
interface HeldTrials {
  readonly length: number;
  get(number: number): TrialRecord | undefined;
  /** Of two rows of one trial the later one is true. */
  blocks(): Iterable<readonly RowsPart[]>;
}

/**
 * Trials, to look at all of them by one thing after the other: a study of a million is summed up in less than a second, for no
 * objects are made of its trials. All as they were when the list was made or first asked for it: make it, use it and let it go.
 */
export class TrialList implements Iterable<Trial> {
  readonly length: number;
  readonly #parts: readonly RowsPart[];
  readonly #at: (place: number) => Trial | undefined;
  /** Metrics whose values will be asked for. */
  readonly #metrics: readonly string[];
  /** Each made when it is first asked for, from then on the same; nobody changes it. */
  readonly #known = new Map<string, Series>();

  private constructor(
    length: number,
    parts: readonly RowsPart[],
    at: (place: number) => Trial | undefined,
    metrics: readonly string[] = [],
  ) {
    this.length = length;
    this.#parts = parts;
    this.#at = at;
    this.#metrics = metrics;
  }

  /** These trials, the same list where they are one. */
  static of(trials: Iterable<Trial>): TrialList {
    if (trials instanceof TrialList) return trials;
    const all = Array.isArray(trials) ? (trials as readonly Trial[]) : [...trials];
    // Whatever their numbers are.
    const part: RowsPart = { ...heldRows(new RecordRows(all)), first: 0 };
    return new TrialList(all.length, [part], (place) => all[place]);
  }

  /**
   * All trials of a study; each has its number for its place. Of trials that are read anew at each look, all is read in one that is asked for
   * as a rule, `metrics` among it.
   */
  static ofTable(table: HeldTrials, metrics: readonly string[] = []): TrialList {
    const find = (number: number): Trial | undefined => {
      const record = table.get(number);
      return record === undefined ? undefined : new TrialView(record);
    };
    return new TrialList(table.length, [...table.blocks()].flat(), find, metrics);
  }

  /** The same, one of them taken as if it were marked invalid. */
  without(place: number): TrialList {
    const { hidden } = this;
    const others = new TrialList(this.length, this.#parts, this.#at, this.#metrics);
    for (const [name, series] of this.#known) others.#known.set(name, series);
    others.#known.set(SERIES.hidden.name, hidden.with(place, 1));
    return others;
  }

  /** The trial at a place, to read single fields of: see TrialView. */
  at(place: number): Trial | undefined {
    return this.#at(place);
  }

  *[Symbol.iterator](): Generator<Trial> {
    for (let place = 0; place < this.length; place++) yield this.at(place)!;
  }

  /** The trials of one state that are not marked invalid. */
  *inState(state: TrialState): Generator<Trial> {
    const { states, hidden } = this;
    const code = STATE_CODES.indexOf(state);
    if (!states.includes(code)) return;
    for (let place = 0; place < this.length; place++)
      if (states[place] === code && hidden[place] === 0) yield this.at(place)!;
  }

  get numbers(): Int32Array {
    return this.#series(SERIES.number) as Int32Array;
  }

  /** Places in STATE_CODES. */
  get states(): Uint8Array {
    return this.#series(SERIES.state) as Uint8Array;
  }

  /** 1 for those marked invalid. */
  get hidden(): Uint8Array {
    return this.#series(SERIES.hidden) as Uint8Array;
  }

  get configurations(): Int32Array {
    return this.#series(SERIES.configuration) as Int32Array;
  }

  /** True where each trial is known to be the first of its configuration; false says nothing. */
  get isEachConfigurationNew(): boolean {
    const { configurations, numbers } = this;
    return this.#parts.every((part) => {
      // To read them anew for it takes longer than to look at each.
      if (part.isLate) return isSame(configurations, numbers, part.first!);
      return part.look((rows) => {
        if (part.first !== null && rows.firstConfiguration !== null)
          return rows.firstConfiguration === numbers[part.first];
        for (let row = 0; row < rows.length; row++) {
          const place = placeOf(part, rows, row);
          if (configurations[place] !== numbers[place]) return false;
        }
        return true;
      });
    });
  }

  /** 1 for runs of a configuration on a seed of their own. */
  get replicates(): Uint8Array {
    return this.#series(SERIES.replicate) as Uint8Array;
  }

  /** Seconds that attempts took, see `trialSeconds`; NaN where it is not known. */
  get seconds(): Float64Array {
    return this.#series(SERIES.seconds) as Float64Array;
  }

  /** 1 for those that were imported. */
  get imported(): Uint8Array {
    return this.#series(SERIES.imported) as Uint8Array;
  }

  /** 1 for those whose newest attempt was a program's that ended with an exit code. */
  get ofProgram(): Uint8Array {
    return this.#series(SERIES.program) as Uint8Array;
  }

  /** 1 for those that a scheduler decided something about. */
  get decided(): Uint8Array {
    return this.#series(SERIES.decided) as Uint8Array;
  }

  get reportCounts(): Int32Array {
    return this.#series(SERIES.reports) as Int32Array;
  }

  /** Names of all metrics that trials have values of, the first ones first. */
  get metricNames(): ReadonlySet<string> {
    return new Set(this.#parts.flatMap((part) => part.look((rows) => [...rows.metricNames()])));
  }

  /** Values of a metric; NaN where there is none. */
  values(metric: string): Float64Array {
    return this.#series(valueSeries(metric)) as Float64Array;
  }

  /** A number of each trial, by place; not kept. */
  numbersOf(read: Reading): Float64Array {
    const series = new Float64Array(this.length);
    for (const part of this.#parts) part.look((rows) => fillSeries({ read }, series, part, rows));
    return series;
  }

  #series(kind: SeriesKind): Series {
    const known = this.#known.get(kind.name);
    if (known !== undefined) return known;
    const all = this.#parts.some(({ isLate }) => isLate)
      ? [kind, ...USUAL_SERIES, ...this.#metrics.map(valueSeries)]
      : [kind];
    const missing = new Map(all.filter(({ name }) => !this.#known.has(name)).map((one) => [one.name, one]));
    const made = [...missing.values()].map((one) => ({ one, series: new one.make(this.length) }));
    for (const part of this.#parts)
      part.look((rows) => {
        for (const { one, series } of made) fillSeries(one, series, part, rows);
      });
    for (const { one, series } of made) this.#known.set(one.name, series);
    return this.#known.get(kind.name)!;
  }
}

function isSame(a: Int32Array, b: Int32Array, from: number): boolean {
  const until = Math.min(a.length, from + TRIALS_PER_BLOCK);
  for (let place = from; place < until; place++) if (a[place] !== b[place]) return false;
  return true;
}
