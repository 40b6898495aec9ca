import type { QuickVerdict } from "./quick-tests.ts";
import { SlowTests } from "./slow-tests.ts";

/** What several benches that work side by side on the same code learn for each other. */
export class SharedFindings {
  /** Mutants that the quick tests did not notice, by id, and the test files that are left for them. */
  readonly left = new Map<string, QuickVerdict>();
  /** Test files of which it is being learned which places they run. */
  readonly measuring = new Map<string, Promise<void>>();
  readonly slow: SlowTests;
  /** Whether a test file passes without the runner on the code as it is, by test file and the source file that is loaded anew. */
  readonly isQuick = new Map<string, boolean>();
  /** Such that passed again behind a mutant: they leave nothing behind that they trip over. */
  readonly again = new Set<string>();
  /** The longest that a test file took to pass without the runner, in ms. */
  readonly durations = new Map<string, number>();
  /** For how long each test file has run without the runner and noticed nothing, in ms. */
  readonly idle = new Map<string, number>();
  /** Which test file noticed the last mutant of a source file: it is asked first about the next one. */
  readonly noticers = new Map<string, string>();

  /** `tree`: any copy of the tree; `kept`: a folder where it is kept. */
  constructor(tree: string, kept: string) {
    this.slow = new SlowTests(tree, kept);
  }
}
