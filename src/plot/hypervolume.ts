import { usefulRange } from "../analysis/useful-range.ts";
import { hypervolume } from "../numeric/hypervolume/hypervolume.ts";
import { compileLimits, GrowingFront, isVisible, keepsLimits, metricValue } from "../objective/index.ts";
import type { Metric } from "../trial/metric.ts";
import type { Trial } from "../trial/trial.ts";
import { GrowingArea } from "./growing-area.ts";

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

const MOST_POINTS = 200;
/** With three objectives and more: moments at which the volume is computed, and points of a front that it is computed from. */
const MOST_MOMENTS = 40;
const MOST_HELD = 150;

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
  const points =
    metrics.length === 2
      ? areas(finished, metrics, bounds, limitTexts)
      : volumes(finished, metrics, bounds, limitTexts);
  return { ...head, bounds, points: someOf(points, MOST_POINTS) };
}

type Bounds = HypervolumeFigure["bounds"];
type Points = HypervolumeFigure["points"];

/** By two objectives each step is an area that is added. */
function areas(
  finished: readonly Trial[],
  metrics: readonly Metric[],
  bounds: Bounds,
  limitTexts: readonly string[],
): Points {
  const limits = compileLimits(limitTexts);
  const front = new GrowingArea();
  const points: Points[number][] = [];
  for (const trial of finished) {
    const [x, y] = scaled(
      metrics.map(({ name }) => metricValue(trial, name)),
      bounds,
    );
    if (!keepsLimits(trial, limits) || !front.admit(x!, y!)) continue;
    points.push({ trial: trial.number, volume: front.area, front: front.size });
  }
  return points;
}

/** By more the volume is computed anew, at a few moments, of large fronts from some of their points. */
function volumes(
  finished: readonly Trial[],
  metrics: readonly Metric[],
  bounds: Bounds,
  limitTexts: readonly string[],
): Points {
  const front = new GrowingFront(metrics, compileLimits(limitTexts));
  const moments: { readonly trial: number; readonly points: readonly (readonly number[])[] }[] = [];
  for (const trial of finished) if (front.admit(trial)) moments.push({ trial: trial.number, points: front.points });
  const reference = bounds.map(() => 1);
  return someOf(moments, MOST_MOMENTS).map(({ trial, points: held }) => ({
    trial,
    volume: hypervolume(
      someOf(held, MOST_HELD).map((point) => scaled(point, bounds)),
      reference,
    ),
    front: held.length,
  }));
}

/** Each objective from 0 (best) to 1 (worst). */
function scaled(point: readonly number[], bounds: Bounds): readonly number[] {
  return bounds.map(([worst, best], k) => (worst === best ? 0 : Math.max(0, (point[k]! - best) / (worst - best))));
}

function someOf<T>(list: readonly T[], most: number): readonly T[] {
  if (list.length <= most) return list;
  return Array.from({ length: most }, (_, k) => list[Math.round((k * (list.length - 1)) / (most - 1))]!);
}
