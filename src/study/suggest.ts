import { keyedStreams } from "../numeric/random/keyed-streams.ts";
import type { Sampler, SuggestRequest } from "../sampler/sampler.ts";
import type { Space } from "../space/index.ts";
import type { ProposedTrial } from "../trial/command.ts";
import type { HistoryView } from "../trial/history-view.ts";
import type { StudyState } from "../trial/study-state.ts";
import { ENGINE } from "./engine.ts";

/** Where in the log a suggestion stands. */
export interface SuggestionPlace {
  /** Number of the first trial of the batch. */
  readonly number: number;
  /** Ordinal of that trial among the sampler's proposals. */
  readonly index: number;
  /** Revision of the view. */
  readonly view: number;
}

/** Builds the request of a suggestion from what is in the log, for asking and for replaying alike. */
export function suggestRequest(
  state: StudyState,
  space: Space,
  place: SuggestionPlace,
  inputs: Readonly<Record<string, number>>,
): SuggestRequest {
  const { seed, metrics } = state.definition;
  return {
    space,
    metrics,
    seed,
    number: place.number,
    index: place.index,
    streams: (trial) => keyedStreams(seed, trial),
    remaining: inputs.remaining ?? null,
    inputs,
  };
}

/** Asks the sampler for `count` trials and writes down all that is needed to ask again. */
export function suggestTrials(
  sampler: Sampler,
  view: HistoryView,
  state: StudyState,
  space: Space,
  place: SuggestionPlace,
  count: number,
  inputs: Readonly<Record<string, number>>,
): readonly ProposedTrial[] {
  const suggestions = sampler.suggest(view.withinSpace(), suggestRequest(state, space, place, inputs), count);
  return suggestions.map((suggestion, offset) => ({
    number: place.number + offset,
    params: suggestion.params,
    suggestion: {
      view: place.view,
      spaceVersion: state.spaceVersion,
      settingsVersion: state.settingsVersion,
      index: place.index + offset,
      batchFirst: place.number,
      engine: ENGINE,
      inputs,
    },
  }));
}
