import { isDominated } from "../numeric/pareto/is-dominated.ts";
import type { HeldOutRole, HeldOutRun } from "../trial/held-out-run.ts";
import type { Metric } from "../trial/metric.ts";
import { type HeldOutCandidate, type HeldOutConfiguration, type HeldOutJudgement, judgeHeldOut } from "./held-out.ts";

/** A configuration to be judged on held-out data by several objectives, with the values that it has in the study; null where it has none. */
export interface HeldOutPoint extends Omit<HeldOutCandidate, "seen"> {
  readonly seen: Readonly<Record<string, number>> | null;
}

/** What became of a point on held-out data. */
export interface HeldOutFrontConfiguration extends HeldOutPoint, Omit<HeldOutConfiguration, "seen" | "heldOut"> {
  /** By the names of the held-out metrics, null for one that is not finite; null without a run that ended well. */
  readonly heldOut: Readonly<Record<string, number | null>> | null;
  /** Which of the others are, on held-out data, as good in everything and better in something; null where it lacks a value. */
  readonly beatenBy: readonly { readonly role: HeldOutRole; readonly trial: number | null }[] | null;
}

/** Seen values of points of a front against held-out ones. */
export interface HeldOutFrontJudgement {
  readonly configurations: readonly HeldOutFrontConfiguration[];
  /** By each objective; leads are those of the chosen point. */
  readonly objectives: readonly Omit<HeldOutJudgement, "configurations">[];
}

/**
 * Compares what points, the chosen one first, gave on held-out data with what they were chosen for. `runs[k]` is of point k; `metrics` are what the runs are compared by,
 * `seenMetrics` the study's objectives in the same order.
 */
export function judgeHeldOutFront(
  points: readonly HeldOutPoint[],
  runs: readonly (HeldOutRun | null)[],
  metrics: readonly Metric[],
  seenMetrics: readonly string[],
): HeldOutFrontJudgement {
  const judged = metrics.map((metric, at) => {
    const seen = seenMetrics[at]!;
    const candidates = points.map((point) => ({ ...point, seen: point.seen?.[seen] ?? null }));
    return judgeHeldOut(candidates, runs, metric, seen);
  });
  const valuesOf = (place: number): readonly (number | null)[] =>
    judged.map(({ configurations }) => configurations[place]!.heldOut);
  const rows = points.map((_point, place) => smallIsGood(valuesOf(place), metrics));
  const configurations = points.map((point, place): HeldOutFrontConfiguration => {
    const { run, outcome, message } = judged[0]!.configurations[place]!;
    const values = metrics.map(({ name }, at) => [name, valuesOf(place)[at]!] as const);
    const heldOut = outcome === "ok" ? Object.fromEntries(values) : null;
    return { ...point, run, heldOut, outcome, message, beatenBy: beatenBy(place, rows, points) };
  });
  return { configurations, objectives: judged.map(({ configurations: _, ...rest }) => rest) };
}

function smallIsGood(values: readonly (number | null)[], metrics: readonly Metric[]): readonly number[] | null {
  const row = values.flatMap((value, at) => {
    if (value === null) return [];
    return [metrics[at]!.direction === "minimize" ? value : -value];
  });
  return row.length === metrics.length ? row : null;
}

function beatenBy(
  place: number,
  rows: readonly (readonly number[] | null)[],
  points: readonly HeldOutPoint[],
): HeldOutFrontConfiguration["beatenBy"] {
  const own = rows[place] ?? null;
  if (own === null) return null;
  return points.flatMap(({ role, trial }, other) => {
    const row = rows[other] ?? null;
    return row !== null && isDominated(row, own) ? [{ role, trial }] : [];
  });
}
