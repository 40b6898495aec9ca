import { isVisible } from "../objective/index.ts";
import type { Owner } from "../trial/owner.ts";
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

/** A time in which nothing ran, between runs of the study. */
export interface TimelineBreak {
  readonly start: number;
  readonly end: number;
}

/** When each attempt ran. */
export interface TimelineFigure {
  readonly type: "timeline";
  /** By start. */
  readonly bars: readonly TimelineBar[];
  readonly lanes: number;
  /** By start. A pause within a run is none. */
  readonly breaks: readonly TimelineBreak[];
}

/** What ran when, and how full the workers were. */
export function timelineFigure(trials: readonly Trial[]): TimelineFigure {
  const attempts = trials.filter(isVisible).flatMap(({ number, segments }) =>
    segments
      .flatMap((segment) => segment.attempts)
      .map(({ startedAt, endedAt, outcome, owner }, attempt) => ({
        trial: number,
        attempt,
        start: startedAt,
        end: endedAt,
        outcome,
        run: runOf(owner),
      })),
  );
  attempts.sort((a, b) => a.start - b.start || a.trial - b.trial || a.attempt - b.attempt);
  const freeAt: number[] = [];
  const breaks = breaksOf(attempts);
  const bars = attempts.map(({ run: _, ...attempt }) => {
    const free = freeAt.findIndex((time) => time <= attempt.start);
    const lane = free < 0 ? freeAt.length : free;
    freeAt[lane] = attempt.end ?? Number.POSITIVE_INFINITY;
    return { ...attempt, lane };
  });
  return { type: "timeline", bars, lanes: freeAt.length, breaks };
}

/** The process that ran it, by which the attempts of one run are known; null for those that were asked for one by one. */
function runOf(owner: Owner): string | null {
  if (owner.kind !== "leased" || owner.process === null) return null;
  const { boot, namespace, pid, started } = owner.process;
  return [boot, namespace, pid, started].join(" ");
}

interface Ran {
  readonly start: number;
  readonly end: number | null;
  readonly run: string | null;
}

/** Where nothing runs, and no run has attempts on both sides. `attempts` are sorted by their start. */
function breaksOf(attempts: readonly Ran[]): readonly TimelineBreak[] {
  const lastOf = new Map<string, number>();
  for (const [place, { run }] of attempts.entries()) if (run !== null) lastOf.set(run, place);
  const breaks: TimelineBreak[] = [];
  let [end, reach] = [Number.NEGATIVE_INFINITY, -1];
  for (const [place, attempt] of attempts.entries()) {
    if (place > 0 && attempt.start > end && reach < place) breaks.push({ start: end, end: attempt.start });
    end = Math.max(end, attempt.end ?? Number.POSITIVE_INFINITY);
    if (attempt.run !== null) reach = Math.max(reach, lastOf.get(attempt.run)!);
  }
  return breaks;
}
