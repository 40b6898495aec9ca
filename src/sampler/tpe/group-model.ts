import type { RandomStream } from "../../numeric/random/stream-source.ts";
import { encodeValue } from "../../space/encode-value.ts";
import type { JsonValue, Params } from "../../space/json.ts";
import { BANDWIDTH_FLOORS } from "../../surrogate/parzen/bandwidth-floors.ts";
import type { ParzenKernel } from "../../surrogate/parzen/parzen-kernel.ts";
import { ParzenMembers } from "../../surrogate/parzen/parzen-members.ts";
import { ParzenMixture } from "../../surrogate/parzen/parzen-mixture.ts";
import { ParzenPoints } from "../../surrogate/parzen/parzen-points.ts";
import type { HistoryColumns, PendingTrial } from "../../trial/history-view.ts";
import type { FinishedTrial, ParameterGroup } from "./parameter-group.ts";

/**
 * How a proposal looks at the trials: `wide` over the whole space, as Optuna's TPE does; `near` the good trials, their kernels
 * narrow and those of the ordinary ones so broad that no gaps between them look good.
 */
export type Outlook = "wide" | "near";

/** What became of the trials since the last time, and how to look at them. */
export interface Regrouping {
  readonly columns: HistoryColumns;
  /** Trials of which another row counts than before, or that had none: whatever they were, they are it no more. */
  readonly moved: readonly number[];
  /** Trials that are ordinary ones now and were not, or moved. */
  readonly ordinary: readonly FinishedTrial[];
  /** Trials that are good ones now and were not, or moved. */
  readonly good: readonly FinishedTrial[];
  readonly outlook: Outlook;
}

/** The two densities of one group of parameters: of the good trials, and of the ordinary and pending ones. */
export class GroupModel {
  readonly group: ParameterGroup;
  readonly #ordinary: ParzenMembers;
  readonly #good: ParzenMembers;
  readonly #densities: Readonly<Record<Outlook, { readonly ordinary: ParzenMixture; readonly good: ParzenMixture }>>;
  #outlook: Outlook = "wide";
  /** Pending trials among the ordinary ones. */
  #pending: readonly number[] = [];

  constructor(group: ParameterGroup, kernel: ParzenKernel) {
    this.group = group;
    const axes = group.axes.map(({ axis }) => axis);
    const ordinary = new ParzenMembers(axes, kernel);
    const good = new ParzenMembers(axes, kernel);
    const { wide, narrow, smooth } = BANDWIDTH_FLOORS;
    this.#ordinary = ordinary;
    this.#good = good;
    this.#densities = {
      wide: { ordinary: new ParzenMixture(ordinary, wide), good: new ParzenMixture(good, wide) },
      near: { ordinary: new ParzenMixture(ordinary, smooth), good: new ParzenMixture(good, narrow) },
    };
  }

  regroup({ columns, moved, ordinary, good, outlook }: Regrouping, pending: readonly PendingTrial[]): void {
    const waiting = this.#encodePending(pending);
    for (const number of this.#pending) if (!waiting.has(number)) this.#ordinary.remove(number);
    for (const [number, places] of waiting) if (!this.#ordinary.holds(number, places)) this.#ordinary.remove(number);
    for (const number of moved) {
      this.#ordinary.remove(number);
      this.#good.remove(number);
    }
    for (const { number } of ordinary) this.#good.remove(number);
    for (const { number } of good) this.#ordinary.remove(number);
    this.#add(this.#ordinary, columns, ordinary);
    this.#add(this.#good, columns, good);
    for (const [number, places] of waiting) if (!this.#ordinary.has(number)) this.#ordinary.addAll([number], places);
    this.#pending = [...waiting.keys()];
    this.#outlook = outlook;
  }

  /**
   * Draws from the good density, those first whose ratio to the ordinary density is the largest; given the values of `known`, both
   * densities are those of the other parameters under them. Values are made as they are asked for: the first is mostly enough.
   */
  draw(stream: RandomStream, candidates: number, known: Params = {}): Iterable<readonly JsonValue[]> {
    const { axes } = this.group;
    const points = this.#points(candidates);
    const held = axes.map(({ parameter }) =>
      Object.hasOwn(known, parameter.name) ? known[parameter.name]! : undefined,
    );
    const weights = this.#weightsGiven(held);
    const { good } = this.#densities[this.#outlook];
    const place = new Float64Array(axes.length);
    for (let c = 0; c < candidates; c++) {
      good.sample(stream, place, weights);
      this.#put(points, c, place, held);
    }
    // Both joint densities are the conditional ones times a number that all draws share: their order is the same.
    const ratios = this.#logRatios(points);
    const order = [...ratios.keys()].sort((a, b) => ratios[b]! - ratios[a]! || a - b);
    return valuesOf(order, (c) => axes.map((axis, d) => held[d] ?? axis.value(points.values[c * axes.length + d]!)));
  }

  /** Log of the good over the ordinary density at configurations; 0 where the group is not active. */
  ratiosOf(configurations: readonly Params[]): Float64Array {
    const { axes } = this.group;
    const points = this.#points(configurations.length);
    const places = configurations.map((params) => this.group.ofParams(params));
    for (const [c, place] of places.entries()) {
      points.values.set(place ?? axes.map(() => 0), c * axes.length);
      for (const [d, axis] of axes.entries()) axis.settle(points, c * axes.length + d);
    }
    return this.#logRatios(points).map((ratio, c) => (places[c] === null ? 0 : ratio));
  }

  /** The good density's kernels weighed by how well they fit the values that are held; null while there are none. */
  #weightsGiven(held: readonly (JsonValue | undefined)[]): Float64Array | null {
    const axes = [...held.keys()].filter((d) => held[d] !== undefined);
    if (axes.length === 0) return null;
    const points = this.#points(1);
    this.#put(points, 0, new Float64Array(held.length), held);
    return this.#densities[this.#outlook].good.weightsGiven(points, axes);
  }

  /** Makes `place`, with the values that are held instead of its own, the c-th of the points. */
  #put(points: ParzenPoints, c: number, place: Float64Array, held: readonly (JsonValue | undefined)[]): void {
    const { axes } = this.group;
    for (let d = 0; d < axes.length; d++) {
      const axis = axes[d]!;
      const at = c * axes.length + d;
      const value = held[d];
      points.values[at] = value === undefined ? place[d]! : axis.encode(encodeValue(axis.parameter, value));
      axis.settle(points, at);
    }
  }

  #add(members: ParzenMembers, columns: HistoryColumns, trials: readonly FinishedTrial[]): void {
    if (trials.length === 0) return;
    const { numbers, values } = this.group.ofRows(columns, trials);
    members.addAll(numbers, values);
  }

  #points(count: number): ParzenPoints {
    return new ParzenPoints(
      this.group.axes.map(({ axis }) => axis),
      count,
    );
  }

  #logRatios(points: ParzenPoints): Float64Array {
    const { good, ordinary } = this.#densities[this.#outlook];
    const ratios = new Float64Array(points.count);
    const others = new Float64Array(points.count);
    good.logDensity(points, ratios);
    ordinary.logDensity(points, others);
    for (let c = 0; c < points.count; c++) ratios[c] = ratios[c]! - others[c]!;
    return ratios;
  }

  #encodePending(pending: readonly PendingTrial[]): ReadonlyMap<number, Float64Array> {
    const places = new Map<number, Float64Array>();
    for (const { number, params } of pending) {
      const values = this.group.ofParams(params);
      if (values !== null) places.set(number, values);
    }
    return places;
  }
}

function* valuesOf(order: readonly number[], valuesAt: (c: number) => readonly JsonValue[]) {
  for (const c of order) yield valuesAt(c);
}
