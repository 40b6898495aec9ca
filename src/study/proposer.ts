import { StorageConflict } from "../errors.ts";
import { createSampler } from "../sampler/registry.ts";
import type { Sampler } from "../sampler/sampler.ts";
import type { ClaimedTrial, ClaimResult, ProposedTrial, ReserveResult } from "../trial/command.ts";
import type { Owner } from "../trial/owner.ts";
import { evidenceOfDeath } from "./liveness.ts";
import { leasedOwner } from "./new-owner.ts";
import type { StudyLog } from "./study-log.ts";
import { suggestTrials } from "./suggest.ts";

/** What a worker gets: a trial; `wait` until something changes; `done` at the limit; `exhausted` when the sampler has no more. */
export type NextTrial = ClaimedTrial | { readonly kind: "wait" | "done" | "exhausted" };

export interface ClaimOptions {
  readonly owner: Owner;
  /** Total of counted trials wanted, or null. */
  readonly limit: number | null;
  /** Step the first segment of a new trial runs up to, or null. */
  readonly until: number | null;
}

const RESERVE = { kind: "reserve" } as const;

/** Gets trials to run: the waiting ones first, else new ones from the sampler in the three steps reserve, compute, commit. */
export class Proposer {
  readonly #log: StudyLog;
  #sampler: { readonly version: string; readonly sampler: Sampler } | null = null;
  #turn: Promise<unknown> = Promise.resolve();
  #waiting = 0;
  /** Candidates on their way to the storage, which takes them in order: each has the number after the one before. */
  #underWay = 0;

  constructor(log: StudyLog) {
    this.#log = log;
  }

  /** The study's sampler as of the newest known settings and space. */
  get sampler(): Sampler {
    const { settingsVersion, spaceVersion, settings } = this.#log.state;
    const version = `${settingsVersion}.${spaceVersion}`;
    if (this.#sampler?.version !== version) {
      const sampler = createSampler(settings.sampler, this.#log.space, { spaceVersion, settingsVersion });
      this.#sampler = { version, sampler };
    }
    return this.#sampler.sampler;
  }

  async next(options: ClaimOptions): Promise<NextTrial> {
    if (!this.sampler.needsView) return await this.#claim(options);
    // One proposal at a time within the process: the others' turns would only answer that it is busy.
    this.#waiting += 1;
    const turn = this.#turn.then(() => {
      this.#waiting -= 1;
      return this.#claim(options);
    });
    this.#turn = turn.catch(() => undefined);
    return await turn;
  }

  async #claim(options: ClaimOptions): Promise<NextTrial> {
    for (let attempt = 0; ; attempt += 1) {
      const candidate = attempt < 3 ? this.#candidate() : null;
      const claimed = await this.#claimWith(options, candidate);
      if (claimed.kind !== "reserve") return claimed;
      // The candidate's number went to somebody else meanwhile: the answer brought the news, so compute again.
      if (candidate !== null && candidate.number !== this.#log.state.nextNumber) continue;
      const proposed = await this.#propose(options);
      if (proposed.kind !== "reserve") return proposed;
    }
  }

  async #claimWith(options: ClaimOptions, candidate: ProposedTrial | null): Promise<ClaimResult> {
    if (candidate === null) return await this.#log.execute({ type: "claim", ...options, candidate });
    this.#underWay += 1;
    try {
      return await this.#log.execute({ type: "claim", ...options, candidate });
    } finally {
      this.#underWay -= 1;
    }
  }

  /** A suggestion made ahead of its number's reservation, for samplers that do not look at the history. */
  #candidate(): ProposedTrial | null {
    const { state, space } = this.#log;
    const sampler = this.sampler;
    if (sampler.needsView || state.nextWaiting() !== null) return null;
    const ahead = this.#underWay;
    const place = { number: state.nextNumber + ahead, index: state.proposalIndex + ahead, view: state.revision };
    return suggestTrials(sampler, this.#log.emptyView, state, space, place, 1, {})[0] ?? null;
  }

  async #propose(options: ClaimOptions): Promise<NextTrial | typeof RESERVE> {
    const proposer = leasedOwner("proposer");
    const reserved = await this.#reserve(proposer, options.limit);
    if (reserved.kind === "waiting-trial") return RESERVE;
    if (reserved.kind === "busy") return { kind: "wait" };
    if (reserved.kind !== "reserved") return reserved;
    try {
      return await this.#commit(proposer, reserved, options);
    } catch (error) {
      if (error instanceof StorageConflict) return RESERVE;
      await this.#release(proposer);
      throw error;
    }
  }

  async #reserve(proposer: Owner, limit: number | null): Promise<ReserveResult> {
    const command = { type: "reserve", proposer, count: 1 + this.#waiting, limit } as const;
    const answer: ReserveResult = await this.#log.execute({ ...command, evidence: null });
    if (answer.kind !== "busy") return answer;
    const evidence = await evidenceOfDeath(this.#log.storage, this.#log.id, answer.holder);
    if (evidence === null) return answer;
    return await this.#log.execute({ ...command, evidence, holder: answer.holder.token });
  }

  async #commit(
    proposer: Owner,
    reserved: Extract<ReserveResult, { kind: "reserved" }>,
    options: ClaimOptions,
  ): Promise<NextTrial | typeof RESERVE> {
    const { state, space } = this.#log;
    const { first, index, view, count } = reserved;
    const history = this.#log.history.view(view);
    const place = { number: first, index, view };
    const inputs: Record<string, number> =
      options.limit === null ? {} : { remaining: options.limit - state.budget.counted };
    const trials = suggestTrials(this.sampler, history, state, space, place, count, inputs);
    if (trials.length === 0) {
      await this.#release(proposer);
      return { kind: "exhausted" };
    }
    const { owner, until } = options;
    const committed = await this.#log.execute({ type: "commit", token: proposer.token, trials, owner, until });
    return committed.started ?? RESERVE;
  }

  async #release(proposer: Owner): Promise<void> {
    try {
      await this.#log.execute({ type: "release", token: proposer.token });
    } catch (error) {
      // Somebody took the reservation over: nothing left to release.
      if (!(error instanceof StorageConflict)) throw error;
    }
  }
}
