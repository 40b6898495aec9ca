import type { Report } from "../trial/trial.ts";

/**
 * Sends a trial's reports in batches: what comes while a batch is under way goes with the next, so that a chatty trial costs
 * one transaction at a time. Each report gets its sequence number here.
 */
export class ReportQueue {
  readonly #send: (reports: readonly Report[]) => Promise<void>;
  readonly #delay: number;
  #next: number;
  #queued: Report[] = [];
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
        await this.#send(batch);
      }
    } finally {
      // In the same turn as the last look: what came between them would wait for a word from somebody else.
      this.#sending = null;
    }
  }
}
