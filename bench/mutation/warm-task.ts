/** What `WarmTests` asks of its process: a test file, or some tests of it; files are relative to the tree. */
export interface WarmTask {
  readonly test: string;
  /** The source file that was changed since the last time, or null. */
  readonly changed: string | null;
  /** Full names of the tests; null for all. */
  readonly names: readonly string[] | null;
  /** After how many ms a test fails that has no limit of its own. */
  readonly testLimit: number;
}

/** One test that ran. */
export interface WarmTest {
  /** Its suites and itself, joined by ` > `. */
  readonly name: string;
  readonly passed: boolean;
  readonly ms: number;
}

/** What it answers. */
export interface WarmAnswer {
  readonly passed: boolean;
  readonly tests: readonly WarmTest[];
  /** False where something that the test started still runs beside it. */
  readonly isAlone: boolean;
}
