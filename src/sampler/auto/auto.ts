import type { JsonValue, Params, Space } from "../../space/index.ts";
import type { HistoryView } from "../../trial/history-view.ts";
import { createGp } from "../gp/gp.ts";
import { readGpOptions } from "../gp/gp-options.ts";
import type { ConditionalSampler, Sampler, Suggestion, SuggestRequest } from "../sampler.ts";
import { createTpe } from "../tpe/tpe.ts";

/** Finished trials from which the Gaussian process gives way to the density estimator, whose cost hardly grows. */
const MOST_GP_TRIALS = 1000;

/** The sampler of studies that name none: `gp` up to a thousand finished trials, `tpe` beyond. Takes the options of `gp`. */
export function createAuto(options: Readonly<Record<string, JsonValue>>, space: Space): Sampler {
  readGpOptions(options, "sampler auto");
  return new AutoSampler(createGp(options, space), createTpe({}, space));
}

class AutoSampler implements Sampler {
  readonly name = "auto";
  readonly needsView = true;
  readonly heavy = true;
  readonly #gp: ConditionalSampler;
  readonly #tpe: ConditionalSampler;

  constructor(gp: ConditionalSampler, tpe: ConditionalSampler) {
    this.#gp = gp;
    this.#tpe = tpe;
  }

  suggest(view: HistoryView, request: SuggestRequest, count: number): readonly Suggestion[] {
    return this.#sampler(view).suggest(view, request, count);
  }

  suggestGiven(view: HistoryView, request: SuggestRequest, known: Params): Suggestion {
    return this.#sampler(view).suggestGiven(view, request, known);
  }

  prepare(view: HistoryView, request: SuggestRequest): void {
    this.#sampler(view).prepare?.(view, request);
  }

  #sampler(view: HistoryView): ConditionalSampler {
    return view.rows.length < MOST_GP_TRIALS ? this.#gp : this.#tpe;
  }
}
