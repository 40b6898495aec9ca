export type Direction = "minimize" | "maximize";

/** One of the objectives of a study. */
export interface Metric {
  readonly name: string;
  readonly direction: Direction;
  /** A value that is good enough; left out where there is none. */
  readonly goal?: number;
}
