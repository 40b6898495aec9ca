import { AttuneError, StorageConflict } from "../errors.ts";
import type { NextDecision } from "../scheduler/scheduler.ts";
import { mayStart } from "../trial/budget.ts";
import type { ChangeRequest } from "../trial/change-request.ts";
import type { ClaimedTrial, ResumeResult } from "../trial/command.ts";
import type { Purse } from "../trial/ledger.ts";
import type { Owner } from "../trial/owner.ts";
import type { Trial } from "../trial/trial.ts";
import type { Requested } from "./ask-options.ts";
import type { BudgetPurse } from "./budget-purse.ts";
import { FrozenElsewhere } from "./frozen-elsewhere.ts";
import type { FrozenTrials } from "./frozen-trials.ts";
import type { NextTrial, Proposer } from "./proposer.ts";
import type { Decided, Scheduling } from "./scheduling.ts";
import type { StudyLog } from "./study-log.ts";

type Branching = Extract<NextDecision, { readonly action: "branch" }>;
type Resumption = Extract<NextDecision, { readonly action: "resume" }>;

export interface ScheduledAskSetup {
  readonly log: StudyLog;
  readonly proposer: Proposer;
  readonly scheduling: Scheduling;
  /** The paused trials whose programs stand still here; null where none ever does. */
  readonly frozen: Pick<FrozenTrials, "has" | "wake"> | null;
  /** How many trials the budget has, or null. */
  readonly limit: number | null;
  /** What may be used up in all, or null. */
  readonly budget: BudgetPurse | null;
  /** Told of a paused trial that ended since another took its place. */
  readonly replaced?: (trial: Trial) => void;
}

/** `held`: the program of the trial that is due stands still in another process, which is left some time to go on with it. */
export type ScheduledNext = NextTrial | { readonly kind: "held" };

/**
 * Asks for something to run as the study's scheduler decides: a paused trial to run on, or another one and how far. A trial that this process
 * owns ends with it, and need not wait for the disk; whoever shows a token may be on another machine, and finds the trial again.
 */
export class ScheduledAsk {
  readonly #log: StudyLog;
  readonly #proposer: Proposer;
  readonly #scheduling: Scheduling;
  readonly #frozen: ScheduledAskSetup["frozen"];
  readonly #elsewhere: FrozenElsewhere;
  readonly #limit: number | null;
  readonly #budget: BudgetPurse | null;
  readonly #replaced: ScheduledAskSetup["replaced"];

  constructor({ log, proposer, scheduling, frozen, limit, budget, replaced }: ScheduledAskSetup) {
    this.#replaced = replaced;
    this.#log = log;
    this.#proposer = proposer;
    this.#scheduling = scheduling;
    this.#frozen = frozen;
    this.#elsewhere = new FrozenElsewhere(log);
    this.#limit = limit;
    this.#budget = budget;
  }

  /** @throws AttuneError `invalid-argument` for a scheduler that decides what cannot be done. */
  next(owner: Owner, request?: ChangeRequest): Promise<ScheduledNext> {
    if (request !== undefined && this.#log.state.answerTo(request) !== undefined) return this.#again(owner, request);
    const asked: Requested = request === undefined ? {} : { request };
    if (this.#scheduling.promotes) return this.#promoted(owner, asked);
    const plain = { owner, limit: this.#limit, until: null };
    const purse = this.#budget?.purse;
    const isPlain = purse === undefined && request === undefined;
    return this.#proposer.next(isPlain ? plain : { ...plain, ...(purse && { purse }), ...asked }, endsHere(owner));
  }

  /** What was answered before, by the storage, which sees to it that the disk has it. */
  async #again(owner: Owner, request: ChangeRequest): Promise<ScheduledNext> {
    const command = { type: "claim", owner, limit: this.#limit, until: null, candidate: null, request } as const;
    const claimed = await this.#log.execute(command);
    // Forgotten meanwhile, since many others were answered.
    return claimed.kind === "reserve" ? await this.next(owner, request) : claimed;
  }

  async #promoted(owner: Owner, asked: Requested): Promise<ScheduledNext> {
    for (;;) {
      const { revision } = this.#log;
      try {
        return (await this.#goOn(owner, asked)) ?? (await this.#decide(owner, asked));
      } catch (error) {
        // Another worker was first, or the settings are others: decide again on what was made of the study.
        if (!(error instanceof StorageConflict)) throw error;
        await this.#log.refresh();
        if (this.#log.revision === revision) throw this.#impossible(error);
      }
    }
  }

  /**
   * When no more may begin: a paused trial that the scheduler wants run on yet, `none` where it wants none, or null where that cannot be paid, or
   * another process is on its way with it.
   */
  async last(owner: Owner): Promise<ClaimedTrial | "none" | null> {
    const decided = this.#scheduling.promotes ? this.#scheduling.last() : null;
    if (decided === null) return "none";
    // What is due anyway is decided as such.
    const next = this.#scheduling.next();
    const due = next.action === "resume" && next.trial === decided.trial ? next : decided;
    try {
      const resumed = await this.#resume(due, owner, this.#all);
      return resumed.kind === "trial" ? resumed : null;
    } catch (error) {
      // Another process was first, and goes on with it.
      if (!(error instanceof StorageConflict)) throw error;
      return null;
    }
  }

  /**
   * A trial whose attempt was lost or given back goes on to where it was to run, before anything is decided anew; and a fresh run of a
   * configuration, which is compared with full runs, is one.
   */
  async #goOn(owner: Owner, asked: Requested): Promise<NextTrial | null> {
    const { state } = this.#log;
    const trial = state.nextWaiting();
    if (trial === null || !mayStart(state.budget, this.#limit)) return null;
    const { segments, replicate } = this.#log.trial(trial);
    if (segments.length === 0 && replicate === null) return null;
    const command = { type: "start", trial, owner, until: null, limit: this.#limit } as const;
    return await this.#log.execute({ ...command, ...this.#all, ...asked });
  }

  async #decide(owner: Owner, asked: Requested): Promise<ScheduledNext> {
    const limit = this.#limit;
    this.#requireEnough(limit);
    const decided = this.#scheduling.next();
    if (decided.action === "wait") return this.#wait();
    const { until, record: decision } = decided;
    if (decided.action === "branch") return await this.#branch(decided, owner, asked);
    if (decided.action === "start-new")
      return await this.#proposer.next({ owner, limit, until, decision, ...this.#held, ...asked }, endsHere(owner));
    return await this.#resume(decided, owner, { ...this.#held, ...asked });
  }

  /** A new trial in the place of a paused one, which has ended with that. */
  async #branch(decided: Decided<Branching>, owner: Owner, asked: Requested): Promise<ResumeResult> {
    const { of, replaces, params, until, record: decision } = decided;
    const command = { type: "branch", owner, of, replaces, params, until, decision, limit: this.#limit } as const;
    const begun = await this.#log.execute({ ...command, ...this.#held, ...asked });
    if (begun.kind === "trial" && replaces !== null) this.#replaced?.(this.#log.trial(replaces));
    return begun;
  }

  #requireEnough(limit: number | null): void {
    const { least, name } = this.#scheduling;
    if (limit === null || least === null || limit >= least) return;
    const message = `Scheduler ${name} has a population of ${least}, and ${limit} trials are wanted in all; give as many at least, or a smaller population.`;
    throw new AttuneError("invalid-argument", message);
  }

  /** With the program that stands still here, if there is one; one that does elsewhere is waited for, or given up first. */
  async #resume(
    decided: Decided<Resumption>,
    owner: Owner,
    held: { readonly purse?: Purse } & Requested,
  ): Promise<ResumeResult | { readonly kind: "held" }> {
    const { trial, until, record: decision } = decided;
    const resume = { type: "resume", trial, owner, until, limit: this.#limit, decision, ...held } as const;
    const keeper = this.#log.state.frozenBy(trial);
    if (keeper !== null && this.#frozen?.has(trial) === true)
      return await this.#frozen.wake(trial, async (woken) => await this.#log.execute({ ...resume, woken }));
    if (keeper !== null && !(await this.#elsewhere.takeOver(trial, keeper))) return { kind: "held" };
    return await this.#log.execute(resume);
  }

  get #all(): { readonly purse?: Purse } {
    return this.#budget === null ? {} : { purse: this.#budget.all };
  }

  get #held(): { readonly purse?: Purse } {
    return this.#budget === null ? {} : { purse: this.#budget.purse };
  }

  /** A trial that runs, or news on its way, will bring the scheduler on; nothing else would. */
  #wait(): NextTrial {
    if (this.#log.isBehind || this.#log.state.running().length > 0) return { kind: "wait" };
    const message = `Scheduler ${this.#scheduling.name} waits, but no trial runs; it has to begin one, or run a paused one on.`;
    throw new AttuneError("invalid-argument", message);
  }

  #impossible(cause: StorageConflict): AttuneError {
    const message = `Scheduler ${this.#scheduling.name} decides what cannot be done: ${cause.message}`;
    return new AttuneError("invalid-argument", message, { cause });
  }
}

/** Whether what it owns is over when this machine is. */
function endsHere({ kind }: Owner): boolean {
  return kind === "leased";
}
