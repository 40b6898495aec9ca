export type Direction = "minimize" | "maximize";

/** One of the objectives of a study. */
export interface Metric {
  readonly name: string;
  readonly direction: Direction;
  /** A value that is good enough; left out where there is none. */
  readonly goal?: number;
  /** The worst value that is of interest: hypervolume is measured from it. Left out where nobody said one. */
  readonly reference?: number;
  /** What its values are in (`ms`, `%`), to be read by people; left out where nobody said it. */
  readonly unit?: string;
}
