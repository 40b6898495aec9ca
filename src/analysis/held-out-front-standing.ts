import { decodeNumber } from "../trial/encoded-number.ts";
import { type HeldOutRun, heldOutMetrics } from "../trial/held-out-run.ts";
import { TrialList } from "../trial/list/trial-list.ts";
import type { Trial } from "../trial/trial.ts";
import type { FrontPoint } from "./front-point.ts";
import { sameHeldOutQuestion } from "./held-out-standing.ts";

/** Held-out values of a configuration that a report speaks of. */
export interface HeldOutFrontValues {
  /** The point's number on the front; of the defaults that of their trial, null where they were never tried. */
  readonly trial: number | null;
  /** False of defaults that are not of the front. */
  readonly onFront: boolean;
  readonly run: number;
  readonly values: Readonly<Record<string, number>>;
}

/** What is known of a front on held-out data, by the command that one of its points was run with last. */
export interface HeldOutFrontStanding {
  readonly metrics: readonly string[];
  /** The points of the front that were run, in its order, then the defaults; empty where the study has held-out runs, but none of this front that ended well. */
  readonly values: readonly HeldOutFrontValues[];
}

/** The newest held-out values of the points of a front and of the defaults; null while nothing was run on held-out data by so many objectives. */
export function heldOutFrontStanding(
  runs: readonly HeldOutRun[],
  trials: Iterable<Trial>,
  front: readonly FrontPoint<unknown>[],
): HeldOutFrontStanding | null {
  const asked = runs.filter(({ metrics }) => metrics !== undefined);
  const newest = asked.at(-1);
  if (newest === undefined) return null;
  const list = TrialList.of(trials);
  const configurationOf = (number: number | null): number | undefined =>
    number === null ? undefined : list.at(number)?.configuration;
  const known = asked.flatMap((run) => {
    const values = finiteValues(run);
    return run.end.outcome === "ok" && values !== null ? [{ run, values, of: configurationOf(run.trial) }] : [];
  });
  const places = new Map(front.map(({ number }) => [configurationOf(number), number]));
  const own = known.findLast(({ of }) => of !== undefined && places.has(of));
  if (own === undefined) return { metrics: heldOutMetrics(newest), values: [] };
  const alike = known.filter(({ run }) => sameHeldOutQuestion(run, own.run));
  const newestOf = (isIt: (one: (typeof known)[number]) => boolean, trial: number | null, onFront: boolean) => {
    const found = alike.findLast(isIt);
    return found === undefined
      ? []
      : [{ trial: trial ?? found.run.trial, onFront, run: found.run.number, values: found.values }];
  };
  const points = front.flatMap(({ number }) => newestOf(({ of }) => of === configurationOf(number), number, true));
  const isOff = (of: number | undefined): boolean => of === undefined || !places.has(of);
  const defaults = newestOf(({ run, of }) => run.role === "default" && isOff(of), null, false);
  return { metrics: heldOutMetrics(own.run), values: [...points, ...defaults] };
}

function finiteValues(run: HeldOutRun): Readonly<Record<string, number>> | null {
  const found = heldOutMetrics(run).map((name) => [name, decodeNumber(run.values[name] ?? "NaN")] as const);
  return found.every(([, value]) => Number.isFinite(value)) ? Object.fromEntries(found) : null;
}
