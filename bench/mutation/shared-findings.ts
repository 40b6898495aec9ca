import type { QuickVerdict } from "./quick-tests.ts";
import { SlowTests } from "./slow-tests.ts";

/** What several benches that work side by side on the same code learn for each other. */
export class SharedFindings {
  /** Mutants that the quick tests did not notice, by id, and the test files that are left for them. */
  readonly left = new Map<string, QuickVerdict>();
  /** Test files of which it is being learned which places they run. */
  readonly measuring = new Map<string, Promise<void>>();
  readonly slow: SlowTests;

  /** `tree`: any copy of the tree; `kept`: a folder where it is kept. */
  constructor(tree: string, kept: string) {
    this.slow = new SlowTests(tree, kept);
  }
}
