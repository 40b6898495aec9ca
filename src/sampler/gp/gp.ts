import { DenseKernel } from "../../numeric/linalg/dense-kernel.ts";
import { keyedStreams } from "../../numeric/random/keyed-streams.ts";
import type { RandomStream } from "../../numeric/random/stream-source.ts";
import type { JsonValue, Params, Space } from "../../space/index.ts";
import { sampleUniform } from "../../space/index.ts";
import { FeatureMap } from "../../surrogate/gp/feature-map.ts";
import { randomPoint } from "../../surrogate/gp/point-moves.ts";
import { PointSpace } from "../../surrogate/gp/point-space.ts";
import type { HistoryView } from "../../trial/history-view.ts";
import type { ConditionalSampler, Sampler, Suggestion, SuggestRequest } from "../sampler.ts";
import type { SuggestionWhy } from "../suggestion-why.ts";
import { type GpOptions, readGpOptions } from "./gp-options.ts";
import { fitCount, HyperSchedule } from "./hyper-schedule.ts";
import { centerPoint, farthestPoint } from "./initial-design.ts";
import { KnownPlaces } from "./known-places.ts";
import { type ModelTask, proposeByModel } from "./model-proposal.ts";
import { ObservationReader, type Observations, readObservations } from "./observations.ts";
import { untriedPoint } from "./untried-point.ts";

/** Trials before the first model: these, and one more for each group of parameters that are active together. */
const LEAST_FIRST = 5;
const MOST_FIRST = 10;
/**
 * Where trials are run in part the first model also waits for so many whole runs, up to so many times as many trials: before it has seen any, it takes the
 * order of short runs for that of whole ones, and looks nowhere else than where they are good.
 */
const FIRST_WHOLE = 5;
const MOST_WAITED = 4;

/** Bayesian optimisation by a Gaussian process over mixed, conditional spaces. */
export function createGp(options: Readonly<Record<string, JsonValue>>, space: Space): ConditionalSampler {
  return new GpSampler(readGpOptions(options), space);
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

  constructor(options: GpOptions, space: Space) {
    this.#options = options;
    const points = new PointSpace(space);
    this.#map = new FeatureMap(points, meanActive(points));
    this.#reader = new ObservationReader(points);
    this.#schedule = new HyperSchedule(this.#kernel, this.#map, options.operations);
    this.#firstTrials = options.initial ?? Math.min(MOST_FIRST, LEAST_FIRST + points.groupAxes.length);
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
    const draws = (count: number) => this.#draw(count, number, request, stream, known).filter(allowed);
    const plain = (phase: SuggestionWhy["phase"]) => whyWithoutModel(phase, seen.valued.length, pending.length);
    if (seen.valued.length < 2 || this.#isFirst(seen, taken.length)) {
      const point = this.#initial(taken, draws, allowed, stream, known);
      if (point !== null) return { point, why: plain("initial") };
    } else {
      const rows = view.rows.length;
      const task: ModelTask = { number, metric, seen, pending, rows, observationsAt, draws, allowed, known };
      const found = proposeByModel(task, this.#schedule, this.#options, this.#kernel, stream);
      if (found !== null) return found;
    }
    const untried = draws(200)[0] ?? untriedPoint(points, allowed, stream, known?.places);
    const point = untried ?? this.#draw(1, number, request, stream, known)[0]!;
    return { point, why: plain("random") };
  }

  #isFirst({ levels }: Observations, taken: number): boolean {
    if (taken < this.#firstTrials || levels === null) return taken < this.#firstTrials;
    const whole = levels.filter((level) => level === 0).length;
    return whole < FIRST_WHOLE && taken < MOST_WAITED * this.#firstTrials;
  }

  /** Random points; drawn by the space itself where it has constraints. */
  #draw(
    count: number,
    number: number,
    request: SuggestRequest,
    stream: RandomStream,
    known: KnownPlaces | null,
  ): Float64Array[] {
    const { points } = this.#map;
    const { space } = known ?? points;
    if (space.where.length === 0)
      return Array.from({ length: count }, () => randomPoint(points, stream, known?.places));
    const key = stream.uint32();
    const draw = (k: number) => sampleUniform(space, keyedStreams(request.seed, number, key, k));
    return Array.from({ length: Math.min(count, 100) }, (_, k) => points.fromParams(draw(k)));
  }

  #initial(
    taken: readonly Float64Array[],
    draws: (count: number) => Float64Array[],
    allowed: (point: Float64Array) => boolean,
    stream: RandomStream,
    known: KnownPlaces | null,
  ): Float64Array | null {
    const center = centerPoint(this.#map, known?.places);
    if (taken.length === 0 && allowed(center)) return center;
    return farthestPoint(this.#map, draws(40), taken, stream);
  }
}

function whyWithoutModel(phase: SuggestionWhy["phase"], trials: number, pending: number): SuggestionWhy {
  return { version: 1, phase, member: null, trials, pending, predicted: null, acquisition: null, incumbent: null };
}

/** Mean number of active axes over random configurations, the same draws always. */
function meanActive(points: PointSpace): number {
  const stream = keyedStreams(0, "gp").stream("dimension");
  let active = 0;
  for (let k = 0; k < 64; k++) active += randomPoint(points, stream).filter((code) => !Number.isNaN(code)).length;
  return Math.max(1, active / 64);
}
