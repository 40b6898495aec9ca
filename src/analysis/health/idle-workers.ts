import type { TrialList } from "../../trial/list/trial-list.ts";
import type { Attempt } from "../../trial/trial.ts";

/** How little of a run's time its workers had something to do. */
export interface IdleWorkers {
  readonly workers: number;
  /** Attempts looked at, and the share of their time that the workers were busy. */
  readonly attempts: number;
  readonly busy: number;
  /** Seconds that one attempt took in the middle, and that a worker waited before the next. */
  readonly attemptSeconds: number;
  readonly waitSeconds: number;
  /** Seconds for which workers had nothing to do, all together. */
  readonly idleSeconds: number;
}

/** Of the newest run this many trials tell how it goes now. */
const NEWEST = 1_000;
const FEWEST = 20;
const BUSY = 0.5;
/** Less is not worth a word. Seconds. */
const LEAST_IDLE = 60;
/** A stretch in which no worker of the run had anything is somebody's pause, or a machine that slept, where it is that much longer than they are. */
const PAUSE = 10;
const LEAST_PAUSE = 10;

interface Ran {
  readonly worker: string;
  /** Seconds. */
  readonly start: number;
  readonly end: number;
}

/**
 * Where the workers of the newest run were busy for less than half of its time, up to the start of its last trial: behind that there
 * is nothing left to begin. Null otherwise, and for trials that were asked for by hand, whose workers nobody knows.
 */
export function idleWorkers(list: TrialList): IdleWorkers | null {
  const ran = newestRun(list);
  if (ran.length < FEWEST) return null;
  const last = ran.at(-1)!.start;
  const workers = Map.groupBy(ran, ({ worker }) => worker);
  const span = last - ran[0]!.start - pauses(ran);
  const busySeconds = ran.reduce((sum, { start, end }) => sum + Math.min(end, last) - start, 0);
  const idleSeconds = workers.size * span - busySeconds;
  const busy = busySeconds / (workers.size * span);
  if (!(busy < BUSY) || idleSeconds < LEAST_IDLE) return null;
  return {
    workers: workers.size,
    attempts: ran.length,
    busy,
    attemptSeconds: medianOf(ran.map(({ start, end }) => end - start)),
    waitSeconds: medianOf([...workers.values()].flatMap(waitsOf)),
    idleSeconds,
  };
}

/** The newest attempts of the run that began the newest one, by start. */
function newestRun(list: TrialList): readonly Ran[] {
  const attempts: { readonly run: string; readonly ran: Ran }[] = [];
  for (let place = list.length - 1; place >= Math.max(0, list.length - NEWEST); place--) {
    for (const { attempts: own } of list.at(place)!.segments)
      for (const attempt of own) {
        const run = runOf(attempt);
        const ran = run === null ? null : timesOf(attempt);
        if (run !== null && ran !== null) attempts.push({ run, ran });
      }
  }
  attempts.sort((a, b) => a.ran.start - b.ran.start);
  const newest = attempts.at(-1)?.run;
  return attempts.filter(({ run }) => run === newest).map(({ ran }) => ran);
}

function runOf({ owner }: Attempt): string | null {
  if (owner.kind !== "leased" || owner.process === null) return null;
  const { boot, namespace, pid, started } = owner.process;
  return [boot, namespace, pid, started].join(" ");
}

/** Null while it runs, and where it was lost. */
function timesOf({ owner, startedAt, endedAt, seconds, outcome }: Attempt): Ran | null {
  if (owner.kind !== "leased" || endedAt === null || outcome === "lost") return null;
  const start = startedAt / 1000;
  return {
    worker: owner.worker,
    start,
    end: seconds === undefined ? Math.max(start, endedAt / 1000) : start + seconds,
  };
}

/** Seconds in which nothing ran for long beside the usual. */
function pauses(ran: readonly Ran[]): number {
  const still: number[] = [];
  let end = ran[0]!.end;
  for (const one of ran) {
    if (one.start > end) still.push(one.start - end);
    end = Math.max(end, one.end);
  }
  const usual = still.length === 0 ? 0 : medianOf(still);
  return still.filter((gap) => gap > Math.max(LEAST_PAUSE, PAUSE * usual)).reduce((sum, gap) => sum + gap, 0);
}

function waitsOf(own: readonly Ran[]): readonly number[] {
  return own.slice(1).map(({ start }, place) => Math.max(0, start - own[place]!.end));
}

function medianOf(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[sorted.length >> 1] ?? 0;
}
