import type { JsonValue, Params } from "../space/json.ts";
import type { EncodedNumber } from "./encoded-number.ts";
import type { Owner } from "./owner.ts";

/** waiting: proposed, enqueued or returned after a lost attempt; paused: stopped at a rung, may be promoted. */
export type TrialState = "waiting" | "running" | "paused" | "complete" | "pruned" | "failed";

export type FinishedState = "complete" | "pruned" | "failed";

/** How an attempt ended. `ok` goes with complete, `stopped` with pruned, `paused` with a promoted or waiting rung. */
export type Outcome =
  | "ok"
  | "stopped"
  | "paused"
  | "exit-code"
  | "signal"
  | "no-metric"
  | "nan"
  | "error"
  | "timeout"
  | "out-of-memory"
  | "not-started"
  | "reported-failed"
  | "lost"
  | "preempted"
  | "idle"
  | "bad-output";

/** Where a trial came from. Imported ones count against the budget only where they were imported waiting, and so run here. */
export type TrialOrigin = "sampler" | "enqueued" | "imported" | "user" | "scheduler";

/** What a trial goes on from that a scheduler began with the checkpoint of another. */
export interface Branch {
  /** The trial whose checkpoint it was. */
  readonly of: number;
  /** The segment of that one at whose end it was saved. */
  readonly segment: number;
  /** Step that it had come to there. */
  readonly step: number;
}

/** Values by metric name. */
export type Values = Readonly<Record<string, EncodedNumber>>;

/** A parameter that a program asked for while it ran or an imported trial was given, with the value it got. */
export interface Definition {
  readonly name: string;
  /** The canonical JSON form of the parameter without its name: `{"type":"float","low":0,"high":1}`. */
  readonly domain: JsonValue;
  readonly value: JsonValue;
  /** The distribution as another tool wrote it, opaque text; left out where the domain says it all. */
  readonly given?: string;
}

/** What made a suggestion, enough to make it again: see `attune replay`. */
export interface SuggestionRecord {
  /** The revision the sampler saw. */
  readonly view: number;
  readonly spaceVersion: number;
  /** Version of the settings (sampler and its options) it was made under. */
  readonly settingsVersion: number;
  /** Ordinal among this sampler's proposals since the last change of sampler or space, from 0. */
  readonly index: number;
  /** First number of the batch it was computed in, so that its earlier members were pending. */
  readonly batchFirst: number;
  readonly engine: string;
  /** Inputs that are not in the log (thinking budget as a count of operations, remaining seconds). */
  readonly inputs: Readonly<Record<string, number>>;
}

/** What made a decision of a scheduler, enough to make it again: see `attune replay`. */
export interface DecisionRecord {
  /** The revision the scheduler saw. */
  readonly view: number;
  /** Version of the settings (scheduler and its options) it was made under. */
  readonly settingsVersion: number;
  readonly engine: string;
  /** Why, in words; "" for a trial that merely begins. */
  readonly reason: string;
  /** Sequence number of the report it was made on; left out where it was made on none. */
  readonly report?: number;
}

/** A decision of a scheduler that was carried out on a trial. */
export interface TrialDecision extends DecisionRecord {
  readonly action: "start" | "resume" | "pass" | "pause" | "stop";
  /** Of the event that carried it out. */
  readonly revision: number;
}

export interface Report {
  /** From 0 within the trial, without gaps. */
  readonly seq: number;
  readonly step: number;
  readonly values: Values;
}

export interface Attempt {
  readonly index: number;
  readonly owner: Owner;
  readonly startedAt: number;
  readonly endedAt: number | null;
  readonly outcome: Outcome | null;
  readonly message: string | null;
  /** Exit code, or null when it ended otherwise. */
  readonly exitCode: number | null;
  readonly signal: string | null;
  /** Folder published by the commit that ended this attempt, or null. */
  readonly checkpoint: string | null;
  /** Units that values were converted to (`s` seconds, `B` bytes), by metric; left out where none was. */
  readonly units?: Readonly<Record<string, string>>;
  /** Seconds it ran by the monotonic clock of whoever ran it, whatever became of the wall clock; left out where nobody measured. */
  readonly seconds?: number;
  /** The checkpoint that it was to go on from and that was not there, so that it began anew; left out where there was none to miss. */
  readonly missing?: string;
  /** What it cost, in the unit that whoever ran it counts in; left out where nobody said. */
  readonly cost?: number;
  /** Steps that it ran, as the ledger counts them; left out while it runs, where nobody can say, and of what ran elsewhere. */
  readonly steps?: number;
  /** The program did not end: it was stopped, and kept in the memory of its owner's machine. Left out where it ended. */
  readonly frozen?: Frozen;
  /** Revision at which its checkpoint was given up for want of room, so that the next segment began anew; left out as a rule. */
  readonly dropped?: number;
}

/** A program that is kept in memory for the next segment, which goes on with it; or that was, so that the next segment began anew. */
export interface Frozen {
  /** Revision at which it was given up, or null. */
  readonly givenUp: number | null;
}

/** One stretch that a trial is run: up to `until` (null: to its own end). */
export interface Segment {
  readonly index: number;
  readonly until: number | null;
  readonly attempts: readonly Attempt[];
}

/** Half-open interval of revisions; `to` null while it lasts. */
export interface RevisionInterval {
  readonly from: number;
  readonly to: number | null;
}

/** The record of one trial as the log tells it. */
export interface Trial<P = Params> {
  readonly number: number;
  /**
   * The same for all trials that were run with the same parameters (and fold), whoever proposed or imported them: the number of the
   * one that ended first. Of a trial that has not ended its own number, or that of the trial it replicates.
   */
  readonly configuration: number;
  readonly replicate: { readonly index: number; readonly seed: number; readonly fold: number | null } | null;
  /** Of the declared parameters that are active, and of those that the program asked for so far. */
  readonly params: P;
  /**
   * Values kept ready for parameters that the program may ask for: what the sampler suggested jointly, or what a user enqueued.
   * Left out when there are none.
   */
  readonly offered?: Params;
  /** Parameters that the program asked for, or the trial was imported with, in that order; left out when there are none. */
  readonly definitions?: readonly Definition[];
  readonly spaceVersion: number;
  readonly origin: TrialOrigin;
  /** Left out of trials that began at the beginning. */
  readonly branch?: Branch;
  /** Number of the trial that took its place, which counts on the budget instead of it; left out as a rule. */
  readonly successor?: number;
  readonly suggestion: SuggestionRecord | null;
  readonly state: TrialState;
  readonly outcome: Outcome | null;
  readonly message: string | null;
  readonly values: Values;
  readonly segments: readonly Segment[];
  readonly reports: readonly Report[];
  /** What a scheduler decided about it, oldest first; left out when there is nothing. */
  readonly decisions?: readonly TrialDecision[];
  readonly losses: number;
  readonly proposedRevision: number;
  readonly startedRevision: number | null;
  readonly finishedRevision: number | null;
  readonly proposedAt: number;
  /** Of an imported trial that waits: when it began elsewhere, null where nobody said so. */
  readonly startedAt: number | null;
  readonly finishedAt: number | null;
  /** Intervals in which the trial was marked invalid. */
  readonly invalid: readonly RevisionInterval[];
  /** Opaque JSON text by key. */
  readonly attributes: Readonly<Record<string, string>>;
  readonly systemAttributes: Readonly<Record<string, string>>;
}

/** All outcomes, in the order their codes are stored in; only ever appended to. */
export const OUTCOMES: readonly Outcome[] = [
  "ok",
  "stopped",
  "paused",
  "exit-code",
  "signal",
  "no-metric",
  "nan",
  "error",
  "timeout",
  "out-of-memory",
  "not-started",
  "reported-failed",
  "lost",
  "preempted",
  "idle",
  "bad-output",
];
