/** What `WarmTests` asks of its process: one test file, after a change of one source file. Both relative to the tree. */
export interface WarmTask {
  readonly test: string;
  readonly changed: string;
}

/** What it answers. */
export interface WarmAnswer {
  readonly passed: boolean;
  /** False where something that the test started still runs beside it. */
  readonly isAlone: boolean;
}
