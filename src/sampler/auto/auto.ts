import type { JsonValue, Params, Space } from "../../space/index.ts";
import type { HistoryView } from "../../trial/history-view.ts";
import { createGp } from "../gp/gp.ts";
import { readGpOptions } from "../gp/gp-options.ts";
import { isPlain } from "../gp/many/many-gp.ts";
import { createNsga2 } from "../nsga2/nsga2.ts";
import { createNsga3 } from "../nsga3/nsga3.ts";
import type { ConditionalSampler, Sampler, Suggestion, SuggestRequest } from "../sampler.ts";
import { createTpe } from "../tpe/tpe.ts";

/** Finished trials from which the Gaussian process gives way to the density estimator, whose cost hardly grows. */
const MOST_GP_TRIALS = 1000;

/** The same where each objective and each limit has a process of its own. */
const MOST_GP_TRIALS_OF_MANY = 300;
/** Objectives from which on nearly everything is undominated. */
const MANY = 4;

/**
 * The sampler of studies that name none: `gp` up to a thousand finished trials, `tpe` beyond; with several objectives or limits `gp` up to three
 * hundred, beyond `tpe` for one objective, `nsga2` for two and three, `nsga3` for more. Takes the options of `gp`.
 */
export function createAuto(options: Readonly<Record<string, JsonValue>>, space: Space): Sampler {
  readGpOptions(options, "sampler auto");
  return new AutoSampler({
    gp: createGp(options, space),
    tpe: createTpe({}, space),
    nsga2: createNsga2({}, space),
    nsga3: createNsga3({}, space),
  });
}

type Member = "gp" | "tpe" | "nsga2" | "nsga3";

class AutoSampler implements Sampler {
  readonly name = "auto";
  readonly needsView = true;
  readonly heavy = true;
  readonly byPreference = true;
  readonly #members: Readonly<Record<Member, ConditionalSampler>>;

  constructor(members: Readonly<Record<Member, ConditionalSampler>>) {
    this.#members = members;
  }

  suggest(view: HistoryView, request: SuggestRequest, count: number): readonly Suggestion[] {
    return this.#sampler(view, request).suggest(view, request, count);
  }

  suggestGiven(view: HistoryView, request: SuggestRequest, known: Params): Suggestion {
    return this.#sampler(view, request).suggestGiven(view, request, known);
  }

  prepare(view: HistoryView, request: SuggestRequest): void {
    this.#sampler(view, request).prepare?.(view, request);
  }

  #sampler(view: HistoryView, request: SuggestRequest): ConditionalSampler {
    return this.#members[memberFor(view.rows.length, request)];
  }
}

function memberFor(rows: number, request: SuggestRequest): Member {
  if (isPlain(request)) return rows < MOST_GP_TRIALS ? "gp" : "tpe";
  if (rows < MOST_GP_TRIALS_OF_MANY) return "gp";
  const { length } = request.metrics;
  return length === 1 ? "tpe" : length < MANY ? "nsga2" : "nsga3";
}
