import type { JsonValue, Params } from "../space/json.ts";
import type { CarryOver } from "./carry-over.ts";
import type { ChangeRequest } from "./change-request.ts";
import type { AttemptEnd } from "./event.ts";
import type { HeldOutRun } from "./held-out-run.ts";
import type { ImportedTrial } from "./imported-trial.ts";
import type { Purse } from "./ledger.ts";
import type { Owner } from "./owner.ts";
import type { StudySettings } from "./study-definition.ts";
import type {
  DecisionRecord,
  Definition,
  FinishedState,
  Report,
  SuggestionRecord,
  TrialState,
  Values,
} from "./trial.ts";

/** A suggestion not yet in the log. */
export interface ProposedTrial {
  readonly number: number;
  readonly params: Params;
  /** See {@link Trial.offered}. */
  readonly offered?: Params;
  readonly suggestion: SuggestionRecord | null;
}

/**
 * Why an attempt is taken from its owner: `self` by the owner itself (its token), `dead-process` when its process is
 * known to be gone, `expired` when its lease ran out by the storage's clock (checked in the same transaction).
 */
export type Evidence = "self" | "dead-process" | "expired";

/** A change to be made, see {@link StudyCommand}. */
type Change =
  /**
   * Ask for something to run: the oldest waiting trial, else `candidate` if its number is still the next and settings and space are
   * unchanged. `limit` is how many trials the budget has (null: no limit). `until` is the step the first segment of a new trial
   * runs up to (null: its own end); a waiting trial that has a segment already keeps that one's. `decision` says what the scheduler
   * decided `until` by, here and below; StorageConflict when the settings are others by now.
   */
  | {
      readonly type: "claim";
      readonly owner: Owner;
      readonly limit: number | null;
      readonly until: number | null;
      readonly candidate: ProposedTrial | null;
      readonly decision?: DecisionRecord;
      /** What may be used up in all; left out for no limit. */
      readonly purse?: Purse;
    }
  /**
   * Claim one named waiting trial (compare-and-set waiting -> running). `limit`: StorageConflict where that many trials of the budget, the
   * total wanted, have begun already; null or left out for none.
   */
  | {
      readonly type: "start";
      readonly trial: number;
      readonly owner: Owner;
      readonly until: number | null;
      readonly limit?: number | null;
      /** What may be used up in all; left out for no limit. */
      readonly purse?: Purse;
    }
  /**
   * Take the right to propose the next `count` numbers; the revision of the event is the view. `evidence` says why the reservation
   * of another proposer may be taken over, `holder` names that proposer's token, so that a newer one is not hit.
   */
  | {
      readonly type: "reserve";
      readonly proposer: Owner;
      readonly count: number;
      readonly limit: number | null;
      readonly evidence: Evidence | null;
      readonly holder?: string | null;
      /** What may be used up in all; left out for no limit. */
      readonly purse?: Purse;
    }
  | { readonly type: "release"; readonly token: string }
  /** Turn a reservation into trials; the first is started for `owner` unless null, the others wait. */
  | {
      readonly type: "commit";
      readonly token: string;
      readonly trials: readonly ProposedTrial[];
      readonly owner: Owner | null;
      readonly until: number | null;
      readonly decision?: DecisionRecord;
      /** What may be used up in all, left out for no limit: the first trial waits as well where it does not suffice. */
      readonly purse?: Purse;
    }
  /**
   * Parameters that the program asked for while it ran; one that is known with the same domain and value changes nothing. `token` null:
   * on behalf of another tool's protocol, which may change any trial that has not ended and that nobody but such a tool holds.
   * `oneKind`: AttuneError `invalid-params` where the study has the name as another kind (type, scale, choices; bounds and step may
   * differ from trial to trial).
   */
  | {
      readonly type: "define";
      readonly trial: number;
      readonly token: string | null;
      readonly definitions: readonly Definition[];
      readonly oneKind?: true;
    }
  /** `token` null as for `define`; the reports then follow the ones there are, whatever `seq` they have. */
  | {
      readonly type: "report";
      readonly trial: number;
      readonly token: string | null;
      readonly reports: readonly Report[];
    }
  | {
      readonly type: "finish";
      readonly trial: number;
      readonly token: string;
      readonly state: FinishedState;
      readonly values: Values;
      readonly end: AttemptEnd;
      readonly decision?: DecisionRecord;
    }
  /** End the attempt without ending the trial: it waits again; a third loss fails the trial with outcome `lost`. */
  | {
      readonly type: "return";
      readonly trial: number;
      readonly token: string;
      readonly evidence: Evidence;
      readonly end: AttemptEnd;
    }
  /** Give a detached trial to another detached owner, whose attempt begins at once; `token` is the one that holds it. */
  | { readonly type: "hand-over"; readonly trial: number; readonly token: string; readonly owner: Owner }
  /** Scheduler: the program came to the end of a rung with the report of `decision`, which no row has taken in yet, and runs on. */
  | {
      readonly type: "pass";
      readonly trial: number;
      readonly token: string;
      readonly decision: DecisionRecord & { readonly report: number };
    }
  /** Scheduler: stop at a rung, keep the checkpoint. `values` are what the program ended with, left out where it was stopped. */
  | {
      readonly type: "pause";
      readonly trial: number;
      readonly token: string;
      readonly end: AttemptEnd;
      readonly values?: Values;
      readonly decision?: DecisionRecord;
    }
  /**
   * Scheduler: run a paused trial on, up to step `until` (null: to its end), beyond what it has come to. `limit` is how many
   * trials the budget has (null: no limit).
   */
  | {
      readonly type: "resume";
      readonly trial: number;
      readonly owner: Owner;
      readonly until: number | null;
      readonly limit: number | null;
      readonly decision?: DecisionRecord;
      /** What may be used up in all; left out for no limit. */
      readonly purse?: Purse;
      /** Go on with the program that the paused attempt of this token keeps in memory: StorageConflict where it does not, and without it where one does. */
      readonly woken?: string;
    }
  /**
   * Scheduler: begin a new trial of these parameters, up to `until`, with the checkpoint that trial `of` kept at the end of a segment (null:
   * at the beginning), in the place of the paused trial `replaces`, which is pruned and no longer counts (null: it counts itself).
   */
  | {
      readonly type: "branch";
      readonly owner: Owner;
      readonly of: { readonly trial: number; readonly segment: number } | null;
      readonly replaces: number | null;
      readonly params: Params;
      readonly until: number | null;
      readonly limit: number | null;
      readonly decision: DecisionRecord;
      /** What may be used up in all; left out for no limit. */
      readonly purse?: Purse;
    }
  /**
   * The program that the paused attempt of this token keeps in memory is let go; or, with `checkpoint` (why), what the attempt of this token
   * saved, the newest checkpoint of a paused trial. StorageConflict where it keeps none.
   */
  | { readonly type: "give-up"; readonly trial: number; readonly token: string; readonly checkpoint?: string }
  /**
   * Compare-and-set of a foreign-owned or detached trial's state. `values` null: an ended one keeps those it has. `evidence`: only where the
   * lease of the attempt under way has run out, which is lost then.
   */
  | {
      readonly type: "transition";
      readonly trial: number;
      readonly from: TrialState;
      readonly to: TrialState;
      readonly owner: Owner;
      readonly values: Values | null;
      readonly evidence?: "expired";
    }
  | {
      readonly type: "enqueue";
      readonly params: Params;
      /** Values for parameters that the program will ask for, see {@link Trial.offered}. */
      readonly offered?: Params;
      readonly origin: "enqueued" | "user";
      readonly replicate: {
        readonly of: number;
        readonly index: number;
        readonly seed: number;
        readonly fold: number | null;
      } | null;
    }
  | { readonly type: "import"; readonly trials: readonly ImportedTrial[] }
  | { readonly type: "invalidate"; readonly trial: number; readonly reason: string | null }
  | { readonly type: "restore"; readonly trial: number }
  | {
      readonly type: "set-attribute";
      readonly trial: number | null;
      readonly system: boolean;
      readonly key: string;
      readonly text: string;
      /** True: StorageConflict once the trial has ended. */
      readonly whileOpen?: true;
    }
  | { readonly type: "record-held-out"; readonly run: HeldOutRun }
  | { readonly type: "configure"; readonly settings: StudySettings; readonly expectedVersion: number }
  | {
      readonly type: "respace";
      readonly space: JsonValue;
      readonly note: string | null;
      readonly expectedVersion: number;
      /** What earlier trials count as. */
      readonly carry?: CarryOver;
    }
  | { readonly type: "delete" };

/**
 * What a caller wants changed. A storage decides it against the newest state in one transaction (`decide`), so every
 * command is a compare-and-set: it changes all it says or throws StorageConflict and changes nothing.
 * One that comes with a `request` which changed the study before changes nothing more, and is answered as then.
 */
export type StudyCommand = Change & { readonly request?: ChangeRequest };

/** An attempt handed to its owner. */
export interface ClaimedTrial {
  readonly kind: "trial";
  readonly trial: number;
  readonly segment: number;
  readonly attempt: number;
  readonly until: number | null;
}

/**
 * reserve: nothing waits, propose first (or the candidate is no longer the next, or somebody else proposes: `reserve` tells who);
 * wait: all that is left is under way; done: limit reached, `spent` (of both) where it is that of the purse.
 */
export type ClaimResult =
  | ClaimedTrial
  | { readonly kind: "reserve" }
  | { readonly kind: "wait"; readonly spent?: true }
  | { readonly kind: "done"; readonly spent?: true };

/** wait: as many trials as are wanted run already or have ended; done as in {@link ClaimResult}. */
export type ResumeResult = ClaimedTrial | { readonly kind: "wait" | "done"; readonly spent?: true };

/** busy: somebody else proposes; waiting-trial: claim it instead; wait and done as in {@link ClaimResult}. */
export type ReserveResult =
  | {
      readonly kind: "reserved";
      readonly first: number;
      readonly count: number;
      readonly index: number;
      readonly view: number;
    }
  | { readonly kind: "busy"; readonly holder: Owner }
  | { readonly kind: "waiting-trial" }
  | { readonly kind: "wait"; readonly spent?: true }
  | { readonly kind: "done"; readonly spent?: true };

/** What `decide` answers, by the command's type; `{}` for the ones that only happen. */
export interface CommandResults {
  readonly claim: ClaimResult;
  /** wait and done: what is left of the purse does not suffice. */
  readonly start: ResumeResult;
  readonly reserve: ReserveResult;
  readonly release: object;
  readonly commit: { readonly numbers: readonly number[]; readonly started: ClaimedTrial | null };
  readonly define: object;
  /** The next sequence number expected; reports below it were known already and are not counted twice. */
  readonly report: { readonly next: number };
  /** `paused`: it was run with less than the largest fidelity, and pauses there. */
  readonly finish: { readonly repeated: boolean; readonly paused?: true };
  readonly return: { readonly state: TrialState };
  readonly "hand-over": ClaimedTrial;
  readonly pass: object;
  readonly pause: object;
  readonly resume: ResumeResult;
  readonly branch: ResumeResult;
  readonly "give-up": object;
  readonly transition: object;
  readonly enqueue: { readonly number: number };
  readonly import: { readonly numbers: readonly number[] };
  readonly invalidate: object;
  readonly restore: object;
  readonly "set-attribute": object;
  readonly "record-held-out": object;
  readonly configure: { readonly version: number };
  readonly respace: { readonly version: number };
  readonly delete: object;
}

export type CommandResult<C extends StudyCommand> = CommandResults[C["type"]];
