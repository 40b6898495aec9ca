import type { ProposedTrial } from "../trial/command.ts";
import type { LoggedEvent } from "../trial/event.ts";
import type { StateParts } from "../trial/evolve/snapshot.ts";
import type { SuggestionPlace } from "./suggest.ts";

/** What the thread of a study's suggestions is started with: the study's state as a snapshot. */
export type SuggestionThreadData = StateParts;

/** What the thread is told and asked, in the order of the log. */
export type ToSuggestionThread =
  | { readonly type: "news"; readonly events: readonly LoggedEvent[] }
  | {
      readonly type: "suggest";
      readonly id: number;
      readonly place: SuggestionPlace;
      readonly count: number;
      readonly inputs: Readonly<Record<string, number>>;
    };

export interface FromSuggestionThread {
  readonly id: number;
  readonly trials: readonly ProposedTrial[];
}
