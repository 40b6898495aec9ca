import type { StreamSource } from "../../numeric/random/stream-source.ts";
import type { Params } from "../../space/json.ts";
import { repairParams } from "../../space/repair-params.ts";
import { sampleUniform } from "../../space/sample-uniform.ts";
import type { Space } from "../../space/space.ts";
import { PointSpace } from "../../surrogate/gp/point-space.ts";
import type { HistoryView, PendingTrial } from "../../trial/history-view.ts";
import { KnownPlaces } from "../gp/known-places.ts";
import type { ConditionalSampler, Sampler, Suggestion, SuggestRequest } from "../sampler.ts";
import type { Survival } from "./member.ts";
import { Population } from "./population.ts";
import { childOf, type VariationOptions } from "./variation.ts";

/** Children drawn until one is new and keeps the constraints. */
const TRIES = 30;

export interface EvolutionOptions extends VariationOptions {
  /** Complete trials before the first child; until then configurations are random. */
  readonly initial: number;
}

/**
 * Evolution in steady state: every suggestion is a child of the population as it stands, however many trials are under way. Shared by the
 * algorithms that differ in who survives.
 */
export function createEvolution(
  name: string,
  space: Space,
  options: EvolutionOptions,
  survivalOf: (objectives: number) => Survival,
): ConditionalSampler {
  return new Evolution(name, space, options, survivalOf);
}

class Evolution implements Sampler {
  readonly name: string;
  readonly needsView = true;
  /** Reading a history for the first time takes a hundred milliseconds then. */
  readonly heavy = 10_000;
  readonly #options: EvolutionOptions;
  readonly #points: PointSpace;
  readonly #survivalOf: (objectives: number) => Survival;
  #population: { readonly objectives: number; readonly survival: Survival; readonly all: Population } | null = null;

  constructor(name: string, space: Space, options: EvolutionOptions, survivalOf: (objectives: number) => Survival) {
    this.name = name;
    this.#options = options;
    this.#points = new PointSpace(space);
    this.#survivalOf = survivalOf;
  }

  suggest(view: HistoryView, request: SuggestRequest, count: number): readonly Suggestion[] {
    const pending: PendingTrial[] = [...view.pending];
    const suggestions: Suggestion[] = [];
    for (let number = request.number; number < request.number + count; number++) {
      const params = this.#one(view, pending, request, number, null);
      suggestions.push({ params });
      pending.push({ number, params });
    }
    return suggestions;
  }

  suggestGiven(view: HistoryView, request: SuggestRequest, values: Params): Suggestion {
    const known = Object.keys(values).length === 0 ? null : new KnownPlaces(this.#points, values);
    const params = this.#one(view, view.pending, request, request.number, known);
    return { params };
  }

  #one(
    view: HistoryView,
    pending: readonly PendingTrial[],
    request: SuggestRequest,
    number: number,
    known: KnownPlaces | null,
  ): Params {
    const source = request.streams(number);
    const space = known?.space ?? this.#points.space;
    const { survival, all } = this.#read(view, request);
    if (all.members.length < 2 || all.admitted < this.#options.initial) return sampleUniform(space, source);
    const stream = source.stream(this.name);
    const ranks = all.ranks();
    const merit = survival.merit(all.members, ranks);
    const better = (a: number, b: number): number => {
      if (ranks[a] !== ranks[b]) return ranks[a]! < ranks[b]! ? a : b;
      return merit[b]! > merit[a]! ? b : a;
    };
    const size = all.members.length;
    const parent = (): Float64Array => all.members[better(stream.int(size), stream.int(size))]!.point;
    const taken = new Set(pending.map(({ params }) => this.#points.key(this.#points.fromParams(params))));
    for (const member of all.members) taken.add(member.key);
    let child = this.#points.fromParams({});
    for (let k = 0; k < TRIES; k++) {
      const made = childOf(this.#points, [parent(), parent()], this.#options, stream);
      child = known === null ? made : known.impose(made, (axis) => this.#points.uniform(axis, stream.float()));
      if (!taken.has(this.#points.key(child)) && (known ?? this.#points).isFeasible(child))
        return this.#params(child, known);
    }
    const repaired: StreamSource = { stream: (key) => source.stream(`${this.name}/${key}`) };
    return repairParams(space, this.#params(child, known), repaired);
  }

  #params(point: Float64Array, known: KnownPlaces | null): Params {
    return known === null ? this.#points.toParams(point) : known.toParams(point);
  }

  #read(view: HistoryView, request: SuggestRequest) {
    const objectives = request.metrics.length;
    if (this.#population?.objectives !== objectives) {
      const survival = this.#survivalOf(objectives);
      this.#population = { objectives, survival, all: new Population(this.#points, survival) };
    }
    this.#population.all.read(view, request);
    return this.#population;
  }
}
