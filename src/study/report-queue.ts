import type { Report } from "../trial/trial.ts";

/** With as many reports not yet in the log there is no room for more. */
export const FULL_QUEUE = 10_000;

/**
 * Sends a trial's reports in batches: what comes while a batch is under way goes with the next, so that a chatty trial costs
 * one transaction at a time. Each report gets its sequence number here. Takes whatever is pushed, but says when there is no room.
 */
export class ReportQueue {
  readonly #send: (reports: readonly Report[]) => Promise<void>;
  readonly #delay: number;
  #next: number;
  #queued: Report[] = [];
  #underWay = 0;
  #room: PromiseWithResolvers<void> | null = null;
  #sending: Promise<void> | null = null;
  #failure: { readonly cause: unknown } | null = null;
  #timer: NodeJS.Timeout | null = null;

  /** `first` is the next sequence number of the trial; `delay` ms a report may wait for company. */
  constructor(first: number, delay: number, send: (reports: readonly Report[]) => Promise<void>) {
    this.#next = first;
    this.#delay = delay;
    this.#send = send;
  }

  /** Whether a batch is on its way to the log. */
  get busy(): boolean {
    return this.#sending !== null;
  }

  push(report: Omit<Report, "seq">): void {
    this.#queued.push({ seq: this.#next, ...report });
    this.#next += 1;
    if (this.#sending !== null || this.#timer !== null) return;
    this.#timer = setTimeout(() => this.#flushLater(), this.#delay);
  }

  /**
   * Null while there is room for more reports, else what resolves once a batch is written, or could not be: there may be room
   * then. It never rejects; a failure is told by `flush`.
   */
  room(): Promise<void> | null {
    if (!this.#full) return null;
    this.#room ??= Promise.withResolvers();
    // Nothing more comes that would be worth waiting for.
    if (this.#sending === null) this.#flushLater();
    return this.#room.promise;
  }

  get #full(): boolean {
    return this.#queued.length + this.#underWay >= FULL_QUEUE;
  }

  /** Resolves when all that was pushed is in the log. */
  async flush(): Promise<void> {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    if (this.#queued.length > 0) this.#sending ??= this.#drain();
    await this.#sending;
    if (this.#failure !== null) throw this.#failure.cause;
  }

  /** A failure is told at the next flush, which somebody awaits. */
  #flushLater(): void {
    this.flush().catch((error: unknown) => {
      this.#failure ??= { cause: error };
    });
  }

  async #drain(): Promise<void> {
    try {
      while (this.#queued.length > 0) {
        const batch = this.#queued;
        this.#queued = [];
        this.#underWay = batch.length;
        await this.#send(batch);
        this.#underWay = 0;
        this.#tellRoom();
      }
    } finally {
      // In the same turn as the last look: what came between them would wait for a word from somebody else.
      this.#sending = null;
      this.#underWay = 0;
      this.#tellRoom();
    }
  }

  #tellRoom(): void {
    this.#room?.resolve();
    this.#room = null;
  }
}
