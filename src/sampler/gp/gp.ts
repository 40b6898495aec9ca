import { DenseKernel } from "../../numeric/linalg/dense-kernel.ts";
import type { JsonValue, Params, Space } from "../../space/index.ts";
import { FeatureMap } from "../../surrogate/gp/feature-map.ts";
import { PointSpace } from "../../surrogate/gp/point-space.ts";
import type { HistoryView } from "../../trial/history-view.ts";
import type { ConditionalSampler, Sampler, Suggestion, SuggestRequest } from "../sampler.ts";
import type { SuggestionWhy } from "../suggestion-why.ts";
import { type GpOptions, readGpOptions } from "./gp-options.ts";
import { fitCount, HyperSchedule } from "./hyper-schedule.ts";
import { KnownPlaces } from "./known-places.ts";
import { byNumberOfObjectives, ManyGp } from "./many/many-gp.ts";
import { type ModelTask, proposeByModel } from "./model-proposal.ts";
import { ObservationReader, type Observations, readObservations } from "./observations.ts";
import { meanActive, PointDraws } from "./point-draws.ts";
import { untriedPoint } from "./untried-point.ts";
import { FIRST_WHOLE, MOST_WAITED } from "./whole-first.ts";

/** Trials before the first model: these, and one more for each group of parameters that are active together. */
const LEAST_FIRST = 5;
const MOST_FIRST = 10;

/** Bayesian optimisation by a Gaussian process over mixed, conditional spaces. */
export function createGp(options: Readonly<Record<string, JsonValue>>, space: Space): ConditionalSampler {
  const read = readGpOptions(options);
  const firstTrials = (points: PointSpace) =>
    read.initial ?? Math.min(MOST_FIRST, LEAST_FIRST + points.groupAxes.length);
  return byNumberOfObjectives(new GpSampler(read, space, firstTrials), () => new ManyGp(read, space, firstTrials));
}

interface Found {
  readonly point: Float64Array;
  readonly why: SuggestionWhy;
}

class GpSampler implements Sampler {
  readonly name = "gp";
  readonly needsView = true;
  readonly heavy = true;
  readonly #options: GpOptions;
  readonly #kernel = new DenseKernel();
  readonly #map: FeatureMap;
  readonly #schedule: HyperSchedule;
  readonly #firstTrials: number;
  readonly #reader: ObservationReader;

  constructor(options: GpOptions, space: Space, firstTrials: (points: PointSpace) => number) {
    this.#options = options;
    const points = new PointSpace(space);
    this.#map = new FeatureMap(points, meanActive(points));
    this.#reader = new ObservationReader(points);
    this.#schedule = new HyperSchedule(this.#kernel, this.#map, options.operations);
    this.#firstTrials = firstTrials(points);
  }

  suggest(view: HistoryView, request: SuggestRequest, count: number): readonly Suggestion[] {
    const suggestions: Suggestion[] = [];
    for (let k = 0; k < count; k++) {
      const earlier = suggestions.map(({ params }, i) => ({ number: request.number + i, params }));
      const mark = this.#kernel.mark();
      const { point, why } = this.#suggestOne(view.withPending(earlier), request, request.number + k);
      this.#kernel.release(mark);
      suggestions.push({ params: this.#map.points.toParams(point), why });
    }
    return suggestions;
  }

  suggestGiven(view: HistoryView, request: SuggestRequest, values: Params): Suggestion {
    const known = new KnownPlaces(this.#map.points, values);
    const mark = this.#kernel.mark();
    const { point, why } = this.#suggestOne(view, request, request.number, known);
    this.#kernel.release(mark);
    return { params: known.toParams(point), why };
  }

  /** Fits the hyperparameters that the next suggestion is bound to use. */
  prepare(view: HistoryView, request: SuggestRequest): void {
    const rows = view.rows.length;
    if (rows < this.#firstTrials) return;
    const { points } = this.#map;
    const metric = request.metrics[0]!;
    const mark = this.#kernel.mark();
    this.#schedule.fit(fitCount(rows), (count) => readObservations(view, points, metric, count));
    this.#kernel.release(mark);
  }

  #suggestOne(view: HistoryView, request: SuggestRequest, number: number, known: KnownPlaces | null = null): Found {
    const { points } = this.#map;
    const stream = request.streams(number).stream("gp");
    const metric = request.metrics[0]!;
    const seen = this.#reader.read(view, metric);
    const observationsAt = (count: number) =>
      count === view.rows.length ? seen : readObservations(view, points, metric, count);
    const pending = view.pending.map(({ params }) => points.fromParams(params));
    const taken = [...seen.valued, ...seen.failed, ...pending];
    const keys = new Set(taken.map((point) => points.key(point)));
    const allowed = (point: Float64Array) => !keys.has(points.key(point)) && (known ?? points).isFeasible(point);
    const drawn = new PointDraws(this.#map, { stream, known, allowed, seed: request.seed, number });
    const draws = (count: number) => drawn.allowed(count);
    const plain = (phase: SuggestionWhy["phase"]) => whyWithoutModel(phase, seen.valued.length, pending.length);
    if (seen.valued.length < 2 || this.#isFirst(seen, taken.length)) {
      const point = drawn.first(taken);
      if (point !== null) return { point, why: plain("initial") };
    } else {
      const rows = view.rows.length;
      const task: ModelTask = { number, metric, seen, pending, rows, observationsAt, draws, allowed, known };
      const found = proposeByModel(task, this.#schedule, this.#options, this.#kernel, stream);
      if (found !== null) return found;
    }
    const untried = draws(200)[0] ?? untriedPoint(points, allowed, stream, known?.places);
    const point = untried ?? drawn.any(1)[0]!;
    return { point, why: plain("random") };
  }

  #isFirst({ levels }: Observations, taken: number): boolean {
    if (taken < this.#firstTrials || levels === null) return taken < this.#firstTrials;
    const whole = levels.filter((level) => level === 0).length;
    return whole < FIRST_WHOLE && taken < MOST_WAITED * this.#firstTrials;
  }
}

function whyWithoutModel(phase: SuggestionWhy["phase"], trials: number, pending: number): SuggestionWhy {
  return { version: 1, phase, member: null, trials, pending, predicted: null, acquisition: null, incumbent: null };
}
