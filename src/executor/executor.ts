import type { StepOrigin } from "../protocol/step-origin.ts";
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
  /** Fold, from 1, of a program that is started once a fold; or of a cross-validated replicate; or null. */
  readonly fold?: number | null;
  /** Step to run up to, or null. */
  readonly until: number | null;
  /** Whether the study's scheduler gives steps to run up to, so that `${until}` in a command is that step (and nothing where `until` is null). */
  readonly staged?: boolean;
  /** Checkpoint of the newest attempt before that kept one, not to be written to, or null. */
  readonly resumeFrom: string | null;
  /** Names of the study's metrics, objective first. */
  readonly metrics: readonly string[];
  /** The units (`s`, `B`, or the one that was said) that values of metrics have in the study, null for none; left out before there are values. */
  readonly units?: Readonly<Record<string, string | null>>;
  /** The units that the study says of metrics: values that a program prints in one of the same kind are converted to them. */
  readonly unitsSaid?: Readonly<Record<string, string>>;
}

/**
 * Where a running job says what happens.
 *
 * @experimental
 */
export interface JobEvents {
  /** A metric was reported at a step; `origin` left out: the program told the step. */
  report(step: number, values: Readonly<Record<string, number>>, origin?: StepOrigin): void;
  /** Null while there is room for more reports; else the job should wait, and ask again when this resolves. It never rejects. */
  room(): Promise<void> | null;
  /** Resolves when all that was reported was written and judged, so that whoever is to end is being told so. It never rejects. */
  settled?(): Promise<void>;
  /** The checkpoint that the job was to go on from is not there: it begins anew. */
  missing?(checkpoint: string): void;
  /**
   * The program was asked to stand still (`freeze`) and goes on: why, as the rest of a sentence that begins with "it", or null where it
   * need not, since it keeps a checkpoint. Only of executors that have `memory`.
   */
  unfrozen?(why: string | null): void;
  /** The job cannot begin yet, for a want that is none of its own: what is waited for, as a sentence. */
  waits?(why: string): void;
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
  /** The program did not end, it stands still in memory; left out as a rule. */
  readonly frozen?: FrozenJob;
}

/**
 * A job that was frozen: its program stands still in memory, what it reported meanwhile is kept for whoever goes on with it.
 *
 * @experimental
 */
export interface FrozenJob {
  /** Bytes that it holds; 0 where that cannot be told. */
  readonly bytes: number;
  /** Resolves when there is nothing to go on with any more: it was ended, or died. */
  readonly over: Promise<void>;
  /** Goes on where it stood, as another job; resolves as `run` does. */
  wake(events: JobEvents, control: JobControl): Promise<JobResult>;
  /** Lets it go on in order to end: asked to, and killed after so many ms of grace, 0 for at once. A later call may shorten that. */
  end(graceMs: number): Promise<JobResult>;
}

/**
 * Bytes of the memory that there is, that is free, and that frozen programs hold, of whichever tuner. Infinity and 0 where nobody can tell.
 *
 * @experimental
 */
export interface MemoryState {
  readonly total: number;
  readonly available: number;
  readonly frozen: number;
}

/**
 * Where the checkpoints of jobs are kept.
 *
 * @experimental
 */
export interface CheckpointDisk {
  /** Bytes that one takes; 0 where it is gone. */
  bytes(checkpoint: string): number;
  /** Bytes that are free where it is; Infinity where nobody can tell. */
  free(checkpoint: string): Promise<number>;
  remove(checkpoint: string): Promise<void>;
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
  /** What frozen programs take from; an executor that has none freezes nothing, and is never asked to. */
  memory?(): Promise<MemoryState>;
  /** Left out by executors whose jobs keep no checkpoints. */
  readonly checkpoints?: CheckpointDisk;
  /** Ends everything still running or frozen, and frees what is held. */
  close(): Promise<void>;
}

/**
 * Aborted when the tuner wants the job to end: `stop` politely (with the scheduler's reason, if any), `kill` now; or to stand still where it
 * is (`freeze`), upon which `run` resolves with `frozen`, or the program goes on and `unfrozen` is told.
 *
 * @experimental
 */
export interface JobControl {
  readonly stop: AbortSignal;
  readonly kill: AbortSignal;
  /** Left out where the job is not to be frozen. */
  readonly freeze?: AbortSignal;
}
