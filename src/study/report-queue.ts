import { ReportList } from "../trial/table/report-list.ts";
import type { Report } from "../trial/trial.ts";

/** With as many reports not yet in the log there is no room for more. */
export const FULL_QUEUE = 10_000;
/** Reports of one command at most: the texts and objects of more of them would outlive the collector's first look, and stay for long. */
export const MOST_TOGETHER = 1_000;

type Unnumbered = Omit<Report, "seq">;
/** They are not in the log yet. */
const NO_REVISION = 0;

/** Reports that are sent together: as numbers, for objects that wait would outlive a look of the collector. */
interface Batch {
  readonly reports: ReportList;
  readonly written: PromiseWithResolvers<void>;
}

/**
 * Sends a trial's reports in batches: what comes while a batch is under way goes with the next, so that a chatty trial costs
 * one transaction at a time. Takes whatever is pushed, but says when there is no room. All that report (programs, functions, modules,
 * and trials that were asked for) do it through one of these.
 */
export class ReportQueue {
  readonly #first: () => number;
  readonly #send: (reports: readonly Report[]) => Promise<unknown>;
  readonly #delay: number;
  /** Sequence number of the next report sent; null where the log is to be asked. */
  #next: number | null = null;
  readonly #queued: Batch[] = [];
  /** Reports in these batches, and in the one that is being written. */
  #waiting = 0;
  #underWay = 0;
  #room: PromiseWithResolvers<void> | null = null;
  #sending: Promise<void> | null = null;
  #failure: { readonly cause: unknown } | null = null;
  #timer: NodeJS.Timeout | null = null;

  /** `first` tells how many reports the log has of the trial; `delay` ms a report may wait for company, 0 to the end of the turn. */
  constructor(first: () => number, delay: number, send: (reports: readonly Report[]) => Promise<unknown>) {
    this.#first = first;
    this.#delay = delay;
    this.#send = send;
  }

  /** Whether a batch is on its way to the log. */
  get busy(): boolean {
    return this.#sending !== null;
  }

  /** Resolves when the report is in the log; rejects when it could not be written, which the next `flush` tells too. */
  push(report: Unnumbered): Promise<void> {
    const { reports, written } = this.#last();
    reports.push(report, NO_REVISION);
    this.#waiting += 1;
    if (this.#sending === null && this.#delay > 0) {
      this.#timer ??= setTimeout(() => void this.settled(), this.#delay);
    } else if (this.#sending === null && this.#waiting === 1) {
      queueMicrotask(() => void this.settled());
    }
    return written.promise;
  }

  /** The batch that the next report goes with. */
  #last(): Batch {
    const last = this.#queued.at(-1);
    if (last !== undefined && last.reports.length < MOST_TOGETHER) return last;
    const batch = newBatch();
    this.#queued.push(batch);
    return batch;
  }

  /**
   * Null while there is room for more reports, else what resolves once a batch is written, or could not be: there may be room
   * then. It never rejects; a failure is told by `flush`.
   */
  room(): Promise<void> | null {
    if (!this.#full) return null;
    this.#room ??= Promise.withResolvers();
    // Nothing more comes that would be worth waiting for.
    if (this.#sending === null) void this.settled();
    return this.#room.promise;
  }

  get #full(): boolean {
    return this.#waiting + this.#underWay >= FULL_QUEUE;
  }

  /** Resolves when all that was pushed is in the log; rejects when some was not written since the last time. */
  async flush(): Promise<void> {
    await this.settled();
    const failure = this.#failure;
    this.#failure = null;
    if (failure !== null) throw failure.cause;
  }

  /** Resolves when all that was pushed was sent, whatever became of it. */
  async settled(): Promise<void> {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    if (this.#waiting > 0) this.#sending ??= this.#drain();
    await this.#sending;
  }

  async #drain(): Promise<void> {
    for (let batch = this.#queued.shift(); batch !== undefined; batch = this.#queued.shift()) {
      this.#underWay = batch.reports.length;
      this.#waiting -= this.#underWay;
      await this.#write(batch);
      this.#underWay = 0;
      // In the same turn as the last look: what came between them would wait for a word from somebody else.
      if (this.#waiting === 0) this.#sending = null;
      this.#room?.resolve();
      this.#room = null;
    }
  }

  /** A function of its own, so that the objects are gone before the answer comes. */
  #sent(reports: ReportList, first: number): Promise<unknown> {
    return this.#send(numbered(reports, first));
  }

  async #write({ reports, written }: Batch): Promise<void> {
    const first = this.#next ?? this.#first();
    try {
      await this.#sent(reports, first);
      this.#next = first + reports.length;
      written.resolve();
    } catch (error) {
      // Some of them may be in the log for all that.
      this.#next = null;
      this.#failure ??= { cause: error };
      written.reject(error);
    }
  }
}

function newBatch(): Batch {
  const written = Promise.withResolvers<void>();
  // Whoever pushed may not wait for it; the failure is told at the next flush.
  written.promise.catch(() => undefined);
  return { reports: new ReportList(), written };
}

function numbered(reports: ReportList, first: number): readonly Report[] {
  return Array.from({ length: reports.length }, (_none, k) => {
    return { seq: first + k, step: reports.step(k), values: reports.values(k) };
  });
}
