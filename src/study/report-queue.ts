import type { Report } from "../trial/trial.ts";

/** With as many reports not yet in the log there is no room for more. */
export const FULL_QUEUE = 10_000;

type Unnumbered = Omit<Report, "seq">;

/** Reports that are sent together. */
interface Batch {
  readonly reports: Unnumbered[];
  readonly written: PromiseWithResolvers<void>;
}

/**
 * Sends a trial's reports in batches: what comes while a batch is under way goes with the next, so that a chatty trial costs
 * one transaction at a time. Takes whatever is pushed, but says when there is no room. All that report (programs, functions, modules,
 * and trials that were asked for) do it through one of these.
 */
export class ReportQueue {
  readonly #first: () => number;
  readonly #send: (reports: readonly Report[]) => Promise<void>;
  readonly #delay: number;
  /** Sequence number of the next report sent; null where the log is to be asked. */
  #next: number | null = null;
  #queued: Batch = newBatch();
  #underWay = 0;
  #room: PromiseWithResolvers<void> | null = null;
  #sending: Promise<void> | null = null;
  #failure: { readonly cause: unknown } | null = null;
  #timer: NodeJS.Timeout | null = null;

  /** `first` tells how many reports the log has of the trial; `delay` ms a report may wait for company, 0 to the end of the turn. */
  constructor(first: () => number, delay: number, send: (reports: readonly Report[]) => Promise<void>) {
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
    const { reports, written } = this.#queued;
    reports.push(report);
    if (this.#sending === null && this.#delay > 0) {
      this.#timer ??= setTimeout(() => void this.settled(), this.#delay);
    } else if (this.#sending === null && reports.length === 1) {
      queueMicrotask(() => void this.settled());
    }
    return written.promise;
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
    return this.#queued.reports.length + this.#underWay >= FULL_QUEUE;
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
    if (this.#queued.reports.length > 0) this.#sending ??= this.#drain();
    await this.#sending;
  }

  async #drain(): Promise<void> {
    while (this.#queued.reports.length > 0) {
      const batch = this.#queued;
      this.#queued = newBatch();
      this.#underWay = batch.reports.length;
      await this.#write(batch);
      this.#underWay = 0;
      // In the same turn as the last look: what came between them would wait for a word from somebody else.
      if (this.#queued.reports.length === 0) this.#sending = null;
      this.#room?.resolve();
      this.#room = null;
    }
  }

  async #write({ reports, written }: Batch): Promise<void> {
    const first = this.#next ?? this.#first();
    try {
      await this.#send(reports.map((report, k) => ({ seq: first + k, ...report })));
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
  return { reports: [], written };
}
