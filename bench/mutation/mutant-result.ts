import type { Mutant } from "./mutant.ts";

/** A mutant of a file; `id` changes with the file's text. */
export interface Candidate extends Mutant {
  readonly id: string;
  readonly file: string;
}

/** One line of the results: a mutant, and what the tests said. */
export interface MutantResult {
  readonly id: string;
  readonly file: string;
  readonly line: number;
  readonly operator: string;
  readonly was: string;
  readonly became: string;
  /** `untested`: no test reaches the file. */
  readonly outcome: "killed" | "timeout" | "survived" | "untested";
  /** Where in the sample it stands. */
  readonly seed: number;
}
