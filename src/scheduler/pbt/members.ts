import { compareValues } from "../../objective/index.ts";
import { type HistoryView, STATE_CODES } from "../../trial/history-view.ts";
import type { Metric } from "../../trial/metric.ts";
import { resumableAttempt } from "../../trial/resumable-attempt.ts";
import type { Trial } from "../../trial/trial.ts";

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

/** The members of a population as one view has them: each is a trial, and the ones whose place it took. */
export class Members {
  readonly #view: HistoryView;
  readonly #metric: Metric;
  /** The newest row of each trial that is not the one with which it ended. */
  readonly #last = new Map<number, number>();
  readonly #ended: number;

  constructor(view: HistoryView, metric: Metric) {
    this.#view = view;
    this.#metric = metric;
    const { trial, state } = view.columns;
    let ended = 0;
    for (const row of view.rows) {
      if (state[row]! >= FINISHED && !(state[row] === PRUNED && view.trial(trial[row]!)?.successor !== undefined))
        ended += 1;
      if (state[row] !== PRUNED) this.#last.set(trial[row]!, row);
    }
    this.#ended = ended;
  }

  /** Members that run, wait or pause. */
  get living(): number {
    return this.#view.pending.length + this.#view.paused.length;
  }

  /** Members that there were so far, the living among them. */
  get begun(): number {
    return this.living + this.#ended;
  }

  /** Those that pause, the one that came least far first. */
  get paused(): readonly PausedMember[] {
    const members = this.#view.paused.flatMap((trial) => {
      const row = this.#last.get(trial);
      const step = row === undefined ? Number.NaN : this.#view.columns.step[row]!;
      return row === undefined || Number.isNaN(step) ? [] : [{ trial, step, value: this.#valueAt(row) }];
    });
    return members.sort((a, b) => a.step - b.step || a.trial - b.trial);
  }

  /** What all members told at that step, each trial once, the best first; without a finite value they come last. */
  resultsAt(step: number): readonly Result[] {
    const { columns, rows } = this.#view;
    const found = new Map<number, Result>();
    for (const row of rows) {
      if (columns.step[row] !== step || columns.state[row] === PRUNED) continue;
      const trial = columns.trial[row]!;
      if (!found.has(trial)) found.set(trial, { trial, value: this.#valueAt(row) });
    }
    return [...found.values()].sort((a, b) => this.#compare(a.value, b.value) || a.trial - b.trial);
  }

  /** How many of these are better than that value. */
  better(results: readonly Result[], value: number): number {
    return results.filter((one) => this.#compare(one.value, value) < 0).length;
  }

  /** What can be gone on from of a trial that still lives: its newest checkpoint, saved at the end of a segment; null where there is none. */
  donor({ trial: number, value }: Result): Donor | null {
    const trial = this.#view.trial(number);
    if (trial === undefined || !Number.isFinite(value) || (trial.state !== "paused" && trial.state !== "running"))
      return null;
    const kept = resumableAttempt(trial);
    const segment = trial.segments.findIndex(
      ({ attempts }) => kept !== null && attempts.some((one) => one.checkpoint === kept.checkpoint),
    );
    const row = this.#last.get(number);
    if (kept === null || row === undefined || this.#view.columns.segment[row] !== segment) return null;
    const step = this.#view.columns.step[row]!;
    return Number.isNaN(step) ? null : { trial: number, value, segment, step };
  }

  /** The trials that one goes back to, itself first: whose checkpoint it began with, and so on. */
  lineage(number: number): readonly Trial[] {
    const found: Trial[] = [];
    for (let at: number | undefined = number; at !== undefined; ) {
      const trial: Trial | undefined = this.#view.trial(at);
      if (trial === undefined) break;
      found.push(trial);
      at = trial.branch?.of;
    }
    return found;
  }

  /** How many reports the trial had when it ended the segment before that one. */
  reportsBefore(number: number, segment: number): number {
    const row = this.#rowBefore(number, segment);
    return row === undefined ? 0 : this.#view.columns.reports[row]!;
  }

  /** Step that the trial had come to at the end of the segment before that one; null where there is none. */
  cameTo(number: number, segment: number): number | null {
    const row = this.#rowBefore(number, segment);
    return row === undefined ? null : this.#view.columns.step[row]!;
  }

  #rowBefore(number: number, segment: number): number | undefined {
    const { trial, segment: segments } = this.#view.columns;
    return this.#view.rows.findLast((row) => trial[row] === number && segments[row]! < segment);
  }

  #valueAt(row: number): number {
    return this.#view.columns.values[this.#metric.name]![row]!;
  }

  #compare(a: number, b: number): number {
    const [noA, noB] = [Number.isNaN(a), Number.isNaN(b)];
    if (noA || noB) return Number(noA) - Number(noB);
    return compareValues(a, b, this.#metric.direction);
  }
}
