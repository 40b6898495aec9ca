import { DenseKernel } from "../../../numeric/linalg/dense-kernel.ts";
import type { Params, Space } from "../../../space/index.ts";
import { FeatureMap } from "../../../surrogate/gp/feature-map.ts";
import { PointSpace } from "../../../surrogate/gp/point-space.ts";
import type { HistoryView } from "../../../trial/history-view.ts";
import type { ConditionalSampler, Sampler, Suggestion, SuggestRequest } from "../../sampler.ts";
import type { SuggestionWhy } from "../../suggestion-why.ts";
import type { GpOptions } from "../gp-options.ts";
import { KnownPlaces } from "../known-places.ts";
import { meanActive, PointDraws } from "../point-draws.ts";
import { untriedPoint } from "../untried-point.ts";
import { FIRST_WHOLE, MOST_WAITED } from "../whole-first.ts";
import { ManyModels } from "./many-models.ts";
import { proposeByModels } from "./many-proposal.ts";
import { type TrialTable, TrialTables } from "./trial-table.ts";

/** Draws among which one is looked for where models propose nothing. */
const DRAWS = 200;

interface Found {
  readonly point: Float64Array;
  readonly why: SuggestionWhy;
}

/** The Gaussian processes of studies with several objectives or limits: one for each objective and each comparison of a limit. */
export class ManyGp implements ConditionalSampler {
  readonly name = "gp";
  readonly needsView = true;
  readonly heavy = true;
  readonly #options: GpOptions;
  readonly #kernel = new DenseKernel();
  readonly #map: FeatureMap;
  readonly #tables: TrialTables;
  readonly #models: ManyModels;
  readonly #firstTrials: number;

  /** `firstTrials` come before the first model. */
  constructor(options: GpOptions, space: Space, firstTrials: (points: PointSpace) => number) {
    const points = new PointSpace(space);
    this.#options = options;
    this.#map = new FeatureMap(points, meanActive(points));
    this.#tables = new TrialTables(points);
    this.#models = new ManyModels(this.#kernel, this.#map, this.#tables, options);
    this.#firstTrials = firstTrials(points);
  }

  suggest(view: HistoryView, request: SuggestRequest, count: number): readonly Suggestion[] {
    const suggestions: Suggestion[] = [];
    for (let k = 0; k < count; k++) {
      const earlier = suggestions.map(({ params }, i) => ({ number: request.number + i, params }));
      const { point, why } = this.#suggestOne(view.withPending(earlier), request, request.number + k, null);
      suggestions.push({ params: this.#map.points.toParams(point), why });
    }
    return suggestions;
  }

  suggestGiven(view: HistoryView, request: SuggestRequest, values: Params): Suggestion {
    const known = new KnownPlaces(this.#map.points, values);
    const { point, why } = this.#suggestOne(view, request, request.number, known);
    return { params: known.toParams(point), why };
  }

  /** Fits the hyperparameters that the next suggestion is bound to use. */
  prepare(view: HistoryView, request: SuggestRequest): void {
    if (view.rows.length < this.#firstTrials) return;
    this.#tables.read(view, request);
    const mark = this.#kernel.mark();
    this.#models.fit(view.rows.length, request);
    this.#kernel.release(mark);
  }

  #suggestOne(view: HistoryView, request: SuggestRequest, number: number, known: KnownPlaces | null): Found {
    const { points } = this.#map;
    this.#tables.read(view, request);
    const table = this.#tables.at(view.rows.length);
    const stream = request.streams(number).stream("gp");
    const pending = view.pending.map(({ params }) => points.fromParams(params));
    const taken = [...table.trials.map(({ point }) => point), ...table.failed, ...pending];
    const keys = new Set(taken.map((point) => points.key(point)));
    const allowed = (point: Float64Array) => !keys.has(points.key(point)) && (known ?? points).isFeasible(point);
    const draws = new PointDraws(this.#map, { stream, known, allowed, seed: request.seed, number });
    const plain = { version: 1, member: null, predicted: null, acquisition: null, incumbent: null } as const;
    const seen = { ...plain, trials: table.trials.length, pending: pending.length };
    if (this.#isFirst(table, taken.length)) {
      const point = draws.first(taken);
      if (point !== null) return { point, why: { ...seen, phase: "initial" } };
    } else {
      const mark = this.#kernel.mark();
      const task = { number, request, rows: view.rows.length, table, pending, known, draws, allowed, stream };
      const found = proposeByModels(task, this.#models, this.#options);
      this.#kernel.release(mark);
      if (found !== null) return { point: found.point, why: { ...seen, phase: "model", ...found.why } };
    }
    const untried = draws.allowed(DRAWS)[0] ?? untriedPoint(points, allowed, stream, known?.places);
    return { point: untried ?? draws.any(1)[0]!, why: { ...seen, phase: "random" } };
  }

  #isFirst({ trials, isAtRungs }: TrialTable, taken: number): boolean {
    const complete = trials.filter(({ result }) => result.kind === "complete").length;
    if (taken < this.#firstTrials || trials.length < 2) return true;
    if (!isAtRungs) return complete < 2;
    return complete < FIRST_WHOLE && taken < MOST_WAITED * this.#firstTrials;
  }
}

/** True where one objective alone is searched for, within no limits. */
export function isPlain({ metrics, limits }: SuggestRequest): boolean {
  return metrics.length === 1 && (limits ?? []).length === 0;
}

/** Suggests by `one` where there is one objective without limits, else by `many`, which is made when it is first asked. */
export function byNumberOfObjectives(one: ConditionalSampler, makeMany: () => ConditionalSampler): ConditionalSampler {
  let many: ConditionalSampler | null = null;
  const of = (request: SuggestRequest): ConditionalSampler => {
    if (isPlain(request)) return one;
    many ??= makeMany();
    return many;
  };
  return {
    ...({ name: one.name, needsView: one.needsView, heavy: one.heavy ?? false } satisfies Partial<Sampler>),
    byPreference: true,
    suggest: (view, request, count) => of(request).suggest(view, request, count),
    suggestGiven: (view, request, known) => of(request).suggestGiven(view, request, known),
    prepare: (view, request) => of(request).prepare?.(view, request),
  };
}
