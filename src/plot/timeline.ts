import { isVisible } from "../objective/index.ts";
import type { Owner } from "../trial/owner.ts";
import type { Attempt, Outcome, Trial } from "../trial/trial.ts";
import { thinPoints } from "./thin-points.ts";

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
  /** Attempts in all: of very many only some have bars. */
  readonly attempts: number;
  /** From the first start to the last end, breaks left out. */
  readonly seconds: number;
  /** Share of that time that the lanes were taken, from 0 to 1; null while no time has passed. */
  readonly utilisation: number | null;
  /** Milliseconds since 1970 of the first start and the last end. */
  readonly span: readonly [start: number, end: number];
  /** How many ran at a time on average, in parts of the span of equal length. */
  readonly running: readonly number[];
}

const PARTS = 200;

/** What ran when, and how full the workers were; what runs still is taken to have run up to `now`. */
export function timelineFigure(
  trials: readonly Trial[],
  now: number = Number.NEGATIVE_INFINITY,
  most: number = Number.POSITIVE_INFINITY,
): TimelineFigure {
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
  const shown = thinPoints(
    bars,
    most,
    ({ start: at }) => at,
    ({ start: from, end: to }) => (to ?? now) - from,
  );
  return {
    type: "timeline",
    bars: shown,
    lanes: freeAt.length,
    breaks,
    attempts: bars.length,
    ...loadOf(bars, freeAt.length, breaks, now),
  };
}

/** How full the lanes were. */
function loadOf(bars: readonly TimelineBar[], lanes: number, breaks: readonly TimelineBreak[], now: number) {
  if (bars.length === 0) return { seconds: 0, utilisation: null, span: [0, 0] as const, running: [] };
  const start = bars[0]!.start;
  const endOfBar = (bar: TimelineBar): number => bar.end ?? Math.max(bar.start, now);
  const end = bars.reduce((latest, bar) => Math.max(latest, endOfBar(bar)), start);
  const pause = breaks.reduce((sum, one) => sum + one.end - one.start, 0);
  const busy = bars.reduce((sum, bar) => sum + endOfBar(bar) - bar.start, 0);
  const time = end - start - pause;
  const utilisation = time > 0 ? Math.min(1, busy / (lanes * time)) : null;
  const running = new Float64Array(end > start ? PARTS : 0);
  const width = (end - start) / PARTS;
  for (const bar of running.length === 0 ? [] : bars) {
    const [from, to] = [(bar.start - start) / width, (endOfBar(bar) - start) / width];
    for (let part = Math.floor(from); part < Math.min(PARTS, to); part++)
      running[part]! += Math.min(part + 1, to) - Math.max(part, from);
  }
  return { seconds: time / 1000, utilisation, span: [start, end] as const, running: [...running] };
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
