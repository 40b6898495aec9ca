import { isVisible } from "../objective/index.ts";
import type { Outcome, Trial } from "../trial/trial.ts";

/** One attempt of a trial. */
export interface TimelineBar {
  readonly trial: number;
  readonly attempt: number;
  /** Milliseconds since 1970; `end` is null while it runs. */
  readonly start: number;
  readonly end: number | null;
  readonly outcome: Outcome | null;
  /** The first row that was free when it began: as many rows as attempts at a time. */
  readonly lane: number;
}

/** When each attempt ran. */
export interface TimelineFigure {
  readonly type: "timeline";
  /** By start. */
  readonly bars: readonly TimelineBar[];
  readonly lanes: number;
}

/** What ran when, and how full the workers were. */
export function timelineFigure(trials: readonly Trial[]): TimelineFigure {
  const attempts = trials.filter(isVisible).flatMap(({ number, segments }) =>
    segments
      .flatMap((segment) => segment.attempts)
      .map(({ startedAt, endedAt, outcome }, attempt) => ({
        trial: number,
        attempt,
        start: startedAt,
        end: endedAt,
        outcome,
      })),
  );
  attempts.sort((a, b) => a.start - b.start || a.trial - b.trial || a.attempt - b.attempt);
  const freeAt: number[] = [];
  const bars = attempts.map((attempt) => {
    const free = freeAt.findIndex((time) => time <= attempt.start);
    const lane = free < 0 ? freeAt.length : free;
    freeAt[lane] = attempt.end ?? Number.POSITIVE_INFINITY;
    return { ...attempt, lane };
  });
  return { type: "timeline", bars, lanes: freeAt.length };
}
