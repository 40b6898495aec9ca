import { keyedStreams } from "../numeric/random/keyed-streams.ts";
import type { Sampler, Suggestion, SuggestRequest } from "../sampler/sampler.ts";
import type { Space } from "../space/index.ts";
import type { Params } from "../space/json.ts";
import type { ProposedTrial } from "../trial/command.ts";
import type { HistoryView } from "../trial/history-view.ts";
import { metricsInForce } from "../trial/metrics-in-force.ts";
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
  const { seed, metrics, settings } = state.definition;
  // Those of the view, as its columns: who explains a suggestion later has other settings.
  const then = state.settingsVersions.findLast(({ revision }) => revision <= place.view)?.value ?? settings;
  const { limits } = then;
  return {
    space,
    metrics: metricsInForce(metrics, then),
    ...(limits !== undefined && { limits }),
    seed,
    number: place.number,
    index: place.index,
    streams: (trial) => keyedStreams(seed, trial),
    remaining: inputs.remaining ?? null,
    inputs,
  };
}

/** What stands in a suggestion for the declared parameters, and what is kept for those the program may ask for. */
function parts(declared: Space, params: Params): Pick<ProposedTrial, "params" | "offered"> {
  const names = new Set(declared.parameters.map(({ name }) => name));
  const entries = Object.entries(params);
  const offered = entries.filter(([name]) => !names.has(name));
  if (offered.length === 0) return { params };
  return {
    params: Object.fromEntries(entries.filter(([name]) => names.has(name))),
    offered: Object.fromEntries(offered),
  };
}

/** What the sampler suggests at that place; of a space without parameters the only configuration there is. */
export function suggestAt(
  sampler: Sampler,
  view: HistoryView,
  state: StudyState,
  space: Space,
  place: SuggestionPlace,
  count: number,
  inputs: Readonly<Record<string, number>>,
): readonly Suggestion[] {
  return space.parameters.length === 0
    ? Array.from({ length: count }, () => ({ params: {} }))
    : sampler.suggest(view.withinSpace(), suggestRequest(state, space, place, inputs), count);
}

/** Asks the sampler (made for `space`: the declared one, or more that is known) for `count` trials and writes down all that is needed to ask again. */
export function suggestTrials(
  sampler: Sampler,
  view: HistoryView,
  state: StudyState,
  space: Space,
  declared: Space,
  place: SuggestionPlace,
  count: number,
  inputs: Readonly<Record<string, number>>,
): readonly ProposedTrial[] {
  const { spaceVersion, settingsVersion } = state;
  return suggestAt(sampler, view, state, space, place, count, inputs).map(({ params }, offset) => {
    const number = place.number + offset;
    const suggestion = {
      view: place.view,
      spaceVersion,
      settingsVersion,
      index: place.index + offset,
      batchFirst: place.number,
      engine: ENGINE,
      inputs,
    };
    return space === declared ? { number, params, suggestion } : { number, ...parts(declared, params), suggestion };
  });
}
