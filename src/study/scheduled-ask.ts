import { AttuneError, StorageConflict } from "../errors.ts";
import { mayStart } from "../trial/budget.ts";
import type { ClaimedTrial } from "../trial/command.ts";
import type { Owner } from "../trial/owner.ts";
import type { NextTrial, Proposer } from "./proposer.ts";
import type { Scheduling } from "./scheduling.ts";
import type { StudyLog } from "./study-log.ts";

/** Asks for something to run as the study's scheduler decides: a paused trial to run on, or another one and how far. */
export class ScheduledAsk {
  readonly #log: StudyLog;
  readonly #proposer: Proposer;
  readonly #scheduling: Scheduling;
  readonly #limit: number | null;

  /** @param limit total of counted trials wanted, or null. */
  constructor(log: StudyLog, proposer: Proposer, scheduling: Scheduling, limit: number | null) {
    this.#log = log;
    this.#proposer = proposer;
    this.#scheduling = scheduling;
    this.#limit = limit;
  }

  /** @throws AttuneError `invalid-argument` for a scheduler that decides what cannot be done. */
  async next(owner: Owner): Promise<NextTrial> {
    const { promotes } = this.#scheduling;
    if (!promotes) return await this.#proposer.next({ owner, limit: this.#limit, until: null });
    for (;;) {
      const { revision } = this.#log;
      try {
        return (await this.#goOn(owner)) ?? (await this.#decide(owner));
      } catch (error) {
        // Another worker was first, or the settings are others: decide again on what was made of the study.
        if (!(error instanceof StorageConflict)) throw error;
        await this.#log.refresh();
        if (this.#log.revision === revision) throw this.#impossible(error);
      }
    }
  }

  /** When nothing runs and no more may begin: a paused trial that the scheduler wants run on yet, or null. */
  async last(owner: Owner): Promise<ClaimedTrial | null> {
    const decided = this.#scheduling.promotes ? this.#scheduling.last() : null;
    if (decided === null) return null;
    const { trial, until, record: decision } = decided;
    try {
      const resumed = await this.#log.execute({ type: "resume", trial, owner, until, limit: this.#limit, decision });
      return resumed.kind === "trial" ? resumed : null;
    } catch (error) {
      // Another process was first, and goes on with it.
      if (!(error instanceof StorageConflict)) throw error;
      return null;
    }
  }

  /** A trial whose attempt was lost or given back goes on to where it was to run, before anything is decided anew. */
  async #goOn(owner: Owner): Promise<ClaimedTrial | null> {
    const { state } = this.#log;
    const trial = state.nextWaiting();
    if (trial === null || this.#log.trial(trial).segments.length === 0 || !mayStart(state.budget, this.#limit))
      return null;
    return await this.#log.execute({ type: "start", trial, owner, until: null, limit: this.#limit });
  }

  async #decide(owner: Owner): Promise<NextTrial> {
    const decided = this.#scheduling.next();
    const limit = this.#limit;
    if (decided.action === "wait") return this.#wait();
    const { until, record: decision } = decided;
    if (decided.action === "start-new") return await this.#proposer.next({ owner, limit, until, decision });
    return await this.#log.execute({ type: "resume", trial: decided.trial, owner, until, limit, decision });
  }

  /** A trial that runs will bring the scheduler on; nothing else would. */
  #wait(): NextTrial {
    if (this.#log.state.running().length > 0) return { kind: "wait" };
    const message = `Scheduler ${this.#scheduling.name} waits, but no trial runs; it has to begin one, or run a paused one on.`;
    throw new AttuneError("invalid-argument", message);
  }

  #impossible(cause: StorageConflict): AttuneError {
    const message = `Scheduler ${this.#scheduling.name} decides what cannot be done: ${cause.message}`;
    return new AttuneError("invalid-argument", message, { cause });
  }
}
