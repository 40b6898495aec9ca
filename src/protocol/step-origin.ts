/**
 * Where a report's step comes from: `own`: the program told it; `counted`: it told none, and the step is a counter. It may be a last line with the
 * result. `another`: counted as well, of a line that reads like the one before and has a value that was not told yet, as one more step has.
 */
export type StepOrigin = "own" | "counted" | "another";
