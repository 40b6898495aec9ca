import { TrialList } from "../trial/list/trial-list.ts";
import type { Owner } from "../trial/owner.ts";
import type { Attempt, Outcome, Trial } from "../trial/trial.ts";
import { thinPlaces } from "./thin-points.ts";

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
  trials: Iterable<Trial>,
  now: number = Number.NEGATIVE_INFINITY,
  most: number = Number.POSITIVE_INFINITY,
): TimelineFigure {
  const ran = attemptsOf(trials);
  const { order, starts, ends } = ran;
  const lanes = new Int32Array(starts.length);
  const freeAt: number[] = [];
  for (const at of order) {
    const free = freeAt.findIndex((time) => time <= starts[at]!);
    const lane = free < 0 ? freeAt.length : free;
    freeAt[lane] = ends[at]!;
    lanes[at] = lane;
  }
  const breaks = breaksOf(ran);
  const longs = ends.map((end, at) => (end === OPEN ? now : end) - starts[at]!);
  const shown = new Set(thinPlaces(order, most, starts, longs));
  const bars = Array.from(
    order.filter((at) => shown.has(at)),
    (at): TimelineBar => ({
      trial: ran.trials[at]!,
      attempt: ran.attempts[at]!,
      start: starts[at]!,
      end: ends[at] === OPEN ? null : ends[at]!,
      outcome: ran.outcomes[at]!,
      lane: lanes[at]!,
    }),
  );
  const load = loadOf(ran, freeAt.length, breaks, now);
  return { type: "timeline", bars, lanes: freeAt.length, breaks, attempts: order.length, ...load };
}

/** The end of what runs still. */
const OPEN = Number.POSITIVE_INFINITY;

/** Attempts in columns, by trial. */
interface Ran {
  readonly trials: readonly number[];
  readonly attempts: readonly number[];
  readonly starts: Float64Array;
  readonly ends: Float64Array;
  readonly outcomes: readonly (Outcome | null)[];
  readonly runs: readonly (string | null)[];
  readonly jumps: readonly number[];
  /** Their places by start. */
  readonly order: Int32Array;
}

function attemptsOf(given: Iterable<Trial>): Ran {
  const list = TrialList.of(given);
  const [trials, attempts, starts, ends, jumps] = [[], [], [], [], []] as [
    number[],
    number[],
    number[],
    number[],
    number[],
  ];
  const outcomes: (Outcome | null)[] = [];
  const runs: (string | null)[] = [];
  const known = new Map<string | null, string | null>();
  for (let place = 0; place < list.length; place++) {
    if (list.hidden[place] === 1) continue;
    let own = 0;
    for (const segment of list.at(place)!.segments)
      for (const { startedAt, endedAt, seconds, outcome, owner } of segment.attempts) {
        const run = runOf(owner);
        if (!known.has(run)) known.set(run, run);
        trials.push(list.numbers[place]!);
        attempts.push(own++);
        starts.push(startedAt);
        ends.push(endOf(startedAt, endedAt, { ...(seconds !== undefined && { seconds }), outcome }));
        outcomes.push(outcome);
        // One text for all attempts of a run.
        runs.push(known.get(run)!);
        jumps.push(jumpOf(startedAt, endedAt, seconds));
      }
  }
  const order = Int32Array.from(starts, (_start, at) => at).sort(
    (a, b) => starts[a]! - starts[b]! || trials[a]! - trials[b]! || attempts[a]! - attempts[b]!,
  );
  const [startsAt, endsAt] = [Float64Array.from(starts), Float64Array.from(ends)];
  return { trials, attempts, starts: startsAt, ends: endsAt, outcomes, runs, jumps, order };
}

/** How full the lanes were. */
function loadOf({ order, starts, ends }: Ran, lanes: number, breaks: readonly TimelineBreak[], now: number) {
  if (order.length === 0) return { seconds: 0, utilisation: null, span: [0, 0] as const, running: [] };
  const start = starts[order[0]!]!;
  const endOfBar = (at: number): number => (ends[at] === OPEN ? Math.max(starts[at]!, now) : ends[at]!);
  const end = order.reduce((latest, at) => Math.max(latest, endOfBar(at)), start);
  const pause = breaks.reduce((sum, one) => sum + one.end - one.start, 0);
  const busy = order.reduce((sum, at) => sum + endOfBar(at) - starts[at]!, 0);
  const time = end - start - pause;
  const utilisation = time > 0 ? Math.min(1, busy / (lanes * time)) : null;
  const running = new Float64Array(end > start ? PARTS : 0);
  const width = (end - start) / PARTS;
  for (const at of running.length === 0 ? [] : order) {
    const [from, to] = [(starts[at]! - start) / width, (endOfBar(at) - start) / width];
    for (let part = Math.floor(from); part < Math.min(PARTS, to); part++)
      running[part]! += Math.min(part + 1, to) - Math.max(part, from);
  }
  return { seconds: time / 1000, utilisation, span: [start, end] as const, running: [...running] };
}

/** The clock may have been set while it ran. What was lost unmeasured ended in the log when somebody noticed: only its start is known. */
function endOf(start: number, end: number | null, { seconds, outcome }: Pick<Attempt, "seconds" | "outcome">): number {
  if (end === null) return OPEN;
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

/** Where nothing runs, and no run has attempts on both sides unless the clock jumped about as far. */
function breaksOf({ order, starts, ends, runs, jumps }: Ran): readonly TimelineBreak[] {
  const lastOf = new Map<string | null, number>();
  for (const [place, at] of order.entries()) lastOf.set(runs[at]!, place);
  const breaks: TimelineBreak[] = [];
  const jump = jumps.reduce((least, one) => (one > 0 ? Math.min(least, one) : least), Number.POSITIVE_INFINITY);
  let [end, reach] = [Number.NEGATIVE_INFINITY, 0];
  for (const [place, at] of order.entries()) {
    const start = starts[at]!;
    const pause = start - end;
    if (place > 0 && pause > 0 && (reach < place || pause >= jump / 2)) breaks.push({ start: end, end: start });
    end = Math.max(end, ends[at]!);
    if (runs[at] !== null) reach = Math.max(reach, lastOf.get(runs[at]!)!);
  }
  return breaks;
}
