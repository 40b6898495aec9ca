import { Configurations, compileLimits, frontsOf, groupStandings, kneeOf } from "../objective/index.ts";
import type { Metric } from "../trial/metric.ts";
import type { FigureSource } from "./figure.ts";
import { thinPoints } from "./thin-points.ts";

/** A configuration by all objectives. */
export interface FrontFigurePoint {
  /** Its first trial. */
  readonly trial: number;
  /** Means of its runs, in the order of the objectives. */
  readonly values: readonly number[];
  /** Whether it keeps the limits. */
  readonly feasible: boolean;
}

/** A limit that is a line in the picture: a bound of one objective. */
export interface LimitLine {
  readonly metric: string;
  readonly at: number;
  readonly text: string;
}

/** Configurations by several objectives, and those that no other beats in all of them. */
export interface FrontFigure {
  readonly type: "front";
  readonly metrics: readonly Metric[];
  readonly limits: readonly LimitLine[];
  /** The front, by the first objective, best first. */
  readonly front: readonly FrontFigurePoint[];
  /** The others; of very many some. */
  readonly others: readonly FrontFigurePoint[];
  /** First trial of the point at which the front bends most; null for no front. */
  readonly knee: number | null;
  /** First trial of the point that somebody chose, or prefers by what was answered; null where nobody said anything. */
  readonly preferred: number | null;
  readonly configurations: number;
}

const LIMIT = /^(?:values\.)?([\p{L}_][\p{L}\p{N}_]*) (?:<=|<|>=|>) (-?\d[\d.e+-]*)$/u;

/**
 * The front of a study; of one objective it is the best configuration alone.
 *
 * @param most - of those that are not on it at most about so many, those that stick out.
 */
export function frontFigure(
  { metrics, limits: limitTexts, ...study }: Pick<FigureSource, "metrics" | "limits" | "trials" | "preferredOf">,
  most: number = Number.POSITIVE_INFINITY,
): FrontFigure {
  const limits = compileLimits(limitTexts);
  const groups = [...Configurations.of(study.trials(), metrics)];
  const standing = groupStandings(groups, limits);
  const pointOf = (group: (typeof groups)[number]): FrontFigurePoint => ({
    trial: group.first.number,
    values: metrics.map(({ name }) => group.means[name]!),
    feasible: standing(group).feasible,
  });
  const best = frontsOf(groups, metrics, limits).front;
  const taken = new Set(best);
  const front = best.map(pointOf);
  const others = groups.filter((group) => !taken.has(group)).map(pointOf);
  const knee = kneeOf(
    front.map(({ values }) => values),
    metrics,
  );
  return {
    type: "front",
    metrics,
    limits: limitTexts.flatMap((text) => lineOf(text, metrics)),
    front,
    others: thinCloud(others, most, metrics.length),
    knee: knee === null ? null : front[knee]!.trial,
    preferred: study.preferredOf?.(best.map(({ first, means }) => ({ number: first.number, values: means }))) ?? null,
    configurations: groups.length,
  };
}

/** Of very many points those that stick out when the first objective is seen against each of the others. */
function thinCloud(points: readonly FrontFigurePoint[], most: number, objectives: number): readonly FrontFigurePoint[] {
  if (points.length <= most) return points;
  const seen = Math.max(1, objectives - 1);
  const kept = new Set(
    Array.from({ length: seen }, (_, k) =>
      thinPoints(
        points,
        most / seen,
        ({ values }) => values[0]!,
        ({ values }) => values[k + 1] ?? 0,
      ),
    ).flat(),
  );
  return points.filter((point) => kept.has(point));
}

function lineOf(text: string, metrics: readonly Metric[]): readonly LimitLine[] {
  const [, metric, at] = LIMIT.exec(text) ?? [];
  return metric !== undefined && metrics.some(({ name }) => name === metric) ? [{ metric, at: Number(at), text }] : [];
}
