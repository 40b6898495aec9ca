import type { TrialRecord } from "../evolve/trial-record.ts";
import { STATE_CODES } from "../history-view.ts";
import type { Trial, TrialState } from "../trial.ts";
import { TrialView } from "../trial-view.ts";
import { RecordRows } from "./record-rows.ts";
import type { TrialRows } from "./trial-rows.ts";

/** Trials as they are held, by number. */
interface HeldTrials {
  readonly length: number;
  get(number: number): TrialRecord | undefined;
  /** Of two rows of one trial the later one is true. */
  blocks(): Iterable<readonly TrialRows[]>;
}

interface Part {
  readonly rows: TrialRows;
  /** Place in the list of the first row, where those of the others follow it one by one; else null. */
  readonly first: number | null;
  /** Place in the list of a row. */
  placeOf(row: number): number;
}

/** How a number is read of each of some rows; a number where all have the same, and of rows that follow one another by one `from`. */
type Reading = (rows: TrialRows) => number | { readonly from: number } | ((row: number) => number);

/** What is known of one thing of all trials, by place: made when first asked for, from then on the same. Nobody changes it. */
type Series = Uint8Array | Int32Array | Float64Array;

/**
 * Trials, to look at all of them by one thing after the other: a study of a million is summed up in less than a second, for no
 * objects are made of its trials. All as they were when the list was made or first asked for it: make it, use it and let it go.
 */
export class TrialList implements Iterable<Trial> {
  readonly length: number;
  readonly #parts: readonly Part[];
  readonly #at: (place: number) => Trial | undefined;
  readonly #known = new Map<string, Series>();

  private constructor(length: number, parts: readonly Part[], at: (place: number) => Trial | undefined) {
    this.length = length;
    this.#parts = parts;
    this.#at = at;
  }

  /** These trials, the same list where they are one. */
  static of(trials: Iterable<Trial>): TrialList {
    if (trials instanceof TrialList) return trials;
    const all = Array.isArray(trials) ? (trials as readonly Trial[]) : [...trials];
    const rows = new RecordRows(all);
    return new TrialList(all.length, [{ rows, first: 0, placeOf: (row) => row }], (place) => all[place]);
  }

  /** All trials of a study; each has its number for its place. */
  static ofTable(table: HeldTrials): TrialList {
    const parts = Array.from(table.blocks())
      .flat()
      .map((rows): Part => ({ rows, first: rows.first, placeOf: (row) => rows.number(row) }));
    return new TrialList(table.length, parts, (number) => {
      const record = table.get(number);
      return record === undefined ? undefined : new TrialView(record);
    });
  }

  /** The same, one of them taken as if it were marked invalid. */
  without(place: number): TrialList {
    const others = new TrialList(this.length, this.#parts, this.#at);
    others.#known.set("hidden", this.hidden.with(place, 1));
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
    return this.#series("number", Int32Array, (rows) =>
      rows.first === null ? (row) => rows.number(row) : { from: rows.first },
    );
  }

  /** Places in STATE_CODES. */
  get states(): Uint8Array {
    return this.#series("state", Uint8Array, (rows) => {
      const { state } = rows.all;
      return state === undefined ? (row) => STATE_CODES.indexOf(rows.state(row)) : STATE_CODES.indexOf(state);
    });
  }

  /** 1 for those marked invalid. */
  get hidden(): Uint8Array {
    return this.#series("hidden", Uint8Array, (rows) => {
      const { isHidden } = rows.all;
      return isHidden === undefined ? (row) => Number(rows.isHidden(row)) : Number(isHidden);
    });
  }

  get configurations(): Int32Array {
    return this.#series("configuration", Int32Array, (rows) =>
      rows.firstConfiguration === null ? (row) => rows.configuration(row) : { from: rows.firstConfiguration },
    );
  }

  /** True where each trial is known to be the first of its configuration; false says nothing. */
  get isEachConfigurationNew(): boolean {
    const { configurations, numbers } = this;
    return this.#parts.every(({ rows, first, placeOf }) => {
      if (first !== null && rows.firstConfiguration !== null) return rows.firstConfiguration === numbers[first];
      for (let row = 0; row < rows.length; row++)
        if (configurations[placeOf(row)] !== numbers[placeOf(row)]) return false;
      return true;
    });
  }

  /** 1 for runs of a configuration on a seed of their own. */
  get replicates(): Uint8Array {
    return this.#series("replicate", Uint8Array, (rows) => {
      const { isReplicate } = rows.all;
      return isReplicate === undefined ? (row) => Number(rows.isReplicate(row)) : Number(isReplicate);
    });
  }

  /** Seconds that attempts took, see `trialSeconds`; NaN where it is not known. */
  get seconds(): Float64Array {
    return this.#copied(
      "seconds",
      (rows, series, place) => rows.copySeconds(series, place),
      (rows) => (row) => rows.seconds(row) ?? Number.NaN,
    );
  }

  /** 1 for those that were imported. */
  get imported(): Uint8Array {
    return this.#series("imported", Uint8Array, (rows) => {
      const { isImported } = rows.all;
      return isImported === undefined ? (row) => Number(rows.isImported(row)) : Number(isImported);
    });
  }

  /** 1 for those whose newest attempt was a program's that ended with an exit code. */
  get ofProgram(): Uint8Array {
    return this.#series("program", Uint8Array, (rows) => {
      const { isOfProgram } = rows.all;
      return isOfProgram === undefined ? (row) => Number(rows.isOfProgram(row)) : Number(isOfProgram);
    });
  }

  /** 1 for those that a scheduler decided something about. */
  get decided(): Uint8Array {
    return this.#series("decided", Uint8Array, (rows) => {
      const { isDecided } = rows.all;
      return isDecided === undefined ? (row) => Number(rows.isDecided(row)) : Number(isDecided);
    });
  }

  get reportCounts(): Int32Array {
    return this.#series("reports", Int32Array, (rows) => (row) => rows.reportCount(row));
  }

  /** Names of all metrics that trials have values of, the first ones first. */
  get metricNames(): ReadonlySet<string> {
    return new Set(this.#parts.flatMap(({ rows }) => [...rows.metricNames()]));
  }

  /** Values of a metric; NaN where there is none. */
  values(metric: string): Float64Array {
    return this.#copied(
      `value ${metric}`,
      (rows, series, place) => rows.copyValues(metric, series, place),
      (rows) => rows.values(metric),
    );
  }

  /** A number of each trial, by place; not kept. */
  numbersOf(read: Reading): Float64Array {
    return this.#fill(new Float64Array(this.length), read);
  }

  #series<S extends Series>(name: string, kind: new (length: number) => S, read: Reading): S {
    const known = this.#known.get(name);
    if (known !== undefined) return known as S;
    const made = this.#fill(new kind(this.length), read);
    this.#known.set(name, made);
    return made;
  }

  /** Copied from parts whose rows follow one another, as far as `copy` can; else read. */
  #copied(
    name: string,
    copy: (rows: TrialRows, series: Float64Array, place: number) => boolean,
    read: (rows: TrialRows) => (row: number) => number,
  ): Float64Array {
    const known = this.#known.get(name);
    if (known !== undefined) return known as Float64Array;
    const series = new Float64Array(this.length);
    for (const part of this.#parts)
      if (part.first === null || !copy(part.rows, series, part.first)) fill(series, part, read(part.rows));
    this.#known.set(name, series);
    return series;
  }

  #fill<S extends Series>(series: S, read: Reading): S {
    for (const part of this.#parts) fill(series, part, read(part.rows));
    return series;
  }
}

function fill(series: Series, { rows, first, placeOf }: Part, read: ReturnType<Reading>): void {
  const { length } = rows;
  if (typeof read === "function") {
    if (first === null) for (let row = 0; row < length; row++) series[placeOf(row)] = read(row);
    else for (let row = 0; row < length; row++) series[first + row] = read(row);
  } else if (typeof read === "object") {
    for (let row = 0; row < length; row++) series[first === null ? placeOf(row) : first + row] = read.from + row;
  } else if (first !== null) series.fill(read, first, first + length);
  else for (let row = 0; row < length; row++) series[placeOf(row)] = read;
}
