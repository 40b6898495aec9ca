import { RowReader } from "../../trial/history/row-reader.ts";
import { type HistoryView, STATE_CODES } from "../../trial/history-view.ts";
import type { Metric } from "../../trial/metric.ts";
import { resumableAttempt } from "../../trial/resumable-attempt.ts";
import type { Trial } from "../../trial/trial.ts";
import { StepResults } from "./step-results.ts";

const FINISHED = STATE_CODES.indexOf("complete");
const PRUNED = STATE_CODES.indexOf("pruned");

/** What a trial told at a step at which members are compared. */
export interface Result {
  readonly trial: number;
  readonly value: number;
}

/** A member that pauses, and how far it came. */
export interface PausedMember {
  readonly trial: number;
  readonly step: number;
  readonly value: number;
}

/** A checkpoint that another trial can begin with. */
export interface Donor extends Result {
  /** The segment at whose end it was saved, and the step that the trial had come to. */
  readonly segment: number;
  readonly step: number;
}

/**
 * The members of a population: each is a trial, and the ones whose place it took. A view that goes on from the one before adds its new rows to what is
 * known, so that a question costs no look at all rows; any other view is read from its beginning.
 */
export class Members {
  readonly #metric: Metric;
  readonly #reader = new RowReader();
  #view: HistoryView | null = null;
  /** By trial its rows, in their order. */
  #rows = new Map<number, number[]>();
  /** By step what was told there. */
  #told = new Map<number, StepResults>();
  #ended = 0;

  /** `metric`: what members are compared by. */
  constructor(metric: Metric) {
    this.#metric = metric;
  }

  /** Reads what is new in a view, which is what is answered about from now on. */
  follow(view: HistoryView): void {
    const begin = (): void => {
      this.#rows = new Map();
      this.#told = new Map();
      this.#ended = 0;
    };
    const fresh = this.#reader.follow(view, begin);
    this.#view = view;
    for (const row of fresh) this.#add(view, row);
  }

  #add(view: HistoryView, row: number): void {
    const { columns } = view;
    const [trial, state, step] = [columns.trial[row]!, columns.state[row]!, columns.step[row]!];
    const own = this.#rows.get(trial);
    if (own === undefined) this.#rows.set(trial, [row]);
    else own.push(row);
    if (state >= FINISHED && !(state === PRUNED && view.trial(trial)?.successor !== undefined)) this.#ended += 1;
    if (state === PRUNED || Number.isNaN(step)) return;
    const there = this.resultsAt(step);
    this.#told.set(step, there);
    there.add(trial, this.#valueAt(row));
  }

  /** The view that was followed last. */
  get #now(): HistoryView {
    if (this.#view === null) throw new Error("no view was followed yet");
    return this.#view;
  }

  /** Members that run, wait or pause. */
  get living(): number {
    return this.#now.pending.length + this.#now.paused.length;
  }

  /** Members that there were so far, the living among them. */
  get begun(): number {
    return this.living + this.#ended;
  }

  /** Those that pause, the one that came least far first. */
  get paused(): readonly PausedMember[] {
    const members = this.#now.paused.flatMap((trial) => {
      const row = this.#lastRow(trial);
      const step = row === undefined ? Number.NaN : this.#now.columns.step[row]!;
      return row === undefined || Number.isNaN(step) ? [] : [{ trial, step, value: this.#valueAt(row) }];
    });
    return members.sort((a, b) => a.step - b.step || a.trial - b.trial);
  }

  /** What all members told at that step, each trial once. */
  resultsAt(step: number): StepResults {
    return this.#told.get(step) ?? new StepResults(this.#metric.direction);
  }

  /** What can be gone on from of those that are among the best `count` at that step, the best first. */
  donorsAt(step: number, count: number): readonly Donor[] {
    const results = this.resultsAt(step);
    return [...this.#now.paused, ...this.#now.pending.map(({ number }) => number)]
      .filter((trial) => results.get(trial) !== undefined && results.placeOf(trial) < count)
      .sort((a, b) => results.placeOf(a) - results.placeOf(b))
      .flatMap((trial) => this.donor({ trial, value: results.get(trial)! }) ?? []);
  }

  /** What can be gone on from of a trial that still lives: its newest checkpoint, saved at the end of a segment; null where there is none. */
  donor({ trial: number, value }: Result): Donor | null {
    const trial = this.#now.trial(number);
    if (trial === undefined || !Number.isFinite(value) || (trial.state !== "paused" && trial.state !== "running"))
      return null;
    const kept = resumableAttempt(trial);
    const segment = trial.segments.findIndex(
      ({ attempts }) => kept !== null && attempts.some((one) => one.checkpoint === kept.checkpoint),
    );
    const row = this.#lastRow(number);
    if (kept === null || row === undefined || this.#now.columns.segment[row] !== segment) return null;
    const step = this.#now.columns.step[row]!;
    return Number.isNaN(step) ? null : { trial: number, value, segment, step };
  }

  /** The trials that one goes back to, itself first: whose checkpoint it began with, and so on. */
  lineage(number: number): readonly Trial[] {
    const found: Trial[] = [];
    for (let at: number | undefined = number; at !== undefined; ) {
      const trial: Trial | undefined = this.#now.trial(at);
      if (trial === undefined) break;
      found.push(trial);
      at = trial.branch?.of;
    }
    return found;
  }

  /** How many reports the trial had when it ended the segment before that one. */
  reportsBefore(number: number, segment: number): number {
    const row = this.#rowBefore(number, segment);
    return row === undefined ? 0 : this.#now.columns.reports[row]!;
  }

  /** Step that the trial had come to at the end of the segment before that one; null where there is none. */
  cameTo(number: number, segment: number): number | null {
    const row = this.#rowBefore(number, segment);
    return row === undefined ? null : this.#now.columns.step[row]!;
  }

  #rowBefore(number: number, segment: number): number | undefined {
    const { segment: segments } = this.#now.columns;
    return this.#rows.get(number)?.findLast((row) => segments[row]! < segment);
  }

  /** The newest row of a trial that is not the one with which it ended early. */
  #lastRow(trial: number): number | undefined {
    const { state } = this.#now.columns;
    return this.#rows.get(trial)?.findLast((row) => state[row] !== PRUNED);
  }

  #valueAt(row: number): number {
    return this.#now.columns.values[this.#metric.name]?.[row] ?? Number.NaN;
  }
}
