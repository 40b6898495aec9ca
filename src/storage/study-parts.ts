import type { JsonValue } from "../space/json.ts";
import { headOverview } from "../trial/evolve/snapshot.ts";
import { metricsInForce } from "../trial/metrics-in-force.ts";
import type { StudyState } from "../trial/study-state.ts";
import type { StudyParts } from "./storage.ts";

/** The parts that an overview shows, of a study's newest state. */
export function partsOfState(state: StudyState): StudyParts {
  const { metrics, settings, space, nextNumber: trials, budget, attributes, systemAttributes } = state;
  return { metrics, settings, space, trials, trialsSpent: budget.trialsSpent, attributes, systemAttributes };
}

/** The same of a snapshot's head, or null where it does not tell. */
export function partsOfHead(head: JsonValue): StudyParts | null {
  const found = headOverview(head);
  if (found === null || found.definition === null || found.settings === undefined || found.space === undefined)
    return null;
  const { definition, settings, space, trials, trialsSpent, attributes, systemAttributes } = found;
  const metrics = metricsInForce(definition.metrics, settings);
  return { metrics, settings, space, trials, trialsSpent, attributes, systemAttributes };
}
