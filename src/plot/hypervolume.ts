import { usefulRange } from "../analysis/useful-range.ts";
import { hypervolume } from "../numeric/hypervolume/hypervolume.ts";
import { compileLimits, GrowingFront, isVisible, metricValue } from "../objective/index.ts";
import type { Metric } from "../trial/metric.ts";
import type { Trial } from "../trial/trial.ts";

/** How the front of several objectives has grown. */
export interface HypervolumeFigure {
  readonly type: "hypervolume";
  readonly metrics: readonly Metric[];
  /** Of each objective the value that counts as 0, and the one that counts as 1: the worst that is worth a look, and the best. */
  readonly bounds: readonly (readonly [worst: number, best: number])[];
  /** Trials that moved the front; of very many some, and the last. Share of the box between the bounds that it takes up, in [0, 1]. */
  readonly points: readonly { readonly trial: number; readonly volume: number; readonly front: number }[];
  /** Trials with a value of each objective. */
  readonly complete: number;
  readonly trials: number;
}

/** Moments at which the volume is computed at most. */
const MOST_POINTS = 200;

/** The hypervolume of the front over the trials. */
export function hypervolumeFigure(
  trials: readonly Trial[],
  metrics: readonly Metric[],
  limitTexts: readonly string[] = [],
): HypervolumeFigure {
  const finished = trials.filter(
    (trial) =>
      trial.state === "complete" &&
      isVisible(trial) &&
      metrics.every(({ name }) => Number.isFinite(metricValue(trial, name))),
  );
  const head = { type: "hypervolume", metrics, complete: finished.length, trials: trials.length } as const;
  if (finished.length === 0 || metrics.length < 2) return { ...head, bounds: [], points: [] };
  const bounds = metrics.map(({ name, direction }) => {
    const values = finished.map((trial) => metricValue(trial, name));
    const [low, high] = usefulRange(values, direction);
    return direction === "minimize" ? ([high, low] as const) : ([low, high] as const);
  });
  const front = new GrowingFront(metrics, compileLimits(limitTexts));
  const moments: { readonly trial: number; readonly points: readonly (readonly number[])[] }[] = [];
  for (const trial of finished) if (front.admit(trial)) moments.push({ trial: trial.number, points: front.points });
  const points = someOf(moments).map(({ trial, points: held }) => ({
    trial,
    volume: volumeOf(held, bounds),
    front: held.length,
  }));
  return { ...head, bounds, points };
}

function someOf<T>(list: readonly T[]): readonly T[] {
  if (list.length <= MOST_POINTS) return list;
  return Array.from({ length: MOST_POINTS }, (_, k) => list[Math.round((k * (list.length - 1)) / (MOST_POINTS - 1))]!);
}

/** Each objective from 0 (best) to 1 (worst). */
function volumeOf(points: readonly (readonly number[])[], bounds: HypervolumeFigure["bounds"]): number {
  const scaled = points.map((point) =>
    bounds.map(([worst, best], k) => (worst === best ? 0 : Math.max(0, (point[k]! - best) / (worst - best)))),
  );
  return hypervolume(
    scaled,
    bounds.map(() => 1),
  );
}
