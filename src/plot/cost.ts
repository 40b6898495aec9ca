import { compareValues, keepsLimits, type Limit } from "../objective/index.ts";
import { STATE_CODES } from "../trial/history-view.ts";
import { TrialList } from "../trial/list/trial-list.ts";
import type { Metric } from "../trial/metric.ts";
import type { Trial } from "../trial/trial.ts";
import { thinPlaces } from "./thin-points.ts";

const COMPLETE = STATE_CODES.indexOf("complete");

/** What trials cost against how good they are. */
export interface CostFigure {
  readonly type: "cost";
  readonly metric: Metric;
  /** `cost`: what those who ran the trials counted; else the seconds that their attempts took. */
  readonly unit: "seconds" | "cost";
  /** Complete trials with a finite value: what each cost by itself; of very many some. */
  readonly points: readonly { readonly trial: number; readonly cost: number; readonly value: number }[];
  /** Each improvement, with all that was spent until then. */
  readonly best: readonly { readonly trial: number; readonly spent: number; readonly value: number }[];
  /** All that was spent, on trials of any end. */
  readonly spent: number;
  readonly complete: number;
}

/** Cost against quality; trials count in the order in which they ended. */
export function costFigure(
  trials: Iterable<Trial>,
  metric: Metric,
  limits: readonly Limit[] = [],
  most: number = Number.POSITIVE_INFINITY,
): CostFigure {
  const list = TrialList.of(trials);
  const { numbers, states } = list;
  const { unit, costs, order } = costsOf(list);
  const values = list.values(metric.name);
  const best: { trial: number; spent: number; value: number }[] = [];
  const complete = new Int32Array(order.length);
  let [count, spent] = [0, 0];
  for (const place of order) {
    spent += costs[place]!;
    const value = values[place]!;
    if (states[place] !== COMPLETE || !Number.isFinite(value)) continue;
    complete[count++] = place;
    const before = best.at(-1);
    if (before !== undefined && compareValues(value, before.value, metric.direction) >= 0) continue;
    if (keepsLimits(list.at(place)!, limits)) best.push({ trial: numbers[place]!, spent, value });
  }
  const shown = new Set(thinPlaces(complete.subarray(0, count), most, costs, values));
  const points = [...complete.subarray(0, count)].flatMap((place) =>
    shown.has(place) ? [{ trial: numbers[place]!, cost: costs[place]!, value: values[place]! }] : [],
  );
  return { type: "cost", metric, unit, points, best, spent, complete: count };
}

/** What the attempts of each trial took together, by place, and the places of the visible ones in the order in which they ended. */
function costsOf(list: TrialList): {
  readonly unit: CostFigure["unit"];
  readonly costs: Float64Array;
  readonly order: Int32Array;
} {
  const { hidden, numbers, seconds } = list;
  const given = new Float64Array(list.length).fill(Number.NaN);
  const ends = new Float64Array(list.length).fill(Number.NEGATIVE_INFINITY);
  const visible = new Int32Array(list.length);
  let count = 0;
  for (let place = 0; place < list.length; place++) {
    if (hidden[place] === 1) continue;
    visible[count++] = place;
    for (const { attempts } of list.at(place)!.segments)
      for (const { cost, startedAt, endedAt } of attempts) {
        if (cost !== undefined) given[place] = (Number.isNaN(given[place]) ? 0 : given[place]!) + cost;
        ends[place] = Math.max(ends[place]!, endedAt ?? startedAt);
      }
  }
  const own = visible.subarray(0, count);
  const order = own.sort((a, b) => (ends[a] === ends[b] ? numbers[a]! - numbers[b]! : ends[a]! - ends[b]!));
  const unit = own.some((place) => !Number.isNaN(given[place])) ? "cost" : "seconds";
  const costs = (unit === "cost" ? given : seconds).map((cost) => (Number.isNaN(cost) ? 0 : cost));
  return { unit, costs, order };
}
