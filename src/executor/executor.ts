import type { JsonValue, Params } from "../space/json.ts";
import type { Parameter } from "../space/parameter.ts";
import type { AttemptEnd } from "../trial/event.ts";
import type { FinishedState, Values } from "../trial/trial.ts";

/**
 * One attempt to run.
 *
 * @experimental
 */
export interface Job {
  readonly study: string;
  readonly trial: number;
  readonly segment: number;
  readonly attempt: number;
  readonly params: Params;
  /** Seed for the program, derived from study seed and trial number; in [0, 2^31). */
  readonly seed: number;
  /** Fold of a cross-validated replicate, or null. */
  readonly fold?: number | null;
  /** Step to run up to, or null. */
  readonly until: number | null;
  /** Whether the study's scheduler gives steps to run up to, so that `${until}` in a command is that step (and nothing where `until` is null). */
  readonly staged?: boolean;
  /** Checkpoint of the newest attempt before that kept one, not to be written to, or null. */
  readonly resumeFrom: string | null;
  /** Names of the study's metrics, objective first. */
  readonly metrics: readonly string[];
  /** The units (`s`, `B`) that values of metrics have in the study, null for none; left out before there are values. */
  readonly units?: Readonly<Record<string, string | null>>;
}

/**
 * Where a running job says what happens.
 *
 * @experimental
 */
export interface JobEvents {
  /** A metric was reported at a step (a counter where the program gives none). */
  report(step: number, values: Readonly<Record<string, number>>): void;
  /** Null while there is room for more reports; else the job should wait, and ask again when this resolves. It never rejects. */
  room(): Promise<void> | null;
  /** The checkpoint that the job was to go on from is not there: it begins anew. */
  missing?(checkpoint: string): void;
  /** The value of a parameter that the running program asks for; throws AttuneError when it cannot have it. */
  ask(parameter: Parameter): JsonValue;
}

/**
 * How a job ended: the state it earns, or null when the attempt is to be tried again (lost, preempted, paused).
 *
 * @experimental
 */
export interface JobResult {
  readonly state: FinishedState | null;
  readonly values: Values;
  readonly end: AttemptEnd;
}

/**
 * Runs attempts somewhere. `stop` asks the program to end (grace), `kill` ends it now; both make `run` resolve with outcome
 * `preempted` unless the program finished first. `run` rejects only for errors of Attune itself.
 *
 * @experimental
 */
export interface Executor {
  readonly name: string;
  run(job: Job, events: JobEvents, control: JobControl): Promise<JobResult>;
  /** Ends everything still running and frees what is held. */
  close(): Promise<void>;
}

/**
 * Aborted when the tuner wants the job to end: `stop` politely (with the scheduler's reason, if any), `kill` now.
 *
 * @experimental
 */
export interface JobControl {
  readonly stop: AbortSignal;
  readonly kill: AbortSignal;
}
