import type { JsonValue } from "../space/json.ts";
import type { SpaceVersion } from "../trial/carry-over.ts";
import type { StudyEvent } from "../trial/event.ts";
import { headOverview } from "../trial/evolve/snapshot.ts";
import type { HeldOutRun } from "../trial/held-out-run.ts";
import type { StudyDefinition, StudySettings } from "../trial/study-definition.ts";
import type { StudyState } from "../trial/study-state.ts";

/** What is needed to read a study's trials, without them. */
export interface StudyOutline {
  readonly revision: number;
  readonly definition: StudyDefinition;
  /** In force. */
  readonly settings: StudySettings;
  /** Every version there was, oldest first; the last one is in force. */
  readonly spaces: readonly SpaceVersion[];
  /** Runs on held-out data, oldest first. */
  readonly heldOut: readonly HeldOutRun[];
  /** How many trials there are. */
  readonly trials: number;
  /** Names of the metrics that trials have values of. */
  readonly measured: readonly string[];
}

/** The outline of a study's newest state. */
export function outlineOfState(state: StudyState): StudyOutline {
  const { revision, definition, settings, spaceVersions: spaces, heldOut, nextNumber: trials, measured } = state;
  return { revision, definition, settings, spaces, heldOut, trials, measured: [...measured] };
}

/** The same of a snapshot's head and the events after it; null where these do not tell: read the study. */
export function outlineOfHead(head: JsonValue, revision: number, events: readonly StudyEvent[]): StudyOutline | null {
  const found = headOverview(head);
  const { definition, settings, measured } = found ?? {};
  if (found === null || definition == null || settings === undefined || measured === undefined) return null;
  if (events.some(({ type }) => TOLD.has(type))) return null;
  const names = new Set(measured);
  let { trials } = found;
  for (const event of events) {
    if ("trial" in event && event.trial !== null) trials = Math.max(trials, event.trial + 1);
    if (event.type === "finished" || event.type === "imported")
      for (const name of Object.keys(event.values)) names.add(name);
  }
  return { revision, definition, settings, spaces: found.spaces, heldOut: found.heldOut, trials, measured: [...names] };
}

/** Events that change what an outline tells besides its trials. */
const TOLD: ReadonlySet<StudyEvent["type"]> = new Set(["settings-changed", "space-changed", "held-out"]);
