import type { Trial } from "../../trial/trial.ts";

/** The attribute of a trial that holds its user's note, as JSON text. */
export const NOTE_KEY = "note";

/** The note on a trial, or null. */
export function noteOf(trial: Trial): string | null {
  const text = Object.hasOwn(trial.attributes, NOTE_KEY) ? trial.attributes[NOTE_KEY] : undefined;
  if (text === undefined) return null;
  const note: unknown = JSON.parse(text);
  return note === null || note === "" ? null : typeof note === "string" ? note : text;
}
