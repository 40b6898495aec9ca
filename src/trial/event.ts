import type { JsonValue, Params } from "../space/json.ts";
import type { CarryOver } from "./carry-over.ts";
import type { AnsweredRequest } from "./change-request.ts";
import type { HeldOutRun } from "./held-out-run.ts";
import type { ImportedTrial } from "./imported-trial.ts";
import type { Owner } from "./owner.ts";
import type { StudyDefinition, StudySettings } from "./study-definition.ts";
import type {
  Branch,
  DecisionRecord,
  Definition,
  FinishedState,
  Frozen,
  Outcome,
  Report,
  SuggestionRecord,
  TrialOrigin,
  Values,
} from "./trial.ts";

/** How an attempt ended, as far as the program told. */
export interface AttemptEnd {
  readonly outcome: Outcome;
  /** One sentence for the user, with the log's tail where there is one; null when all went well. */
  readonly message: string | null;
  readonly exitCode: number | null;
  readonly signal: string | null;
  readonly checkpoint: string | null;
  /** Units that values were converted to (`s`, `B`), by metric; left out where none was. */
  readonly units?: Readonly<Record<string, string>>;
  /** Seconds it ran by the monotonic clock of whoever ran it, whatever became of the wall clock; left out where nobody measured. */
  readonly seconds?: number;
  /** The checkpoint that it was to go on from and that was not there, so that it began anew; left out where there was none to miss. */
  readonly missing?: string;
  /** What it cost, in the unit that whoever ran it counts in; left out where nobody said. */
  readonly cost?: number;
  /** The program did not end: whoever ran it keeps it in memory, stopped, until the trial is run on. Only of a trial that pauses. */
  readonly frozen?: Frozen;
}

/** What happened, see {@link StudyEvent}. */
type Happening =
  | { readonly type: "study-created"; readonly definition: StudyDefinition }
  | { readonly type: "settings-changed"; readonly settings: StudySettings }
  | {
      readonly type: "space-changed";
      readonly space: JsonValue;
      readonly note: string | null;
      /** What earlier trials count as; left out when nothing was said. */
      readonly carry?: CarryOver;
    }
  | { readonly type: "reserved"; readonly first: number; readonly count: number; readonly proposer: Owner }
  | { readonly type: "reservation-moved"; readonly proposer: Owner }
  | { readonly type: "reservation-released" }
  | {
      readonly type: "proposed";
      readonly trial: number;
      readonly params: Params;
      /** Left out when there are none. */
      readonly offered?: Params;
      readonly origin: TrialOrigin;
      readonly suggestion: SuggestionRecord | null;
      readonly replicate: {
        readonly of: number;
        readonly index: number;
        readonly seed: number;
        readonly fold: number | null;
      } | null;
      /** Left out of trials that begin at the beginning. */
      readonly branch?: Branch;
    }
  /** What is optional is left out where there is none of it. */
  | ({ readonly type: "imported"; readonly trial: number } & ImportedTrial)
  | {
      readonly type: "started";
      readonly trial: number;
      readonly segment: number;
      readonly until: number | null;
      readonly attempt: number;
      readonly owner: Owner;
      /** What made it begin or go on up to `until`; left out where no scheduler decides that. */
      readonly decision?: DecisionRecord;
    }
  /** The program asked for these parameters, which no space declared. */
  | { readonly type: "defined"; readonly trial: number; readonly definitions: readonly Definition[] }
  | { readonly type: "reported"; readonly trial: number; readonly reports: readonly Report[] }
  /** The attempt is over and the trial waits to be tried again (lost, preempted). */
  | { readonly type: "returned"; readonly trial: number; readonly end: AttemptEnd }
  /** The program came to the end of a rung with the report of `decision`, and runs on. */
  | {
      readonly type: "passed";
      readonly trial: number;
      readonly decision: DecisionRecord & { readonly report: number };
    }
  | {
      readonly type: "paused";
      readonly trial: number;
      readonly end: AttemptEnd;
      /** What the program ended with; left out where it was stopped. */
      readonly values?: Values;
      /** Left out where no scheduler decided it. */
      readonly decision?: DecisionRecord;
    }
  /**
   * The paused trial's program is kept in memory no longer, or its newest checkpoint on the disk (`checkpoint`, which says why): what was
   * run on from there begins anew.
   */
  | { readonly type: "given-up"; readonly trial: number; readonly checkpoint?: string }
  | {
      readonly type: "finished";
      readonly trial: number;
      readonly state: FinishedState;
      readonly values: Values;
      readonly end: AttemptEnd;
      /** Of a trial that a scheduler stopped; else left out. */
      readonly decision?: DecisionRecord;
      /** The trial that takes its place, which the scheduler decided with that one's beginning; else left out. */
      readonly successor?: number;
    }
  | { readonly type: "invalidated"; readonly trial: number; readonly reason: string | null }
  | { readonly type: "restored"; readonly trial: number }
  | {
      readonly type: "attribute-set";
      readonly trial: number | null;
      readonly system: boolean;
      readonly key: string;
      readonly text: string;
    }
  /** A configuration was run on held-out data; no trial is concerned. */
  | { readonly type: "held-out"; readonly run: HeldOutRun }
  | { readonly type: "study-deleted" };

/**
 * One change of a study. Events are append-only; each takes the next revision of its study (the first is 1) and is
 * written in the transaction that makes the change. Everything else is a projection of them.
 * The last of those that a request made says for which, and what was answered.
 */
export type StudyEvent = Happening & { readonly request?: AnsweredRequest };

/** An event with its place in the log. */
export interface LoggedEvent {
  /** Revision of the study after this event. */
  readonly revision: number;
  /** Milliseconds since 1970 by the storage's clock. */
  readonly at: number;
  readonly event: StudyEvent;
}
