import type { ProposedTrial } from "../../trial/command.ts";
import type { SuggestionPlace } from "../suggest.ts";

/** A program of the user's that is a study's sampler. */
export interface SuggestingProgram {
  /**
   * As `JointSuggester.suggest`.
   *
   * @throws AttuneError `user-code` when the program does not answer, `invalid-params` for a suggestion outside of the space.
   */
  suggest(
    place: SuggestionPlace,
    count: number,
    inputs: Readonly<Record<string, number>>,
  ): Promise<readonly ProposedTrial[]>;
  /** Ends the program, unless it is asked right now; it is started again when it is needed. */
  rest(): Promise<void>;
  /** Ends the program. */
  close(): Promise<void>;
}
