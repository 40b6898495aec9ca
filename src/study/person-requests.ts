import type { StudyCommand } from "../trial/command.ts";
import type { StudyState } from "../trial/study-state.ts";

/** System attribute of a trial that a person stopped: why, as JSON text. */
const STOP_KEY = "attune.stop";
/** System attribute of a study: what a person asked its runs for last, as JSON. */
const REQUEST_KEY = "attune.request";
const MOST_REASON = 1_000;

/** What a person asks the runs of a study for: `stop` ends those under way, `pause` lets no trial begin until `continue`. */
export type StudyRequest = "stop" | "pause" | "continue";

/** A request, and at which revision of the study it was made. */
export interface StudyRequested {
  readonly request: StudyRequest;
  /** Tells two requests apart. */
  readonly id: string;
}

/** What writes down that a person asks the study's runs for something. */
export function requestCommand(request: StudyRequest): StudyCommand {
  const text = JSON.stringify({ request, id: crypto.getRandomValues(new Uint32Array(2)).join("-") });
  return { type: "set-attribute", trial: null, system: true, key: REQUEST_KEY, text };
}

/** What a person asked the study's runs for last; null for nothing. */
export function requestOf({ systemAttributes }: Pick<StudyState, "systemAttributes">): StudyRequested | null {
  const text = systemAttributes[REQUEST_KEY];
  return text === undefined ? null : (JSON.parse(text) as StudyRequested);
}

/** What writes down that a person stops a trial: it ends as by a scheduler. StorageConflict once it has ended. */
export function stopTrialCommand(trial: number, reason: string | null): StudyCommand {
  const text = JSON.stringify((reason ?? "Stopped by a person.").slice(0, MOST_REASON));
  return { type: "set-attribute", trial, system: true, key: STOP_KEY, text, whileOpen: true };
}

/** Why a person stopped the trial; null where nobody did. */
export function stopAskedFor(state: Pick<StudyState, "view">, trial: number): string | null {
  const text = state.view(trial)?.systemAttributes[STOP_KEY];
  return text === undefined ? null : (JSON.parse(text) as string);
}
