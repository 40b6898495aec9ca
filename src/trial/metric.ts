export type Direction = "minimize" | "maximize";

/** What a study optimizes; the first metric of a study is its objective. */
export interface Metric {
  readonly name: string;
  readonly direction: Direction;
}
