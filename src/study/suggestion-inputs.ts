import { narrowChoice } from "../analysis/index.ts";
import { compileLimits, frontsOf, groupReplicates } from "../objective/index.ts";
import { weightInputs } from "../sampler/preferred-weights.ts";
import type { StudyState } from "../trial/study-state.ts";
import { frontChoices } from "./front-choices.ts";

/**
 * What a suggestion goes by that is not in its view, and is therefore kept with it: what is left of the budget, and for a sampler that goes by it, what people chose of the
 * front, as weights. Where nobody chose, no front is looked at.
 */
export function suggestionInputs(
  state: StudyState,
  limit: number | null,
  goesByPreference: boolean,
): Readonly<Record<string, number>> {
  return {
    ...(limit !== null && { remaining: limit - state.budget.trialsSpent }),
    ...(goesByPreference && state.metrics.length > 1 && preference(state)),
  };
}

function preference(state: StudyState): Readonly<Record<string, number>> {
  const choices = frontChoices(state);
  if (choices.answers.length === 0 && choices.taken === null) return {};
  const { metrics, settings } = state;
  const { front } = frontsOf(groupReplicates(state.list(), metrics), metrics, compileLimits(settings.limits));
  const points = front.map(({ first, means }) => ({ number: first.number, values: means }));
  const { weights } = narrowChoice(points, metrics, choices, (number) => state.view(number));
  return weights === null ? {} : weightInputs(metrics, weights);
}
