import { keyedStreams } from "../../numeric/random/keyed-streams.ts";
import type { Params } from "../../space/json.ts";
import type { Space } from "../../space/space.ts";
import type { Sampler } from "../sampler.ts";
import { type FinishedRow, makeView } from "./make-view.testing.ts";

const METRICS = [{ name: "loss", direction: "minimize" }] as const;

/** The least loss of so many trials, one after the other. */
export function bestOfRun(
  sampler: Sampler,
  space: Space,
  loss: (params: Params) => number,
  { trials, seed }: { readonly trials: number; readonly seed: number },
): number {
  const rows: FinishedRow[] = [];
  const streams = (trial: number) => keyedStreams(seed, trial);
  for (let number = 0; number < trials; number++) {
    const view = makeView({ space, metrics: METRICS, rows, pending: [], revision: number + 1 });
    const remaining = trials - number;
    const request = { space, metrics: METRICS, seed, number, index: number, streams, remaining, inputs: { remaining } };
    const { params } = sampler.suggest(view, request, 1)[0]!;
    const values = [loss(params)];
    rows.push({ trial: number, params, state: "complete", outcome: "ok", segment: 0, step: Number.NaN, values });
  }
  return Math.min(...rows.map(({ values }) => values[0]!));
}
