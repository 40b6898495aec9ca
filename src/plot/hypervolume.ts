import { usefulRange } from "../analysis/useful-range.ts";
import { hypervolume } from "../numeric/hypervolume/hypervolume.ts";
import { compareValues, compileLimits, FinishedTrials, GrowingFront, keepsLimits } from "../objective/index.ts";
import type { TrialList } from "../trial/list/trial-list.ts";
import type { Metric } from "../trial/metric.ts";
import type { Trial } from "../trial/trial.ts";
import { GrowingArea } from "./growing-area.ts";

/** How the front of several objectives has grown. */
export interface HypervolumeFigure {
  readonly type: "hypervolume";
  readonly metrics: readonly Metric[];
  /** Of each objective the value that counts as 0, and the one that counts as 1: its reference, or the worst that is worth a look, and the best. */
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
  trials: Iterable<Trial>,
  metrics: readonly Metric[],
  limitTexts: readonly string[] = [],
): HypervolumeFigure {
  const finished = finishedOf(trials, metrics);
  const { places, series, list } = finished;
  const head = { type: "hypervolume", metrics, complete: places.length, trials: list.length } as const;
  if (places.length === 0 || metrics.length < 2) return { ...head, bounds: [], points: [] };
  const bounds = metrics.map(({ direction, reference }, k) => {
    const values = Float64Array.from(places, (place) => series[k]![place]!);
    const [low, high] = usefulRange(values, direction);
    const [worst, best] = direction === "minimize" ? [high, low] : [low, high];
    return [reference ?? worst, best] as const;
  });
  const points =
    metrics.length === 2
      ? areas(finished, metrics, bounds, limitTexts)
      : volumes(finished, metrics, bounds, limitTexts);
  return { ...head, bounds, points: someOf(points, MOST_POINTS) };
}

/** Trials with a finite value of each objective. */
interface Finished {
  readonly list: TrialList;
  readonly places: Int32Array;
  /** Values of each objective, by place. */
  readonly series: readonly Float64Array[];
}

function finishedOf(trials: Iterable<Trial>, metrics: readonly Metric[]): Finished {
  const { list, places } = FinishedTrials.of(trials, metrics[0]!);
  const series = metrics.map(({ name }) => list.values(name));
  const whole = places.filter((place) => series.every((values) => Number.isFinite(values[place])));
  return { list, places: whole, series };
}

type Bounds = HypervolumeFigure["bounds"];
type Points = HypervolumeFigure["points"];

/** By two objectives each step is an area that is added. */
function areas(
  { list, places, series }: Finished,
  metrics: readonly Metric[],
  bounds: Bounds,
  limitTexts: readonly string[],
): Points {
  const limits = compileLimits(limitTexts);
  const front = new GrowingArea();
  const points: Points[number][] = [];
  for (const place of places) {
    const [x, y] = scaled(
      series.map((values) => values[place]!),
      metrics,
      bounds,
    );
    if (limits.length > 0 && !keepsLimits(list.at(place)!, limits)) continue;
    if (front.admit(x!, y!)) points.push({ trial: list.numbers[place]!, volume: front.area, front: front.size });
  }
  return points;
}

/** By more the volume is computed anew, at a few moments, of large fronts from some of their points. */
function volumes(
  { list, places }: Finished,
  metrics: readonly Metric[],
  bounds: Bounds,
  limitTexts: readonly string[],
): Points {
  const front = new GrowingFront(metrics, compileLimits(limitTexts));
  const moments: { readonly trial: number; readonly points: readonly (readonly number[])[] }[] = [];
  for (const place of places) {
    const trial = list.at(place)!;
    if (front.admit(trial)) moments.push({ trial: trial.number, points: front.points });
  }
  const reference = bounds.map(() => 1);
  return someOf(moments, MOST_MOMENTS).map(({ trial, points: held }) => ({
    trial,
    volume: hypervolume(
      someOf(held, MOST_HELD).map((point) => scaled(point, metrics, bounds)),
      reference,
    ),
    front: held.length,
  }));
}

/** Each objective from 0 (best) to 1 (worst). */
function scaled(point: readonly number[], metrics: readonly Metric[], bounds: Bounds): readonly number[] {
  return bounds.map(([worst, best], k) => {
    const { direction, reference } = metrics[k]!;
    if (reference !== undefined && compareValues(best, reference, direction) >= 0) return 1;
    return worst === best ? 0 : Math.max(0, (point[k]! - best) / (worst - best));
  });
}

function someOf<T>(list: readonly T[], most: number): readonly T[] {
  if (list.length <= most) return list;
  return Array.from({ length: most }, (_, k) => list[Math.round((k * (list.length - 1)) / (most - 1))]!);
}
