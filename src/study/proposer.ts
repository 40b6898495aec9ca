import { StorageConflict } from "../errors.ts";
import { loopTurn } from "../executor/loop-turn.ts";
import type { ChangeRequest } from "../trial/change-request.ts";
import type {
  ClaimedTrial,
  ClaimResult,
  CommandResult,
  ProposedTrial,
  ReserveResult,
  StudyCommand,
} from "../trial/command.ts";
import type { Purse } from "../trial/ledger.ts";
import type { Owner } from "../trial/owner.ts";
import type { DecisionRecord } from "../trial/trial.ts";
import { JointSuggester } from "./joint-suggester.ts";
import { keepLeases } from "./keep-leases.ts";
import { evidenceOfDeath } from "./liveness.ts";
import { leasedOwner } from "./new-owner.ts";
import { createOutsideSampler } from "./outside-sampler/outside-sampler.ts";
import type { SuggestingProgram } from "./outside-sampler/suggesting-program.ts";
import { startSuggestionWorker } from "./start-suggestion-worker.ts";
import type { StudyLog } from "./study-log.ts";
import type { SuggestionPlace } from "./suggest.ts";
import { suggestionInputs } from "./suggestion-inputs.ts";
import type { SuggestionWorker } from "./suggestion-worker.ts";

/** What a worker gets: a trial; `wait` until something changes; `done` at the limit, `spent` where it is that of the purse; `exhausted` when the sampler has no more. */
export type NextTrial =
  | ClaimedTrial
  | { readonly kind: "exhausted" }
  | { readonly kind: "wait" | "done"; readonly spent?: true };

export interface ClaimOptions {
  readonly owner: Owner;
  /** How many trials the budget has, or null. */
  readonly limit: number | null;
  /** Step the first segment of a new trial runs up to, or null. */
  readonly until: number | null;
  /** What `until` was decided by; left out where no scheduler decides it. */
  readonly decision?: DecisionRecord;
  /** What may be used up in all; left out for no limit. */
  readonly purse?: Purse;
  /** What asks for it; the trial of one that was answered before is handed out again. */
  readonly request?: ChangeRequest;
}

interface CandidateChain {
  /** Number after that of the newest. */
  next: number;
}

/** What is asked for, and whether its steps may be answered before the disk has them: nobody is told of them yet. */
interface Asking extends ClaimOptions {
  readonly soon: boolean;
}

/** Who waits for a turn. */
interface Asker {
  readonly options: Asking;
  /** Whether it may be handed a trial that waits. */
  readonly sideBySide: boolean;
  readonly resolve: (answer: Answer) => void;
  readonly reject: (error: unknown) => void;
}

const RESERVE = { kind: "reserve" } as const;

type Answer = NextTrial | typeof RESERVE;

/** So many trials before it is waited for a heavy sampler's thread is started: it takes a while to load. */
const THREAD_AHEAD = 4;

/** Gets trials to run: the waiting ones first, else new ones from the sampler in the three steps reserve, compute, commit. */
export class Proposer {
  readonly #log: StudyLog;
  readonly #suggester: JointSuggester;
  readonly #outside: SuggestingProgram;
  #worker: SuggestionWorker | null = null;
  /** True once no thread is to be started any more. */
  #threadless = false;
  /** Those whose turn has not come. */
  readonly #askers: Asker[] = [];
  #isServing = false;
  /** Claims of waiting trials that are under way beside each other. */
  #claiming = 0;
  /** Trials of a commit that is on its way, which will wait once it is carried out. */
  #coming = 0;
  /** Candidates on their way to the storage, which takes them in order: each has the number after the one before. */
  #chain: CandidateChain = { next: 0 };
  /** What the study had come to when the sampler had no more, or null. */
  #exhaustedAt: number | null = null;

  constructor(log: StudyLog) {
    this.#log = log;
    this.#suggester = new JointSuggester(log);
    this.#outside = createOutsideSampler(log);
  }

  /** True when the study's sampler, as of the newest settings and space, looks at the history. */
  get needsView(): boolean {
    return this.#suggester.needsView;
  }

  /** `soon`: for who tells nobody of the trial before its end is in the log. */
  next(options: ClaimOptions, soon = false): Promise<NextTrial> {
    const asking: Asking = { ...options, soon };
    return this.needsView ? this.#nextInTurn(asking) : this.#claim(asking);
  }

  #execute<C extends StudyCommand>(command: C, soon: boolean): Promise<CommandResult<C>> {
    return soon ? this.#log.resultSoon(command) : this.#log.execute(command);
  }

  async #nextInTurn(options: Asking): Promise<NextTrial> {
    let answer = await this.#inTurn(options, true);
    while (answer.kind === "reserve") answer = await this.#inTurn(options, false);
    return answer;
  }

  /**
   * One proposal at a time within the process: the others' turns would only answer that it is busy. With `sideBySide` no turn is waited
   * for where trials wait already, or are on their way; somebody else may have had them (`reserve`).
   */
  #inTurn(options: Asking, sideBySide: boolean): Promise<Answer> {
    const { promise, resolve, reject } = Promise.withResolvers<Answer>();
    this.#askers.push({ options, sideBySide, resolve, reject });
    if (!this.#isServing) void this.#serve();
    return promise;
  }

  async #serve(): Promise<void> {
    this.#isServing = true;
    for (;;) {
      this.#handOut();
      const asker = this.#askers.shift();
      if (asker === undefined) break;
      await this.#claim(asker.options).then(asker.resolve, asker.reject);
    }
    this.#isServing = false;
  }

  /** Lets claims follow to the storage for as many trials as wait, or are on their way there. */
  #handOut(): void {
    for (const asker of this.#askers.filter(({ sideBySide }) => sideBySide)) {
      if (!this.#isOneLeft) return;
      this.#askers.splice(this.#askers.indexOf(asker), 1);
      this.#claimWaiting(asker.options).then(asker.resolve, asker.reject);
    }
  }

  /** True while more trials wait, or are on their way, than claims of them are under way. */
  get #isOneLeft(): boolean {
    const { waiting } = this.#log.state.budget;
    return waiting + this.#coming > this.#claiming;
  }

  async #claimWaiting(options: Asking): Promise<ClaimResult> {
    this.#claiming += 1;
    try {
      return await this.#claimWith(options, null);
    } finally {
      this.#claiming -= 1;
    }
  }

  async #claim(options: Asking): Promise<NextTrial> {
    for (let attempt = 0; ; attempt += 1) {
      if (attempt === 0 && this.#isNoneToClaim(options)) {
        const proposed = await this.#propose(options);
        if (proposed.kind !== "reserve") return proposed;
      }
      const candidate = attempt < 3 ? this.#candidate() : null;
      const claimed = await this.#claimWith(options, candidate);
      if (claimed.kind !== "reserve") return claimed;
      // The candidate's number went to somebody else meanwhile: the answer brought the news, so compute again.
      if (candidate !== null && !this.#isNext(candidate)) continue;
      const proposed = await this.#propose(options);
      if (proposed.kind !== "reserve") return proposed;
    }
  }

  /** Whether a claim would come to nothing, and a reservation to the same answer: without a purse, in which it would reckon a trial's steps, or a request, which it may know. */
  #isNoneToClaim({ purse, request }: Asking): boolean {
    return this.needsView && purse === undefined && request === undefined && !this.#isOneLeft;
  }

  /** Whether it would be the next proposal yet. */
  #isNext({ number, suggestion }: ProposedTrial): boolean {
    const { nextNumber, proposalIndex } = this.#log.state;
    return number === nextNumber && suggestion?.index === proposalIndex;
  }

  async #claimWith(asking: Asking, candidate: ProposedTrial | null): Promise<ClaimResult> {
    const { soon, owner, limit, until, decision, purse, request } = asking;
    const plain = { type: "claim", owner, limit, until, candidate, decision, purse } as const;
    const command = request === undefined ? plain : { ...plain, request };
    if (candidate === null) return await this.#execute(command, soon);
    const chain = this.#chain;
    chain.next = candidate.number + 1;
    let isTaken = false;
    try {
      const claimed = await this.#execute(command, soon);
      isTaken = claimed.kind === "trial" && claimed.trial === candidate.number;
      return claimed;
    } finally {
      // The numbers of those behind it do not follow any more: the next one begins anew.
      if (!isTaken && chain === this.#chain) this.#chain = { next: 0 };
    }
  }

  /** A suggestion made ahead of its number's reservation, for samplers that do not look at the history. */
  #candidate(): ProposedTrial | null {
    const { state } = this.#log;
    if (this.needsView || state.nextWaiting() !== null) return null;
    const ahead = Math.max(0, this.#chain.next - state.nextNumber);
    const place = { number: state.nextNumber + ahead, index: state.proposalIndex + ahead, view: this.#log.revision };
    return this.#suggester.suggest(place, 1, {})[0] ?? null;
  }

  async #propose(options: Asking): Promise<NextTrial | typeof RESERVE> {
    // Workers without a trial ask at every event: each reservation would be one to all others.
    if (this.#exhaustedAt === this.#log.movedAt) return { kind: "exhausted" };
    const proposer = leasedOwner("proposer");
    const reserved = await this.#reserve(proposer, options);
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

  async #reserve(proposer: Owner, { limit, purse, soon }: Asking): Promise<ReserveResult> {
    // Workers whose trials ended together are still on their way here: one turn of the loop gathers them.
    await loopTurn();
    const count = 1 + this.#askers.length;
    const command = { type: "reserve", proposer, count, limit, ...(purse && { purse }) } as const;
    const answer: ReserveResult = await this.#execute({ ...command, evidence: null }, soon);
    if (answer.kind !== "busy") return answer;
    const evidence = await evidenceOfDeath(this.#log.storage, this.#log.id, answer.holder, "suggestion");
    if (evidence === null) return answer;
    return await this.#log.execute({ ...command, evidence, holder: answer.holder.token });
  }

  async #commit(
    proposer: Owner,
    reserved: Extract<ReserveResult, { kind: "reserved" }>,
    options: Asking,
  ): Promise<NextTrial | typeof RESERVE> {
    const { state } = this.#log;
    const { first, index, view, count } = reserved;
    const { movedAt } = this.#log;
    const place = { number: first, index, view };
    const inputs = suggestionInputs(state, options.limit, this.#suggester.goesByPreference);
    const trials = await this.#holding(proposer, () => this.#suggest(place, count, inputs));
    if (trials.length === 0) {
      await this.#release(proposer);
      this.#exhaustedAt = movedAt;
      return { kind: "exhausted" };
    }
    const { owner, until, decision, purse, soon, request } = options;
    const command = { type: "commit", token: proposer.token, trials, owner, until } as const;
    const commit = { ...command, ...(decision && { decision }), ...(purse && { purse }), ...(request && { request }) };
    this.#coming = trials.length - 1;
    const committing = this.#execute(commit, soon).finally(() => {
      this.#coming = 0;
    });
    this.#handOut();
    const { started } = await committing;
    return started ?? RESERVE;
  }

  /** A suggestion that takes long must not be taken over while it is being made. */
  async #holding<T>(proposer: Owner, work: () => Promise<T>): Promise<T> {
    const failures: unknown[] = [];
    const stopRenewing = keepLeases(
      this.#log,
      () => [proposer.token],
      (error) => failures.push(error),
    );
    const made = await work().finally(stopRenewing);
    if (failures.length > 0) throw failures[0];
    return made;
  }

  async #suggest(
    place: SuggestionPlace,
    count: number,
    inputs: Readonly<Record<string, number>>,
  ): Promise<readonly ProposedTrial[]> {
    if (this.#suggester.isOpaque) return await this.#outside.suggest(place, count, inputs);
    const made = await this.#thread()?.suggest(place, count, inputs);
    // Without a thread, or when it died over it, computed here: the same bits.
    return made ?? this.#suggester.suggest(place, count, inputs);
  }

  /** Null where the thread is not worth it, or was closed; one that died is not replaced. */
  #thread(): SuggestionWorker | null {
    const { nextNumber } = this.#log.state;
    const { threadFrom } = this.#suggester;
    if (this.#threadless || nextNumber < threadFrom - THREAD_AHEAD) return null;
    this.#worker ??= startSuggestionWorker(this.#log);
    if (this.#worker === null) this.#threadless = true;
    return nextNumber < threadFrom ? null : this.#worker;
  }

  /** Ends the thread, or the sampler's program; it is started again when it is needed. A thread that died stays dead. */
  async rest(): Promise<void> {
    await this.#outside.rest();
    const worker = this.#worker;
    if (worker === null || worker.busy || worker.ended) return;
    this.#worker = null;
    await worker.close();
  }

  /** Ends the thread for good; whatever is asked from now on is computed here. */
  async close(): Promise<void> {
    this.#threadless = true;
    await Promise.all([this.#outside.close(), this.#worker?.close()]);
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
