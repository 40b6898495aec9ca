import { keyedStreams } from "../../../src/numeric/random/keyed-streams.ts";
import { createSampler } from "../../../src/sampler/registry.ts";
import type { Sampler } from "../../../src/sampler/sampler.ts";
import { type FinishedRow, makeView } from "../../../src/sampler/testing/make-view.testing.ts";
import type { JsonValue, Params } from "../../../src/space/json.ts";
import type { Space } from "../../../src/space/space.ts";
import type { Contender } from "./contender.ts";

const METRICS = [{ name: "value", direction: "maximize" }] as const;

export interface SamplerSetup {
  readonly sampler: string;
  readonly options: Readonly<Record<string, JsonValue>>;
  readonly seed: number;
  readonly budget: number;
}

/** A sampler of Attune on a history of its own; `seconds` counts `suggest` alone. */
export class SamplerContender implements Contender {
  readonly #sampler: Sampler;
  readonly #space: Space;
  readonly #setup: SamplerSetup;
  readonly #rows: FinishedRow[] = [];
  readonly #pending = new Map<number, Params>();
  #asked = 0;
  seconds = 0;

  constructor(space: Space, setup: SamplerSetup) {
    this.#space = space;
    this.#setup = setup;
    this.#sampler = createSampler({ name: setup.sampler, options: setup.options }, space);
  }

  ask(trial: number): Params | null {
    const { seed, budget } = this.#setup;
    const space = this.#space;
    const pending = Array.from(this.#pending, ([number, params]) => ({ number, params }));
    const view = makeView({ space, metrics: METRICS, rows: this.#rows, pending, revision: this.#rows.length + 1 });
    const remaining = budget - this.#asked;
    const streams = (number: number) => keyedStreams(seed, number);
    const request = {
      space,
      metrics: METRICS,
      seed,
      number: trial,
      index: this.#asked,
      streams,
      remaining,
      inputs: { remaining },
    };
    const start = performance.now();
    const params = this.#sampler.suggest(view, request, 1)[0]?.params ?? null;
    this.seconds += (performance.now() - start) / 1000;
    this.#asked += 1;
    if (params !== null) this.#pending.set(trial, params);
    return params;
  }

  tell(trial: number, params: Params, value: number): void {
    this.#pending.delete(trial);
    const ending = Number.isNaN(value)
      ? ({ state: "failed", outcome: "nan" } as const)
      : ({ state: "complete", outcome: "ok" } as const);
    this.#rows.push({ trial, params, ...ending, segment: 0, step: Number.NaN, values: [value] });
  }

  close(): void {}
}
