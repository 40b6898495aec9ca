/** What an attempt may use up; null: no limit. */
export interface TrialLimits {
  /** Seconds from the program's start to its end. */
  readonly time: number | null;
  /** Seconds of that time which are gone when the program starts; default: none. */
  readonly spent?: number;
  /** Seconds without any output or report. */
  readonly idle: number | null;
  /** Bytes of memory resident in the program and everything it started. */
  readonly memory: number | null;
}

export const NO_LIMITS: TrialLimits = { time: null, idle: null, memory: null };
