import { keyedStreams } from "../../src/numeric/random/keyed-streams.ts";
import { createSampler } from "../../src/sampler/registry.ts";
import type { JsonValue, Params } from "../../src/space/json.ts";
import type { Space } from "../../src/space/space.ts";
import type { Metric } from "../../src/trial/metric.ts";
import { GrowingHistory } from "./growing-view.ts";

export interface SamplerRun {
  readonly sampler: string;
  readonly options?: Readonly<Record<string, JsonValue>>;
  readonly space: Space;
  readonly metrics: readonly Metric[];
  readonly limits?: readonly string[];
  /** Metrics that limits look at besides. */
  readonly kept?: readonly string[];
  readonly seed: number;
  readonly evaluations: number;
}

/** One trial after the other; answers with the values of each, those kept besides last. */
export async function runSampler(
  run: SamplerRun,
  evaluate: (params: Params) => readonly number[] | Promise<readonly number[]>,
): Promise<readonly (readonly number[])[]> {
  const { space, metrics, seed, evaluations, limits } = run;
  const sampler = createSampler({ name: run.sampler, options: run.options ?? {} }, space);
  const history = new GrowingHistory(space, [...metrics.map(({ name }) => name), ...(run.kept ?? [])], evaluations);
  const all: (readonly number[])[] = [];
  for (let trial = 0; trial < evaluations; trial++) {
    const remaining = evaluations - trial;
    const request = {
      ...{ space, metrics, seed, number: trial, index: trial, remaining, inputs: { remaining } },
      ...(limits !== undefined && { limits }),
      streams: (number: number) => keyedStreams(seed, number),
    };
    const { params } = sampler.suggest(history.view(), request, 1)[0]!;
    const values = await evaluate(params);
    history.add(params, values);
    all.push(values);
  }
  return all;
}
