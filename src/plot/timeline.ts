import { isVisible } from "../objective/index.ts";
import type { Owner } from "../trial/owner.ts";
import type { Attempt, Outcome, Trial } from "../trial/trial.ts";

/** Milliseconds. */
const LEAST_JUMP = 10_000;

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

/** A time in which nothing ran: between runs of the study, while the machine slept, or where its clock was set. */
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
  /** By start. Any other pause within a run is none. */
  readonly breaks: readonly TimelineBreak[];
}

/** What ran when, and how full the workers were. */
export function timelineFigure(trials: readonly Trial[]): TimelineFigure {
  const attempts = trials.filter(isVisible).flatMap(({ number, segments }) =>
    segments
      .flatMap((segment) => segment.attempts)
      .map(({ startedAt, endedAt, seconds, outcome, owner }, attempt) => ({
        trial: number,
        attempt,
        start: startedAt,
        end: endOf(startedAt, endedAt, { ...(seconds !== undefined && { seconds }), outcome }),
        outcome,
        run: runOf(owner),
        jump: jumpOf(startedAt, endedAt, seconds),
      })),
  );
  attempts.sort((a, b) => a.start - b.start || a.trial - b.trial || a.attempt - b.attempt);
  const freeAt: number[] = [];
  const breaks = breaksOf(attempts);
  const bars = attempts.map(({ run: _run, jump: _jump, ...attempt }) => {
    const free = freeAt.findIndex((time) => time <= attempt.start);
    const lane = free < 0 ? freeAt.length : free;
    freeAt[lane] = attempt.end ?? Number.POSITIVE_INFINITY;
    return { ...attempt, lane };
  });
  return { type: "timeline", bars, lanes: freeAt.length, breaks };
}

/** The clock may have been set while it ran. What was lost unmeasured ended in the log when somebody noticed: only its start is known. */
function endOf(
  start: number,
  end: number | null,
  { seconds, outcome }: Pick<Attempt, "seconds" | "outcome">,
): number | null {
  if (end === null) return null;
  if (seconds === undefined && outcome === "lost") return start;
  return seconds === undefined ? Math.max(start, end) : start + seconds * 1000;
}

/** By how many ms the clock went ahead or back while it ran, or 0 where that is little: an end is written a moment later. */
function jumpOf(start: number, end: number | null, seconds: number | undefined): number {
  if (end === null || seconds === undefined) return 0;
  const jump = Math.abs(end - start - seconds * 1000);
  return jump < LEAST_JUMP ? 0 : jump;
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
  readonly jump: number;
}

/**
 * Where nothing runs, and no run has attempts on both sides unless the clock jumped about as far. `attempts` are sorted by their
 * start.
 */
function breaksOf(attempts: readonly Ran[]): readonly TimelineBreak[] {
  const lastOf = new Map(attempts.map(({ run }, place) => [run, place]));
  const breaks: TimelineBreak[] = [];
  const jump = attempts.reduce(
    (least, one) => (one.jump > 0 ? Math.min(least, one.jump) : least),
    Number.POSITIVE_INFINITY,
  );
  let [end, reach] = [Number.NEGATIVE_INFINITY, 0];
  for (const [place, attempt] of attempts.entries()) {
    const pause = attempt.start - end;
    if (place > 0 && pause > 0 && (reach < place || pause >= jump / 2)) breaks.push({ start: end, end: attempt.start });
    end = Math.max(end, attempt.end ?? Number.POSITIVE_INFINITY);
    if (attempt.run !== null) reach = Math.max(reach, lastOf.get(attempt.run)!);
  }
  return breaks;
}
