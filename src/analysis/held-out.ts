import { compareValues, leadOver } from "../objective/index.ts";
import type { Params } from "../space/json.ts";
import { decodeNumber } from "../trial/encoded-number.ts";
import type { HeldOutRole, HeldOutRun } from "../trial/held-out-run.ts";
import type { Metric } from "../trial/metric.ts";
import type { Outcome } from "../trial/trial.ts";

/** A configuration to be judged on held-out data, with the value it has in the study; null where it has none. */
export interface HeldOutCandidate {
  readonly role: HeldOutRole;
  readonly trial: number | null;
  readonly params: Params;
  readonly seen: number | null;
}

/** What became of a candidate on held-out data. */
export interface HeldOutConfiguration extends HeldOutCandidate {
  /** Number of the run; null where there is none. */
  readonly run: number | null;
  /** Null without a finite value. */
  readonly heldOut: number | null;
  readonly outcome: Outcome | null;
  readonly message: string | null;
}

/** The winner against another configuration, each by one held-out run; above 0 the winner is better. */
export interface HeldOutLead {
  readonly over: HeldOutRole;
  /** Of the other; null for defaults that were never tried. */
  readonly trial: number | null;
  /** By the values that the study has. */
  readonly seen: number;
  readonly heldOut: number;
  /** Share of the seen lead that is left, below 0 where the other is better now; null where there was no lead. */
  readonly remains: number | null;
}

/** Seen values against held-out ones. */
export interface HeldOutJudgement {
  /** What the held-out runs are compared by, as good in the same direction as the study's own. */
  readonly metric: Metric;
  readonly seenMetric: string;
  readonly configurations: readonly HeldOutConfiguration[];
  readonly leads: readonly HeldOutLead[];
  /** Whether the configurations that have both values stand in another order now; null when fewer than two have. */
  readonly rankChanged: boolean | null;
  /** True when two or more configurations gave one value. */
  readonly allSame: boolean;
  /** True when each value of the study's own metric came out as it was seen, to the last digit. */
  readonly asSeen: boolean;
}

/** Compares what candidates, the winner first, gave on held-out data with what they were chosen for. `runs[k]` is of candidate k. */
export function judgeHeldOut(
  candidates: readonly HeldOutCandidate[],
  runs: readonly (HeldOutRun | null)[],
  metric: Metric,
  seenMetric: string,
): HeldOutJudgement {
  const configurations = candidates.map((candidate, k) => configurationOf(candidate, runs[k] ?? null, metric));
  const [winner, ...others] = configurations;
  const leads = winner === undefined ? [] : others.flatMap((other) => leadOf(winner, other, metric));
  const values = configurations.map(({ heldOut }) => heldOut).filter((value) => value !== null);
  return {
    metric,
    seenMetric,
    configurations,
    leads,
    rankChanged: rankChanged(configurations, metric),
    asSeen: metric.name === seenMetric && seenAgain(configurations),
    allSame: values.length > 1 && new Set(values).size === 1,
  };
}

function seenAgain(configurations: readonly HeldOutConfiguration[]): boolean {
  const both = configurations.filter(({ seen, heldOut }) => seen !== null && heldOut !== null);
  return both.length > 0 && both.every(({ seen, heldOut }) => seen === heldOut);
}

function configurationOf(candidate: HeldOutCandidate, run: HeldOutRun | null, metric: Metric): HeldOutConfiguration {
  if (run === null) return { ...candidate, run: null, heldOut: null, outcome: null, message: null };
  const value = run.values[metric.name];
  const number = run.end.outcome !== "ok" || value === undefined ? Number.NaN : decodeNumber(value);
  const { outcome, message } = run.end;
  return { ...candidate, run: run.number, heldOut: Number.isFinite(number) ? number : null, outcome, message };
}

function leadOf(winner: HeldOutConfiguration, other: HeldOutConfiguration, { direction }: Metric): HeldOutLead[] {
  if (winner.seen === null || winner.heldOut === null || other.seen === null || other.heldOut === null) return [];
  const seen = leadOver(winner.seen, other.seen, direction);
  const heldOut = leadOver(winner.heldOut, other.heldOut, direction);
  return [{ over: other.role, trial: other.trial, seen, heldOut, remains: seen > 0 ? heldOut / seen : null }];
}

function rankChanged(configurations: readonly HeldOutConfiguration[], { direction }: Metric): boolean | null {
  const both = configurations.flatMap(({ seen, heldOut }) =>
    seen === null || heldOut === null ? [] : [{ seen, heldOut }],
  );
  if (both.length < 2) return null;
  return both.some((a, k) =>
    both.slice(k + 1).some((b) => {
      const [before, now] = [compareValues(a.seen, b.seen, direction), compareValues(a.heldOut, b.heldOut, direction)];
      return before * now < 0;
    }),
  );
}
