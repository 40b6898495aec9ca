import { keyedStreams } from "../../numeric/random/keyed-streams.ts";
import type { Params } from "../../space/json.ts";
import type { Space } from "../../space/space.ts";
import type { Metric } from "../../trial/metric.ts";
import type { Sampler } from "../sampler.ts";
import { type FinishedRow, makeView } from "./make-view.testing.ts";

export interface RunOfMany {
  readonly space: Space;
  readonly metrics: readonly Metric[];
  readonly limits?: readonly string[];
  /** Metrics that limits look at besides. */
  readonly kept?: readonly Metric[];
  readonly trials: number;
  readonly seed: number;
  /** Of suggestions, besides what is left. */
  readonly inputs?: Readonly<Record<string, number>>;
}

/** The values of so many trials, one after the other. */
export function valuesOfRun(
  sampler: Sampler,
  { space, metrics, limits, kept = [], trials, seed, inputs = {} }: RunOfMany,
  evaluate: (params: Params) => readonly number[],
): readonly (readonly number[])[] {
  const rows: FinishedRow[] = [];
  const streams = (trial: number) => keyedStreams(seed, trial);
  for (let number = 0; number < trials; number++) {
    const view = makeView({ space, metrics: [...metrics, ...kept], rows, pending: [], revision: number + 1 });
    const remaining = trials - number;
    const asked = { space, metrics, seed, number, index: number, streams, remaining, inputs: { remaining, ...inputs } };
    const request = limits === undefined ? asked : { ...asked, limits };
    const { params } = sampler.suggest(view, request, 1)[0]!;
    const values = evaluate(params);
    rows.push({ trial: number, params, state: "complete", outcome: "ok", segment: 0, step: Number.NaN, values });
  }
  return rows.map(({ values }) => values);
}
