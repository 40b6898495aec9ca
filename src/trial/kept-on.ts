import type { Trial } from "./trial.ts";

/** Whether a segment of a trial went on from the checkpoint of the one before, or with its program, as far as the record tells yet. */
export function keptOn(segments: Trial["segments"], segment: number): boolean {
  const [before, own] = [segments[segment - 1], segments[segment]];
  const last = before?.attempts.at(-1);
  if (last?.frozen?.givenUp === null) return true;
  return (
    last?.checkpoint != null &&
    last.dropped === undefined &&
    own?.attempts.every(({ missing }) => missing === undefined) === true
  );
}
