import type { JsonValue, Space } from "../../space/index.ts";
import type { HistoryView } from "../../trial/history-view.ts";
import { createGp } from "../gp/gp.ts";
import { readGpOptions } from "../gp/gp-options.ts";
import type { Sampler, Suggestion, SuggestRequest } from "../sampler.ts";
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
  readonly #gp: Sampler;
  readonly #tpe: Sampler;

  constructor(gp: Sampler, tpe: Sampler) {
    this.#gp = gp;
    this.#tpe = tpe;
  }

  suggest(view: HistoryView, request: SuggestRequest, count: number): readonly Suggestion[] {
    const sampler = view.rows.length < MOST_GP_TRIALS ? this.#gp : this.#tpe;
    return sampler.suggest(view, request, count);
  }
}
