import { AttuneError } from "../../errors.ts";
import { schedulerAbilities } from "../../scheduler/registry.ts";
import type { OptimizeOptions, RunEvent, Study } from "../../study/index.ts";
import type { OperationOutput, OperationParsed } from "../operations/index.ts";
import type { Waiting } from "../study-service.ts";
import { CallerExecutor, type JobEvent } from "./caller-executor.ts";
import type { CallerJob } from "./caller-job.ts";
import { keepAttemptLog } from "./keep-attempt-log.ts";

type Told = OperationOutput<"runEvents">["events"][number];

export interface HostedRunSetup {
  readonly options: Omit<OperationParsed<"startRun">, "study">;
  /** Whether the caller is on this machine. */
  readonly here: boolean;
  /** ms without a question for its events after which its caller counts as gone; null where its end is known otherwise. */
  readonly patienceMs: number | null;
}

/** A run whose trials its caller runs: what happens is kept until the caller has it. */
export class HostedRun {
  readonly #setup: HostedRunSetup;
  readonly #executor: CallerExecutor;
  readonly #stop = new AbortController();
  readonly #kill = new AbortController();
  #events: Told[] = [];
  /** How many events came before these. */
  #before = 0;
  #news = Promise.withResolvers<void>();
  #study: Study | null = null;
  #silence: NodeJS.Timeout | null = null;
  #isOver = false;

  constructor(setup: HostedRunSetup) {
    this.#setup = setup;
    const { freezes } = setup.options;
    this.#executor = new CallerExecutor({ say: (event) => this.#sayJob(event), freezes, here: setup.here });
    this.#heard();
  }

  /** Runs until the budget is used up or somebody ends it; never rejects. */
  async execute(study: Study): Promise<void> {
    this.#study = study;
    const { freezes: _, ...given } = this.#setup.options;
    const options = { ...given, stop: this.#stop.signal, kill: this.#kill.signal } satisfies OptimizeOptions;
    try {
      const summary = await study.run(this.#executor, { ...options, onEvent: (event) => this.#sayRun(event) });
      const { reason, message, trialsSpent, paused, ran } = summary;
      this.#say({ type: "over", reason, message, trialsSpent, paused, ran });
    } catch (error) {
      const { code, message } = error instanceof AttuneError ? error : { code: "internal", message: String(error) };
      this.#say({ type: "failed", code, message });
    } finally {
      this.#isOver = true;
      this.#study = null;
      this.#heard();
    }
  }

  /** Whether nothing will happen any more and all was told. */
  get isDone(): boolean {
    return this.#isOver && this.#events.length === 0;
  }

  /** The events behind `after`, of which there is one or more unless the time is over. */
  async events(after: number, waitMs: number, waiting: Waiting): Promise<OperationOutput<"runEvents">> {
    this.#heard();
    const known = Math.max(0, Math.min(this.#events.length, after - this.#before));
    this.#events.splice(0, known);
    this.#before += known;
    if (this.#events.length === 0 && !this.#isOver && waitMs > 0) await this.#newsWithin(waitMs, waiting.signal);
    this.#heard();
    return { events: [...this.#events], next: this.#before + this.#events.length };
  }

  /** A job that its caller runs. AttuneError `conflict` for one that is over. */
  job(number: number): CallerJob {
    const job = this.#executor.job(number);
    if (job === undefined) throw new AttuneError("conflict", `Job ${number} of the run is over, or there was none.`);
    return job;
  }

  /** Takes how a job ended, and what is to be its log; one that is over already stays as it is. */
  async endJob({ job: number, log, ...ended }: OperationParsed<"endJob">): Promise<void> {
    const job = this.#executor.job(number);
    if (job === undefined) return;
    if (log !== undefined && this.#study !== null) await keepAttemptLog(this.#study, job.job, log);
    job.end(ended);
  }

  /** As a first Ctrl-C does, `now` as a second. */
  end(now: boolean): void {
    if (now) this.#kill.abort();
    this.#stop.abort();
  }

  async #newsWithin(ms: number, signal: AbortSignal): Promise<void> {
    const over = Promise.withResolvers<void>();
    const timer = setTimeout(over.resolve, ms);
    signal.addEventListener("abort", () => over.resolve(), { once: true });
    await Promise.race([this.#news.promise, over.promise]);
    clearTimeout(timer);
  }

  /** A caller that is silent for long is gone. */
  #heard(): void {
    if (this.#silence !== null) clearTimeout(this.#silence);
    const { patienceMs } = this.#setup;
    if (patienceMs === null || this.#isOver) return;
    this.#silence = setTimeout(() => this.end(true), patienceMs);
    this.#silence.unref();
  }

  #sayJob(event: JobEvent): void {
    if (event.type !== "job") {
      this.#say(event);
      return;
    }
    const { trial, attempt, params, seed, until, fold = null } = event.of;
    const watched = schedulerAbilities(this.#study?.settings.scheduler.name ?? "none")?.watches !== false;
    this.#say({ type: "job", job: event.job, trial, attempt, params, seed, until, fold, watched });
  }

  #sayRun(event: RunEvent): void {
    if (event.type === "started") return;
    if (event.type === "awaiting") this.#say({ type: "awaiting", trials: [...event.trials] });
    else if (event.type !== "finished" && event.type !== "paused") this.#say(event);
    else {
      const { number: trial, state, values, message } = event.trial;
      this.#say({ type: event.type, trial, state, values, message, best: event.type === "finished" && event.best });
    }
  }

  #say(event: Told): void {
    this.#events.push(event);
    this.#news.resolve();
    this.#news = Promise.withResolvers();
  }
}
