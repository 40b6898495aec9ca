import { OptionReader } from "../../component/option-reader.ts";
import type { StreamSource } from "../../numeric/random/stream-source.ts";
import { isActive } from "../../space/conditions.ts";
import { isFeasible } from "../../space/constraints.ts";
import { fixParams } from "../../space/fix-params.ts";
import type { JsonValue, Params } from "../../space/json.ts";
import { sampleUniform } from "../../space/sample-uniform.ts";
import type { Space } from "../../space/space.ts";
import { ParzenKernel } from "../../surrogate/parzen/parzen-kernel.ts";
import type { HistoryView, PendingTrial } from "../../trial/history-view.ts";
import type { ConditionalSampler, Sampler, Suggestion, SuggestRequest } from "../sampler.ts";
import { GroupModel, type Outlook } from "./group-model.ts";
import { ManyRanking } from "./many-ranking.ts";
import { groupParameters } from "./parameter-group.ts";
import type { Ranking } from "./ranking.ts";
import { TrialRanking } from "./trial-ranking.ts";

/**
 * Trials are ranked at the highest rung to which as many came as there are parameters and two more (Falkner et al., "BOHB", 2018), and no fewer than
 * these.
 */
const LEAST_AT_RUNG = 10;
const BEYOND_PARAMETERS = 2;

/** Finished trials from which on half of the proposals look near the good trials. */
const HALF_NEAR = 50;

interface TpeOptions {
  /** Finished trials before the first model. */
  readonly startup: number;
  /** Draws among which each group's values are chosen. */
  readonly candidates: number;
}

/**
 * Tree-structured Parzen estimator, multivariate over parameters that are active together: Bergstra et al., "Algorithms for
 * hyper-parameter optimization" (NIPS 2011), with the constants of Watanabe, arXiv 2304.11127. The more trials there are, the more
 * of the proposals look near the good ones. Pending trials count as ordinary ones, so that workers keep out of each other's way;
 * so do failed trials.
 */
export function createTpe(options: Readonly<Record<string, JsonValue>>, space: Space): ConditionalSampler {
  const reader = new OptionReader("sampler tpe", options);
  const read = {
    startup: reader.integer("startup", { default: 10, low: 0, high: 1_000_000 }),
    candidates: reader.integer("candidates", { default: 24, low: 1, high: 10_000 }),
  };
  reader.done();
  return new Tpe(space, read);
}

class Tpe implements Sampler {
  readonly name = "tpe";
  readonly needsView = true;
  /** Reading a history for the first time takes a hundred milliseconds then. */
  readonly heavy = 20_000;
  readonly #space: Space;
  readonly #options: TpeOptions;
  /** Trials that a rung is to have been reached by, for trials to be ranked there. */
  readonly #enough: number;
  #ranking: Ranking;
  #good: ReadonlySet<number> = new Set();
  #models: ReadonlyMap<string, GroupModel> | null = null;

  constructor(space: Space, options: TpeOptions) {
    this.#space = space;
    this.#options = options;
    const searched = space.parameters.filter(({ type }) => type !== "fixed").length;
    this.#enough = Math.max(LEAST_AT_RUNG, searched + BEYOND_PARAMETERS);
    this.#ranking = new TrialRanking(this.#enough);
  }

  suggest(view: HistoryView, request: SuggestRequest, count: number): readonly Suggestion[] {
    const pending: PendingTrial[] = [...view.pending];
    const suggestions: Suggestion[] = [];
    for (let number = request.number; number < request.number + count; number++) {
      const params = this.#one(view, pending, request, number);
      suggestions.push({ params });
      pending.push({ number, params });
    }
    return suggestions;
  }

  suggestGiven(view: HistoryView, request: SuggestRequest, known: Params): Suggestion {
    return { params: this.#one(view, view.pending, request, request.number, known) };
  }

  #one(
    view: HistoryView,
    pending: readonly PendingTrial[],
    request: SuggestRequest,
    number: number,
    known: Params = {},
  ): Params {
    const source = request.streams(number);
    this.#read(view, pending, request, source);
    if (this.#ranking.size < this.#options.startup) return sampleUniform(this.#within(known), source);
    return this.#compose(source, known) ?? this.#bestFeasible(source, known);
  }

  #within(known: Params): Space {
    return Object.keys(known).length === 0 ? this.#space : fixParams(this.#space, known);
  }

  /** Values group by group, each the best draw that breaks no constraint with what stands so far; null when there is none. */
  #compose(source: StreamSource, known: Params): Params | null {
    const params: Record<string, JsonValue> = {};
    const chosen = new Map<string, JsonValue>();
    for (const parameter of this.#space.parameters) {
      if (!isActive(parameter, params)) continue;
      const { name } = parameter;
      if (parameter.type === "fixed") chosen.set(name, parameter.value);
      else if (!chosen.has(name)) {
        const kept = this.#feasibleDraw(this.#modelOf().get(name)!, source, known, params);
        if (kept === null) return null;
        for (const [other, value] of Object.entries(kept)) chosen.set(other, value);
      }
      params[name] = chosen.get(name)!;
    }
    return isFeasible(this.#space, params) ? params : null;
  }

  /** The best draw of a group that breaks no constraint with what stands so far, or null. */
  #feasibleDraw(model: GroupModel, source: StreamSource, known: Params, standing: Params): Params | null {
    const { group } = model;
    for (const values of model.draw(source.stream(group.key), this.#options.candidates, known)) {
      const params: Record<string, JsonValue> = {};
      for (let d = 0; d < values.length; d++) params[group.axes[d]!.parameter.name] = values[d]!;
      if (isFeasible(this.#space, { ...standing, ...params })) return params;
    }
    return null;
  }

  /** Where draws of the model are never feasible (equations, narrow shares): the best of as many feasible random ones. */
  #bestFeasible(source: StreamSource, known: Params): Params {
    const random = (k: number): StreamSource => ({ stream: (key) => source.stream(`tpe/feasible ${k}/${key}`) });
    const { candidates } = this.#options;
    const space = this.#within(known);
    const drawn = Array.from({ length: candidates }, (_, k) => sampleUniform(space, random(k)));
    const scores = new Float64Array(candidates);
    for (const model of this.#allModels())
      for (const [c, ratio] of model.ratiosOf(drawn).entries()) scores[c] = scores[c]! + ratio;
    let best = 0;
    for (let c = 1; c < candidates; c++) if (scores[c]! > scores[best]!) best = c;
    return drawn[best]!;
  }

  /** Brings the densities up to the view and the pending trials. */
  #read(view: HistoryView, pending: readonly PendingTrial[], request: SuggestRequest, source: StreamSource): void {
    const moved = this.#moved(view, request);
    const good = new Set(this.#ranking.good());
    const demoted = [...this.#good].filter((number) => !good.has(number) && !moved.includes(number));
    const promoted = [...good].filter((number) => !this.#good.has(number) || moved.includes(number));
    const withRow = (numbers: readonly number[]) =>
      numbers.map((number) => ({ number, row: this.#ranking.row(number) }));
    const ordinary = withRow([...moved.filter((number) => !good.has(number)), ...demoted]);
    const { size } = this.#ranking;
    const outlook: Outlook = source.stream("tpe/outlook").float() < size / (size + HALF_NEAR) ? "near" : "wide";
    const regrouping = { columns: view.columns, moved, ordinary, good: withRow(promoted), outlook };
    const running = pending.filter(({ number }) => !this.#ranking.has(number));
    for (const model of this.#allModels()) model.regroup(regrouping, running);
    this.#good = good;
  }

  /** Trials of which another row counts than before: all, where the view does not go on from the last one. */
  #moved(view: HistoryView, request: SuggestRequest): readonly number[] {
    const many = request.metrics.length > 1 || (request.limits?.length ?? 0) > 0;
    const moved = many === this.#ranking instanceof ManyRanking ? this.#ranking.read(view, request) : null;
    if (moved !== null) return moved;
    this.#ranking = many ? new ManyRanking(this.#enough) : new TrialRanking(this.#enough);
    this.#good = new Set();
    this.#models = null;
    return this.#ranking.read(view, request)!;
  }

  #allModels(): ReadonlySet<GroupModel> {
    return new Set(this.#modelOf().values());
  }

  /** By parameter; made when first needed, since many a sampler is only asked what kind it is. */
  #modelOf(): ReadonlyMap<string, GroupModel> {
    if (this.#models === null) {
      const kernel = new ParzenKernel();
      const groups = groupParameters(this.#space);
      const models = new Map([...new Set(groups.values())].map((group) => [group, new GroupModel(group, kernel)]));
      this.#models = new Map([...groups].map(([name, group]) => [name, models.get(group)!]));
    }
    return this.#models;
  }
}
