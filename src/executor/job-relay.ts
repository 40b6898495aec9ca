import type { StepOrigin } from "../protocol/step-origin.ts";
import { AwakeTimer } from "./awake-timer.ts";
import type { JobControl, JobEvents, JobResult } from "./executor.ts";

type Told = Readonly<Record<string, number>>;

/** What freezes and wakes a program. */
export interface Freezing {
  /** Bytes that it holds, once it stands still; or why it goes on, see {@link JobEvents.unfrozen}. */
  freeze(): Promise<number | string | null>;
  /** Lets it go on where it stands. */
  thaw(): void;
  /** Units that values were converted to so far, by metric. */
  units?(): Readonly<Record<string, string>>;
}

const FROZEN_END = { outcome: "paused", message: null, exitCode: null, signal: null, checkpoint: null } as const;
const GONE = "The program ended while it was kept in memory.";

/**
 * Stands between one program and the jobs that it is run for one after the other, frozen between them: the program has the same events and
 * the same control all along, and each job its own.
 */
export class JobRelay {
  /** For the program. */
  readonly events: JobEvents;
  /** For the program. */
  readonly control: JobControl;
  readonly #stop = new AbortController();
  readonly #kill = new AbortController();
  readonly #over = Promise.withResolvers<void>();
  readonly #whole = Promise.withResolvers<JobResult>();
  #job: JobEvents | null = null;
  readonly #freezing = Promise.withResolvers<Freezing>();
  #thaw: () => void = () => undefined;
  #stretch = Promise.withResolvers<JobResult>();
  #detach: () => void = () => undefined;
  #kept: (readonly [number, Told, StepOrigin | undefined])[] = [];
  #isOver = false;
  #killTimer: AwakeTimer | null = null;

  constructor(events: JobEvents, control: JobControl) {
    this.control = { stop: this.#stop.signal, kill: this.#kill.signal };
    this.events = {
      report: (step, values, origin) => {
        if (this.#job === null) this.#kept.push([step, values, origin]);
        else this.#job.report(step, values, origin);
      },
      room: () => this.#job?.room() ?? null,
      settled: async () => await this.#job?.settled?.(),
      missing: (checkpoint) => this.#job?.missing?.(checkpoint),
      waits: (why) => this.#job?.waits?.(why),
      ask: (parameter) => (this.#job ?? events).ask(parameter),
    };
    this.#attach(events, control);
  }

  /** The program can be frozen from now on. */
  begun(freezing: Freezing): void {
    this.#thaw = () => freezing.thaw();
    this.#freezing.resolve(freezing);
  }

  /** Runs the program; resolves when it has ended or stands still. */
  async run(program: () => Promise<JobResult>): Promise<JobResult> {
    program().then(this.#whole.resolve, this.#whole.reject);
    this.#whole.promise.then(
      (result) => this.#end(() => this.#stretch.resolve(result)),
      (error: unknown) => this.#end(() => this.#stretch.reject(error)),
    );
    return await this.#stretch.promise;
  }

  /** Asks the program to end, and kills it after so many ms, 0 for at once. */
  end(graceMs: number): void {
    this.#killTimer?.clear();
    this.#stop.abort();
    if (graceMs <= 0) this.#kill.abort();
    else if (!this.#isOver) this.#killTimer = new AwakeTimer(graceMs, () => this.#kill.abort());
  }

  #attach(events: JobEvents, { stop, kill, freeze }: JobControl): void {
    this.#job = events;
    const onStop = (): void => this.#stop.abort();
    const onKill = (): void => this.#kill.abort();
    const onFreeze = (): void => void this.#freeze();
    stop.addEventListener("abort", onStop, { once: true });
    kill.addEventListener("abort", onKill, { once: true });
    freeze?.addEventListener("abort", onFreeze, { once: true });
    this.#detach = () => {
      stop.removeEventListener("abort", onStop);
      kill.removeEventListener("abort", onKill);
      freeze?.removeEventListener("abort", onFreeze);
    };
    if (stop.aborted) onStop();
    if (kill.aborted) onKill();
  }

  async #freeze(): Promise<void> {
    const { events, control } = { events: this.#job, control: this.control };
    const freezing = await this.#freezing.promise;
    const bytes = await freezing.freeze().catch(this.#fail);
    if (this.#isOver) return;
    if (typeof bytes === "number" && !control.stop.aborted) {
      this.#detach();
      this.#job = null;
      const units = freezing.units?.() ?? {};
      const end = Object.keys(units).length === 0 ? FROZEN_END : { ...FROZEN_END, units };
      this.#stretch.resolve({ state: null, values: {}, end, frozen: this.#frozen(bytes) });
      return;
    }
    if (typeof bytes === "number") freezing.thaw();
    events?.unfrozen?.(typeof bytes === "number" ? null : bytes);
  }

  readonly #fail = (error: unknown): null => {
    this.#stretch.reject(error);
    this.#kill.abort();
    return null;
  };

  #frozen(bytes: number): NonNullable<JobResult["frozen"]> {
    return {
      bytes,
      over: this.#over.promise,
      wake: (events, control) => this.#wake(events, control),
      end: async (graceMs) => {
        this.end(graceMs);
        return await this.#whole.promise;
      },
    };
  }

  async #wake(events: JobEvents, control: JobControl): Promise<JobResult> {
    if (this.#isOver) return { state: null, values: {}, end: { ...FROZEN_END, outcome: "lost", message: GONE } };
    this.#stretch = Promise.withResolvers();
    this.#attach(events, control);
    for (const told of this.#kept.splice(0)) events.report(...told);
    this.#thaw();
    return await this.#stretch.promise;
  }

  #end(settle: () => void): void {
    this.#isOver = true;
    this.#killTimer?.clear();
    this.#detach();
    settle();
    this.#over.resolve();
  }
}
