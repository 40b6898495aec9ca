import { DenseKernel } from "../../numeric/linalg/dense-kernel.ts";
import { keyedStreams } from "../../numeric/random/keyed-streams.ts";
import type { RandomStream } from "../../numeric/random/stream-source.ts";
import { ln } from "../../numeric/special/ln.ts";
import type { JsonValue, Space } from "../../space/index.ts";
import { sampleUniform } from "../../space/index.ts";
import { FeatureMap } from "../../surrogate/gp/feature-map.ts";
import { GaussianProcess } from "../../surrogate/gp/gaussian-process.ts";
import { warpOutputs } from "../../surrogate/gp/output-warp.ts";
import { PointSpace } from "../../surrogate/gp/point-space.ts";
import type { HistoryView } from "../../trial/history-view.ts";
import { OptionReader } from "../option-reader.ts";
import type { Sampler, Suggestion, SuggestRequest } from "../sampler.ts";
import { type Feasibility, LABEL_MEAN, LogExpectedImprovement } from "./acquisition.ts";
import { fitCount, HyperSchedule } from "./hyper-schedule.ts";
import { centerPoint, farthestPoint } from "./initial-design.ts";
import { randomPoint } from "./moves.ts";
import { type Observations, readObservations } from "./observations.ts";
import { searchAcquisition } from "./search.ts";
import { selectRows } from "./select-rows.ts";

const MOST_ROWS = 400;

export interface GpOptions {
  readonly initial: number;
  readonly random: number;
  readonly mutations: number;
  readonly climbs: number;
}

/** Reads the options of sampler gp. */
function readOptions(options: Readonly<Record<string, JsonValue>>): GpOptions {
  const reader = new OptionReader("sampler gp", options);
  const initial = reader.integer("initial", { default: 5, low: 1, high: 1000 });
  const random = reader.integer("random", { default: 300, low: 1, high: 100_000 });
  const mutations = reader.integer("mutations", { default: 200, low: 0, high: 100_000 });
  const climbs = reader.integer("climbs", { default: 4, low: 0, high: 100 });
  reader.done();
  return { initial, random, mutations, climbs };
}

/** Bayesian optimisation by a Gaussian process over mixed, conditional spaces. */
export function createGp(options: Readonly<Record<string, JsonValue>>, space: Space): Sampler {
  return new GpSampler(readOptions(options), space);
}

class GpSampler implements Sampler {
  readonly name = "gp";
  readonly needsView = true;
  readonly #options: GpOptions;
  readonly #kernel = new DenseKernel();
  readonly #map: FeatureMap;
  readonly #schedule: HyperSchedule;

  constructor(options: GpOptions, space: Space) {
    this.#options = options;
    const points = new PointSpace(space);
    this.#map = new FeatureMap(points, meanActive(points));
    this.#schedule = new HyperSchedule(this.#kernel, this.#map);
  }

  suggest(view: HistoryView, request: SuggestRequest, count: number): readonly Suggestion[] {
    const suggestions: Suggestion[] = [];
    for (let k = 0; k < count; k++) {
      const earlier = suggestions.map(({ params }, i) => ({ number: request.number + i, params }));
      const mark = this.#kernel.mark();
      const point = this.#suggestOne(view.withPending(earlier), request, request.number + k);
      this.#kernel.release(mark);
      suggestions.push({ params: this.#map.points.toParams(point) });
    }
    return suggestions;
  }

  #suggestOne(view: HistoryView, request: SuggestRequest, number: number): Float64Array {
    const { points } = this.#map;
    const stream = request.streams(number).stream("gp");
    const metric = request.metrics[0]!;
    const seen = readObservations(view, points, metric, view.rows.length);
    const pending = view.pending.map(({ params }) => points.fromParams(params));
    const taken = [...seen.points, ...seen.failed, ...pending];
    const keys = new Set(taken.map((point) => points.key(point)));
    const allowed = (point: Float64Array) => !keys.has(points.key(point)) && points.isFeasible(point);
    const draws = (count: number) => this.#draw(count, number, request, stream).filter(allowed);
    const found =
      taken.length < this.#options.initial || seen.points.length < 2
        ? this.#initial(taken, draws, allowed, stream)
        : this.#model(view, request, seen, pending, draws, allowed, stream);
    return found ?? draws(200)[0] ?? this.#draw(1, number, request, stream)[0]!;
  }

  /** Random points; drawn by the space itself where it has constraints. */
  #draw(count: number, number: number, request: SuggestRequest, stream: RandomStream): Float64Array[] {
    const { points } = this.#map;
    if (points.space.where.length === 0) return Array.from({ length: count }, () => randomPoint(points, stream));
    const key = stream.uint32();
    const draw = (k: number) => sampleUniform(points.space, keyedStreams(request.seed, number, key, k));
    return Array.from({ length: Math.min(count, 100) }, (_, k) => points.fromParams(draw(k)));
  }

  #initial(
    taken: readonly Float64Array[],
    draws: (count: number) => Float64Array[],
    allowed: (point: Float64Array) => boolean,
    stream: RandomStream,
  ): Float64Array | null {
    const center = centerPoint(this.#map);
    if (taken.length === 0 && allowed(center)) return center;
    return farthestPoint(this.#map, draws(40), taken, stream);
  }

  #model(
    view: HistoryView,
    request: SuggestRequest,
    seen: Observations,
    pending: readonly Float64Array[],
    draws: (count: number) => Float64Array[],
    allowed: (point: Float64Array) => boolean,
    stream: RandomStream,
  ): Float64Array | null {
    const { random, mutations, climbs } = this.#options;
    const metric = request.metrics[0]!;
    const fit = this.#schedule.fit(fitCount(view.rows.length), (count) =>
      readObservations(view, this.#map.points, metric, count),
    );
    const rows = selectRows(seen.values, MOST_ROWS);
    const points = rows.map((i) => seen.points[i]!);
    const values = warpOutputs(
      rows.map((i) => seen.values[i]!),
      "half-rank",
    );
    const hyper = fit?.hyper;
    if (hyper === undefined) return null;
    const sets = Array.from({ length: 8 }, () => Float64Array.from(pending, () => stream.normal()));
    const process = new GaussianProcess(this.#kernel, this.#map, points, [values], hyper, pending.length);
    if (pending.length > 0) process.fantasize(pending, sets);
    const members = [{ process, thresholds: thresholds(process, [...points, ...pending]) }];
    const acquisition = new LogExpectedImprovement(members, this.#feasibility(seen, hyper));
    const order = [...rows.keys()].sort((a, b) => values[a]! - values[b]! || a - b);
    const incumbents = order.slice(0, 5).map((i) => points[i]!);
    const map = this.#map;
    const found = searchAcquisition({
      acquisition,
      map,
      stream,
      random: draws(random),
      incumbents,
      mutations,
      climbs,
      allowed,
    });
    return found?.point ?? null;
  }

  #feasibility(seen: Observations, hyper: GaussianProcess["hyper"]): Feasibility | null {
    if (seen.failed.length === 0) return null;
    const failed = seen.failed.slice(-200);
    const ended = seen.points.slice(-200);
    const labels = Float64Array.from([...failed.map(() => -1 - LABEL_MEAN), ...ended.map(() => 1 - LABEL_MEAN)]);
    const plain = { weights: hyper.weights.map((w) => Math.max(w, -2)), scale: 0, noise: ln(0.05) };
    return { process: new GaussianProcess(this.#kernel, this.#map, [...failed, ...ended], [labels], plain) };
  }
}

/** The least posterior mean at points that are known or pending, for each set of values. */
function thresholds(process: GaussianProcess, points: readonly Float64Array[]): Float64Array {
  const { mean } = process.predict(points);
  const { sets } = process;
  const least = new Float64Array(sets).fill(Number.POSITIVE_INFINITY);
  for (let i = 0; i < mean.length; i++) least[i % sets] = Math.min(least[i % sets]!, mean[i]!);
  return least;
}

/** Mean number of active axes over random configurations, the same draws always. */
function meanActive(points: PointSpace): number {
  const stream = keyedStreams(0, "gp").stream("dimension");
  let active = 0;
  for (let k = 0; k < 64; k++) active += randomPoint(points, stream).filter((code) => !Number.isNaN(code)).length;
  return Math.max(1, active / 64);
}
