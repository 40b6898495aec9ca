import type { JsonValue } from "../space/json.ts";
import type { StudyCommand } from "../trial/command.ts";
import type { StudyState } from "../trial/study-state.ts";
import { type Fronted, requireOnFront } from "./require-on-front.ts";

/** System attribute of a study with an answer: this trial rather than those of the front beside it. Followed by the numbers of all of them. */
const ANSWER_KEY = "attune.preferred ";
/** System attribute of a study: the trial of the front that somebody has taken. */
const TAKEN_KEY = "attune.taken";

/** What somebody said of points of the front, by the numbers of their trials. */
export interface FrontChoices {
  /** In the order in which they were first given; the newest of those about the same trials counts. */
  readonly answers: readonly { readonly preferred: number; readonly over: readonly number[] }[];
  /** The trial that was taken; null where none was, or another question was answered since. */
  readonly taken: number | null;
}

/**
 * What writes down that a trial of the front is taken, that it is preferred to others, or, for null, what forgets all that was said.
 *
 * @throws AttuneError `invalid-argument` for a trial that is not on the front.
 */
export function choiceCommands(
  state: Pick<StudyState, "systemAttributes">,
  study: Fronted,
  trial: number | null,
  over: readonly number[],
): readonly StudyCommand[] {
  if (trial === null) {
    const keys = Object.keys(state.systemAttributes).filter((key) => key.startsWith(ANSWER_KEY) || key === TAKEN_KEY);
    return keys.map((key) => noted(key, null));
  }
  requireOnFront([trial, ...over], study);
  if (over.length === 0) return [noted(TAKEN_KEY, trial)];
  const all = [trial, ...over].sort((a, b) => a - b).join(" ");
  const taken = frontChoices(state).taken === null ? [] : [noted(TAKEN_KEY, null)];
  return [...taken, noted(`${ANSWER_KEY}${all}`, { preferred: trial, over })];
}

function noted(key: string, value: JsonValue): StudyCommand {
  return { type: "set-attribute", trial: null, system: true, key, text: JSON.stringify(value) };
}

/** All that somebody said of the front. */
export function frontChoices({ systemAttributes }: Pick<StudyState, "systemAttributes">): FrontChoices {
  const answers = Object.entries(systemAttributes).flatMap(([key, text]) =>
    key.startsWith(ANSWER_KEY) ? ((JSON.parse(text) as FrontChoices["answers"][number] | null) ?? []) : [],
  );
  const taken = systemAttributes[TAKEN_KEY];
  return { answers, taken: taken === undefined ? null : (JSON.parse(taken) as number | null) };
}
