import type { Budget } from "../budget.ts";
import type { SpaceVersion } from "../carry-over.ts";
import type { HeldOutRun } from "../held-out-run.ts";
import type { Ledger } from "../ledger.ts";
import type { Owner } from "../owner.ts";
import type { StudyDefinition, StudySettings } from "../study-definition.ts";
import { TrialTable } from "../table/trial-table.ts";
import type { TrialState } from "../trial.ts";
import { AnsweredRequests } from "./answered-requests.ts";
import { ConfigurationIndex } from "./configuration-index.ts";
import { DefinedNames } from "./defined-names.ts";
import { type Members, NO_MEMBERS } from "./growing-members.ts";
import { NumberHeap } from "./number-heap.ts";

/** The right to propose numbers `first`..`first + count - 1` from the history as of revision `view`. */
export interface Reservation {
  readonly first: number;
  readonly count: number;
  readonly view: number;
  /** Ordinal of the first proposal, see SuggestionRecord.index. */
  readonly index: number;
  readonly proposer: Owner;
}

/** What a token holds at present, and since when (ms since 1970). */
export interface Holding {
  readonly owner: Owner;
  readonly since: number;
  readonly trials: readonly number[];
  readonly reservation: boolean;
}

/** A value that changed at `revision` and got the next version, from 1. */
export interface Version<T> {
  readonly version: number;
  readonly revision: number;
  readonly value: T;
}

/** The study's {@link Budget} but for what is reserved, kept as trials change. */
export type BudgetedTrials = { -readonly [K in Exclude<keyof Budget, "reserved">]: number };

/** The mutable tables behind StudyState; only `evolve` writes to them. */
export class StudyTables {
  revision = 0;
  definition: StudyDefinition | null = null;
  readonly settings: Version<StudySettings>[] = [];
  readonly spaces: SpaceVersion[] = [];
  /** By number; numbers are contiguous. */
  readonly trials: TrialTable;
  /** Revision of the last event that changed a trial of each block. */
  readonly blockRevisions: number[] = [];
  readonly waiting = new NumberHeap();
  readonly running = new Set<number>();
  readonly paused = new Set<number>();
  readonly unfinished = new Set<number>();
  readonly budgeted: BudgetedTrials = { waiting: 0, running: 0, paused: 0, trialsSpent: 0 };
  readonly ledger: { -readonly [K in keyof Ledger]: Ledger[K] } = { steps: 0, runs: 0, seconds: 0, cost: 0 };
  /** The largest step that a complete trial came to; 0 while none told one. */
  longest = 0;
  readonly holdings = new Map<string, Holding>();
  readonly configurations = new ConfigurationIndex();
  readonly definedNames = new DefinedNames();
  /** The first trial that says which units the metrics have, null while there is none, undefined until somebody has looked. */
  unitTrial: number | null | undefined = undefined;
  /** Names of the metrics that trials have values of; null until somebody asks where a snapshot does not tell. */
  measured: Set<string> | null = new Set();
  /** True when a program ever asked for a parameter that no space declared. */
  everDefined = false;
  /** Proposals since the last change of sampler or space. */
  proposalIndex = 0;
  reservation: Reservation | null = null;
  deleted = false;
  heldOut: readonly HeldOutRun[] = [];
  attributes: Members<string> = NO_MEMBERS;
  systemAttributes: Members<string> = NO_MEMBERS;
  readonly requests = new AnsweredRequests();

  /** @param loose see TrialTable. */
  constructor(loose = 0) {
    this.trials = new TrialTable(loose);
  }
}

/** Where the budget counts a trial in that state. */
export function budgetPlaceOf(state: TrialState): keyof BudgetedTrials {
  return state === "waiting" || state === "running" || state === "paused" ? state : "trialsSpent";
}
