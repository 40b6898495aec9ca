import type { Executor } from "../executor/executor.ts";
import { mayStart } from "../trial/budget.ts";
import type { ClaimedTrial } from "../trial/command.ts";
import type { Owner } from "../trial/owner.ts";
import type { Trial } from "../trial/trial.ts";
import { isAsked } from "./asked-trials.ts";
import { BestWatch } from "./best-watch.ts";
import { Breather } from "./breather.ts";
import { BudgetPurse } from "./budget-purse.ts";
import { CheckpointSpace } from "./checkpoint-space.ts";
import { FrozenTrials } from "./frozen-trials.ts";
import { GoalWatch } from "./goal-watch.ts";
import { Grace } from "./grace.ts";
import { keepLeases } from "./keep-leases.ts";
import { leasedOwner } from "./new-owner.ts";
import { parseBudget } from "./parse-budget.ts";
import type { Proposer } from "./proposer.ts";
import { reclaimLostTrials } from "./reclaim.ts";
import { RequestWatch } from "./request-watch.ts";
import { type CommittedEnd, JobRunner, type RunningJob } from "./run-job.ts";
import type { RunEnd, RunOptions, RunSummary } from "./run-options.ts";
import { SameFailureWatch } from "./same-failure.ts";
import { ScheduledAsk } from "./scheduled-ask.ts";
import { Scheduling } from "./scheduling.ts";
import { SearchNews } from "./search-news.ts";
import { StartTurns } from "./start-turns.ts";
import type { StudyLog } from "./study-log.ts";
import { TuningClock } from "./tuning-clock.ts";
import { WaitWords } from "./wait-words.ts";
import { WorkerPool } from "./worker-pool.ts";

/** How often the worker that waits looks for owners that are gone, which nobody tells. */
const RECLAIM_MS = 2000;

/** Ends of a run with which what was claimed still runs. */
const SPENT: readonly RunEnd[] = ["trials", "budget", "exhausted"];

interface Found {
  readonly claimed: ClaimedTrial;
  readonly owner: Owner;
}

/** One run: up to N workers that ask, run and tell until the budget is used up or somebody stops them. */
export class Run {
  readonly #log: StudyLog;
  readonly #proposer: Proposer;
  readonly #options: RunOptions;
  readonly #runner: JobRunner;
  readonly #scheduling: Scheduling;
  readonly #scheduled: ScheduledAsk;
  readonly #frozen: FrozenTrials;
  readonly #clock: TuningClock;
  readonly #grace: Grace;
  readonly #failures = new SameFailureWatch();
  readonly #budget: BudgetPurse | null;
  readonly #best: BestWatch;
  readonly #goals: GoalWatch;
  readonly #news: SearchNews;
  readonly #breather = new Breather();
  readonly #starts = new StartTurns();
  /** Null where the executor keeps no checkpoints. */
  readonly #space: CheckpointSpace | null;
  readonly #requests: RequestWatch;
  readonly #jobs = new Set<RunningJob>();
  readonly #commits = new Set<Promise<void>>();
  /** Trials of which was said that they are waited for. */
  readonly #awaited = new Set<number>();
  readonly #waitWords = new WaitWords();
  #end: { readonly reason: RunEnd; readonly message: string | null } | null = null;
  #error: { readonly cause: unknown } | null = null;
  #wake = Promise.withResolvers<void>();
  #reclaimedAt = Number.NEGATIVE_INFINITY;
  #ran = 0;
  /** Workers that ask for a trial at this moment. */
  #asking = 0;
  /** True while a worker waits for news on behalf of all that found nothing. */
  #waiting = false;

  constructor(log: StudyLog, proposer: Proposer, executor: Executor, options: RunOptions) {
    this.#log = log;
    this.#proposer = proposer;
    this.#options = options;
    const fail = (error: unknown): void => this.#fail(error);
    const scheduling = new Scheduling(log, options.unscheduled);
    this.#scheduling = scheduling;
    const graceMs = options.grace * 1000;
    const memory = options.freezeMemory ?? null;
    const frozen = new FrozenTrials(log, executor, { memory, graceMs }, fail);
    this.#frozen = frozen;
    const given = options.budget === null ? null : parseBudget(options.budget);
    this.#budget = given === null || given.unit === "seconds" ? null : new BudgetPurse(log, given, scheduling.promotes);
    const budget = this.#budget;
    const notice = (text: string): void => options.onEvent?.({ type: "notice", text });
    const replaced = ({ message, successor }: Trial): void => notice(`trial ${successor} ${message}`);
    this.#scheduled = new ScheduledAsk({ log, proposer, scheduling, frozen, limit: options.trials, budget, replaced });
    const { checkpoints: disk } = executor;
    const limit = options.checkpointSpace ?? null;
    this.#space = disk === undefined ? null : new CheckpointSpace({ log, disk, limit, notice });
    const freeze = memory === 0 ? "never" : (options.freeze ?? "auto");
    // What ends the run is looked at with each trial's end.
    const soon = options.target === null && options.patience === null;
    this.#runner = new JobRunner({ log, executor, scheduling, frozen, graceMs, freeze, notice, soon });
    this.#best = new BestWatch(log);
    this.#goals = new GoalWatch(log, options, scheduling);
    this.#news = new SearchNews(log);
    this.#grace = new Grace(graceMs, this.#jobs);
    const times = [options.timeout, given?.unit === "seconds" ? given.amount : null].filter((time) => time !== null);
    this.#clock = new TuningClock(log, Math.min(...times) * 1000, () => this.#stop("timeout"), fail);
    this.#requests = new RequestWatch(log, {
      stop: () => this.#stop("stopped"),
      paused: (paused) => this.#setPaused(paused),
      look: () => {
        for (const job of this.#jobs) job.look?.();
      },
      fail,
    });
  }

  async execute(): Promise<RunSummary> {
    const { stop, kill, workers } = this.#options;
    const onStop = (): void => this.#stop("stopped");
    const onKill = (): void => {
      this.#stop("killed");
      this.#grace.now();
      this.#frozen.kill();
    };
    stop?.addEventListener("abort", onStop);
    kill?.addEventListener("abort", onKill);
    const stopRenewing = keepLeases(
      this.#log,
      () => [...this.#jobs].map((job) => job.token),
      (error) => this.#fail(error),
    );
    try {
      await this.#begin();
      this.#requests.start();
      if (kill?.aborted) onKill();
      else if (stop?.aborted) onStop();
      await this.#pool(workers).run();
      await Promise.all(this.#commits);
    } finally {
      await this.#frozen.close(this.#grace.killing).catch((error: unknown) => this.#fail(error));
      this.#requests.close();
      stopRenewing();
      this.#grace.clear();
      stop?.removeEventListener("abort", onStop);
      kill?.removeEventListener("abort", onKill);
      await this.#clock.stop();
    }
    if (this.#error !== null) throw this.#error.cause;
    const { reason, message } = this.#end ?? { reason: "trials" as const, message: null };
    const { trialsSpent, paused } = this.#log.state.budget;
    return { reason, message, trialsSpent, paused, fullRuns: this.#log.state.fullRuns, ran: this.#ran };
  }

  async #begin(): Promise<void> {
    await this.#log.refresh();
    await this.#reclaim();
    await this.#clock.start();
    await this.#space?.fit();
    const { trialsSpent, waiting } = this.#log.state.budget;
    if (trialsSpent + waiting === 0) return;
    this.#options.onEvent?.({ type: "resumed", trialsSpent, waiting, limit: this.#options.trials });
    this.#tellNews();
  }

  /** No new trials from now on; running ones get the grace. */
  #stop(reason: RunEnd, message: string | null = null): void {
    if (this.#end === null) {
      this.#end = { reason, message };
      this.#options.onEvent?.({ type: "stopping", reason });
    } else if (reason === "killed") this.#end = { reason, message };
    this.#grace.start();
    this.#wakeUp();
  }

  #fail(error: unknown): void {
    this.#error ??= { cause: error };
    this.#stop("stopped");
    this.#grace.now();
  }

  #setPaused(paused: boolean): void {
    const text = paused
      ? "The study is paused by a person: no new trial begins until it is continued."
      : "The study is continued.";
    this.#options.onEvent?.({ type: "notice", text });
    this.#wakeUp();
  }

  #wakeUp(): void {
    this.#wake.resolve();
    this.#wake = Promise.withResolvers<void>();
  }

  #pool(workers: number): WorkerPool<Found> {
    return new WorkerPool(workers, {
      seek: async (worker) => {
        const owner = leasedOwner(String(worker));
        const claimed = await this.#next(owner);
        return claimed === null ? null : { claimed, owner };
      },
      work: ({ claimed, owner }, worker) => this.#runTrial(claimed, owner, worker),
      fail: (error) => this.#fail(error),
    });
  }

  /** The next trial for this worker; null when the run is over, or while another worker waits for one. */
  async #next(owner: Owner): Promise<ClaimedTrial | null> {
    await this.#breather.due();
    while (await this.#mayAsk()) {
      const wake = this.#wake.promise;
      const { revision } = this.#log;
      if (this.#requests.paused) {
        if (this.#waiting) return null;
        await this.#pause(wake, revision);
        continue;
      }
      const kept = this.#budget?.keeps === true;
      this.#asking += 1;
      const next = await this.#scheduled.next(owner).finally(() => {
        this.#asking -= 1;
      });
      if (next.kind === "trial") {
        if (!this.#stopping) return next;
        await this.#giveBack(next, owner);
        return null;
      }
      // What was decided before another worker paused its trial says nothing of that one.
      const newest = this.#log.revision === revision && !this.#log.isBehind;
      if (next.kind === "held") await this.#pause(wake, revision);
      else if (next.kind === "wait" && next.spent === true && kept && newest && this.#budget?.hasWhole === true) {
        // Nobody waits for those that still run before the kept run begins: on many workers that is long.
        const last = await this.#last(owner);
        if (last === "none") this.#budget.release();
        else if (last !== null) return last;
        else if (this.#waiting) return null;
        else await this.#pause(wake, revision);
      } else if (next.kind === "done" && next.spent === true) {
        const last = await this.#last(owner);
        if (last !== null && last !== "none") return last;
        // What was kept for a winner that needs it no more goes to others; who asked while it was kept asks again.
        if (!kept) this.#finish("budget");
        this.#budget?.release();
      } else if (next.kind === "done") this.#finish("trials");
      else if (newest && this.#onlyPausedLeft(next.kind)) {
        const last = await this.#last(owner);
        if (last !== null && last !== "none") return last;
        this.#finish("trials");
      } else if (next.kind === "exhausted" && this.#log.state.budget.running === 0) this.#finish("exhausted");
      else if (this.#waiting) return null;
      else await this.#pause(wake, revision);
    }
    return null;
  }

  /** Nobody else asks meanwhile: they would find nothing under way, and end the run. */
  async #last(owner: Owner): Promise<ClaimedTrial | "none" | null> {
    this.#asking += 1;
    return await this.#scheduled.last(owner).finally(() => {
      this.#asking -= 1;
    });
  }

  /** False when no trial may begin any more. */
  async #mayAsk(): Promise<boolean> {
    if (this.#end === null) this.#checkGoals();
    if (this.#end === null) this.#budget?.requireSteps();
    if (this.#end !== null || this.#options.mayStart === undefined) return this.#end === null;
    const message = await this.#options.mayStart();
    if (message !== null) {
      this.#end ??= { reason: "refused", message };
      this.#wakeUp();
    }
    return this.#end === null;
  }

  #checkGoals(): void {
    const reached = this.#goals.check();
    if (reached !== null) this.#stop(reached.reason, reached.message);
  }

  #tellNews(): void {
    if (this.#end !== null) return;
    for (const text of this.#news.check()) this.#options.onEvent?.({ type: "notice", text });
  }

  /** True when trials must not begin any more; a run that is merely done still runs what it has claimed. */
  get #stopping(): boolean {
    return this.#end !== null && !SPENT.includes(this.#end.reason);
  }

  /** The budget is full of trials paused at a rung and the scheduler promotes none: they stay for a larger budget. */
  #onlyPausedLeft(kind: "wait" | "exhausted"): boolean {
    const { state } = this.#log;
    // One that is marked invalid weighs nothing, and a scheduler may wait for it all the same.
    const running = state.running().length + this.#jobs.size;
    // What waits for a larger budget too keeps nobody.
    const waiting = mayStart(state.budget, this.#options.trials) ? state.budget.waiting : 0;
    const busy = running + waiting + state.budget.reserved > 0 || this.#asking > 0;
    return kind === "wait" && !busy;
  }

  #finish(reason: RunEnd): void {
    this.#end ??= { reason, message: null };
    this.#wakeUp();
  }

  /** Asked to stop while the claim was under way: the trial goes back unharmed. */
  async #giveBack(claimed: ClaimedTrial, owner: Owner): Promise<void> {
    const message = "The run was stopped before the trial began.";
    const end = { outcome: "preempted", message, exitCode: null, signal: null, checkpoint: null } as const;
    await this.#log.execute({ type: "return", trial: claimed.trial, token: owner.token, evidence: "self", end });
  }

  async #pause(wake: Promise<void>, revision: number): Promise<void> {
    this.#waiting = true;
    await this.#log.news(revision, RECLAIM_MS, wake);
    this.#waiting = false;
    await this.#reclaim();
    this.#tellAwaited();
  }

  /** Whoever has a trial that was asked for may be gone, and a process may stand still: the run says what it waits for. */
  #tellAwaited(): void {
    const { state } = this.#log;
    const idle = this.#jobs.size === 0 && this.#commits.size === 0;
    const words = this.#waitWords.look(this.#log, idle, performance.now());
    if (words !== null) this.#options.onEvent?.({ type: "notice", text: words });
    if (!idle) return;
    const trials = state.running().filter((number) => !this.#awaited.has(number) && isAsked(this.#log.trial(number)));
    if (trials.length === 0) return;
    for (const number of trials) this.#awaited.add(number);
    this.#options.onEvent?.({ type: "awaiting", trials });
  }

  async #reclaim(): Promise<void> {
    const now = performance.now();
    if (now - this.#reclaimedAt < RECLAIM_MS) return;
    this.#reclaimedAt = now;
    const { trials, ended } = await reclaimLostTrials(this.#log);
    for (const trial of trials) this.#options.onEvent?.({ type: "returned", trial, outcome: "lost" });
    if (ended > 0) this.#options.onEvent?.({ type: "notice", text: leftRunning(ended) });
  }

  async #runTrial(claimed: ClaimedTrial, owner: Owner, worker: number): Promise<void> {
    const control = { stop: new AbortController(), kill: new AbortController(), freeze: new AbortController() };
    const job: RunningJob = { claimed, token: owner.token, control };
    this.#jobs.add(job);
    if (this.#grace.killing) this.#grace.now();
    this.#options.onEvent?.({ type: "started", trial: claimed.trial, worker });
    try {
      const { committed } = await this.#starts.run(() => this.#runner.run(job));
      const told = this.#tell(claimed.trial, committed);
      this.#commits.add(told);
      void told.then(() => this.#commits.delete(told));
      // The worker goes on to its next trial while the end is being written: both go in one transaction. Where something is decided by
      // what is known here, as soon as the end is.
      if (this.#mayAskBehind(job)) return;
      if (this.#proposer.needsView && (await committed.catch(() => null))?.kept == null) await told;
    } finally {
      this.#jobs.delete(job);
    }
  }

  /** Whether the next trial depends on the end of this one only by what the storage makes of it, which gets both in their order. */
  #mayAskBehind({ isEndSent }: RunningJob): boolean {
    return isEndSent === true && this.#budget === null && !this.#scheduling.promotes;
  }

  /** Tells of a trial's end once it is kept for good. */
  async #tell(number: number, committed: Promise<CommittedEnd>): Promise<void> {
    try {
      const { end, kept } = await committed;
      // While no later one is seen.
      const isBest = end === "finished" && this.#best.add(this.#log.trial(number));
      await kept;
      this.#ended(number, end, isBest);
      await this.#space?.fit();
    } catch (error) {
      this.#fail(error);
    }
  }

  #ended(number: number, end: CommittedEnd["end"], best: boolean): void {
    const trial = this.#log.trial(number);
    if (end === "fenced") {
      const text = `Trial ${number} was taken over by another process while it ran here; this attempt does not count.`;
      this.#options.onEvent?.({ type: "notice", text });
    }
    if (end === "paused") this.#options.onEvent?.({ type: "paused", trial });
    if (end === "returned") {
      // The trial itself has no outcome while it waits for its next attempt.
      const attempt = trial.segments.flatMap(({ attempts }) => attempts).findLast(({ endedAt }) => endedAt !== null);
      const outcome = attempt?.outcome === "lost" ? "lost" : "preempted";
      this.#options.onEvent?.({ type: "returned", trial: number, outcome });
    }
    if (end !== "finished") return;
    this.#ran += 1;
    this.#options.onEvent?.({ type: "finished", trial, best });
    if (this.#end === null) this.#checkGoals();
    this.#tellNews();
    if (this.#options.keepGoing) return;
    const message = this.#failures.add(trial);
    if (message !== null) {
      this.#stop("same-failure", message);
      this.#grace.now();
    }
  }
}

function leftRunning(ended: number): string {
  const [what, was, their] = ended === 1 ? ["one process", "was", "its"] : [`${ended} processes`, "were", "their"];
  return `${what} of a tuner that was killed still ran and ${was} ended, before ${their} trials are tried again.`;
}
