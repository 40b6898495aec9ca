import { BadForm } from "../operations/bad-form.ts";

/** Longest time that is taken for a stream of events that is to end, in seconds: a day. */
export const MOST_STREAM_SECONDS = 86_400;

const NUMBER = /^(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/;

/**
 * Seconds after which a stream of events is to end, by what stands behind the `?`; null for no end.
 *
 * @throws BadForm.
 */
export function streamSeconds(given: readonly string[]): number | null {
  const [text] = given;
  if (text === undefined) return null;
  const seconds = given.length === 1 && NUMBER.test(text) ? Number(text) : Number.NaN;
  if (seconds > 0 && seconds <= MOST_STREAM_SECONDS) return seconds;
  const shown = given.join(", ").slice(0, 100);
  throw new BadForm(`seconds is ${shown}; give one number above 0, at most ${MOST_STREAM_SECONDS}.`);
}
