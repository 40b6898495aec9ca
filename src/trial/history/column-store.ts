import { encodeValue, type Parameter } from "../../space/index.ts";
import type { Params } from "../../space/json.ts";
import { decodeNumber } from "../encoded-number.ts";
import type { SegmentEnd } from "../evolve/trial-record.ts";
import { type HistoryColumns, STATE_CODES } from "../history-view.ts";
import { OUTCOMES, type Trial, type Values } from "../trial.ts";

const FIRST_CAPACITY = 64;

type TypedArray = Int32Array | Uint8Array | Float64Array;

interface MutableColumns extends HistoryColumns {
  readonly values: Record<string, Float64Array>;
  readonly params: Record<string, Float64Array>;
}

function widened<T extends TypedArray>(old: T, capacity: number): T {
  const wide = new (old.constructor as new (length: number) => T)(capacity);
  wide.set(old as ArrayLike<number> as never);
  return wide;
}

function filledWithNaN(capacity: number): Float64Array {
  return new Float64Array(capacity).fill(Number.NaN);
}

function emptyColumns(capacity: number, metrics: readonly string[]): MutableColumns {
  return {
    trial: new Int32Array(capacity),
    configuration: new Int32Array(capacity),
    replicate: new Int32Array(capacity),
    seed: new Float64Array(capacity),
    fold: new Float64Array(capacity),
    segment: new Int32Array(capacity),
    state: new Uint8Array(capacity),
    outcome: new Uint8Array(capacity),
    revision: new Float64Array(capacity),
    step: new Float64Array(capacity),
    reports: new Int32Array(capacity),
    values: Object.fromEntries(metrics.map((name) => [name, filledWithNaN(capacity)])),
    params: {},
  };
}

function numberIn(values: Values, name: string): number {
  const value = values[name];
  return value === undefined ? Number.NaN : decodeNumber(value);
}

function widenedAll(columns: Readonly<Record<string, Float64Array>>, capacity: number): Record<string, Float64Array> {
  return Object.fromEntries(Object.entries(columns).map(([name, column]) => [name, widened(column, capacity)]));
}

/** What a trial counts as in the space in force. */
export interface TrialInSpace {
  readonly params: Params;
  /** False when the space does not contain them. */
  readonly within: boolean;
}

/** What a row says of its trial besides the segment's end. */
export interface RowTrial extends TrialInSpace {
  readonly number: number;
  readonly configuration: number;
  readonly replicate: Trial["replicate"];
}

/** The columns of a History: they double when full, and are made anew when the space changes; older views keep theirs. */
export class ColumnStore {
  #length = 0;
  #columns: MutableColumns;
  #parameters: readonly Parameter[] = [];
  #outside = new Uint8Array(FIRST_CAPACITY);
  #firstOutside = Number.POSITIVE_INFINITY;

  constructor(metrics: readonly string[]) {
    this.#columns = emptyColumns(FIRST_CAPACITY, metrics);
  }

  get length(): number {
    return this.#length;
  }

  get columns(): HistoryColumns {
    return this.#columns;
  }

  /** Of each row 1 where the space does not contain its configuration, else 0. Rows of a list handed out stay as they are. */
  get outside(): Uint8Array {
    return this.#outside;
  }

  /** The first row outside, or Infinity. */
  get firstOutside(): number {
    return this.#firstOutside;
  }

  add(trial: RowTrial, end: SegmentEnd): void {
    if (this.#length === this.#columns.trial.length) this.#grow();
    const row = this.#length++;
    const columns = this.#columns;
    columns.trial[row] = trial.number;
    columns.configuration[row] = trial.configuration;
    const { replicate } = trial;
    columns.replicate[row] = replicate === null ? -1 : replicate.index;
    columns.seed[row] = replicate === null ? Number.NaN : replicate.seed;
    columns.fold[row] = replicate?.fold ?? Number.NaN;
    columns.segment[row] = end.segment;
    columns.state[row] = STATE_CODES.indexOf(end.state);
    columns.outcome[row] = OUTCOMES.indexOf(end.outcome);
    columns.revision[row] = end.revision;
    columns.reports[row] = end.reports;
    columns.step[row] = end.step === null ? Number.NaN : decodeNumber(end.step);
    for (const [name, column] of Object.entries(columns.values)) column[row] = numberIn(end.values, name);
    this.#encode(row, trial.params);
    if (!trial.within) this.#leaveOut(row);
  }

  /** Encodes all rows by other parameters; `trialOf` tells what a trial counts as at a row's revision. */
  respace(parameters: readonly Parameter[], trialOf: (trial: number, revision: number) => TrialInSpace): void {
    this.#parameters = parameters;
    const capacity = this.#columns.trial.length;
    const params = Object.fromEntries(parameters.map(({ name }) => [name, filledWithNaN(capacity)]));
    this.#columns = { ...this.#columns, params };
    this.#outside = new Uint8Array(capacity);
    this.#firstOutside = Number.POSITIVE_INFINITY;
    const { trial, revision } = this.#columns;
    for (let row = 0; row < this.#length; row++) {
      const { params: inSpace, within } = trialOf(trial[row]!, revision[row]!);
      this.#encode(row, inSpace);
      if (!within) this.#leaveOut(row);
    }
  }

  /** Encodes rows to come by these parameters: those so far, some with more values, and more of them. */
  extend(parameters: readonly Parameter[]): void {
    this.#parameters = parameters;
    const capacity = this.#columns.trial.length;
    const added = parameters.filter(({ name }) => this.#columns.params[name] === undefined);
    if (added.length === 0) return;
    const fresh = Object.fromEntries(added.map(({ name }) => [name, filledWithNaN(capacity)]));
    this.#columns = { ...this.#columns, params: { ...this.#columns.params, ...fresh } };
  }

  /** Columns for more metrics, filled from the values at each row's end. */
  addMetrics(names: readonly string[], valuesOf: (trial: number, revision: number) => Values): void {
    const added = names.filter((name) => this.#columns.values[name] === undefined);
    if (added.length === 0) return;
    const { trial, revision } = this.#columns;
    const fresh = Object.fromEntries(added.map((name) => [name, filledWithNaN(trial.length)]));
    this.#columns = { ...this.#columns, values: { ...this.#columns.values, ...fresh } };
    for (let row = 0; row < this.#length; row++) {
      const values = valuesOf(trial[row]!, revision[row]!);
      for (const name of added) fresh[name]![row] = numberIn(values, name);
    }
  }

  /** How many rows came to be at or before that revision. */
  lengthAt(revision: number): number {
    const revisions = this.#columns.revision;
    let low = 0;
    let high = this.#length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (revisions[middle]! <= revision) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  #leaveOut(row: number): void {
    this.#outside[row] = 1;
    this.#firstOutside = Math.min(this.#firstOutside, row);
  }

  #encode(row: number, params: Params): void {
    for (const parameter of this.#parameters) {
      const value = params[parameter.name];
      if (value !== undefined) this.#columns.params[parameter.name]![row] = encodeValue(parameter, value);
    }
  }

  #grow(): void {
    const old = this.#columns;
    const capacity = 2 * old.trial.length;
    this.#columns = {
      trial: widened(old.trial, capacity),
      configuration: widened(old.configuration, capacity),
      replicate: widened(old.replicate, capacity),
      seed: widened(old.seed, capacity),
      fold: widened(old.fold, capacity),
      segment: widened(old.segment, capacity),
      state: widened(old.state, capacity),
      outcome: widened(old.outcome, capacity),
      revision: widened(old.revision, capacity),
      step: widened(old.step, capacity),
      reports: widened(old.reports, capacity),
      values: widenedAll(old.values, capacity),
      params: widenedAll(old.params, capacity),
    };
    this.#outside = widened(this.#outside, capacity);
    const { params, values } = this.#columns;
    for (const column of [...Object.values(params), ...Object.values(values)]) column.fill(Number.NaN, this.#length);
  }
}
