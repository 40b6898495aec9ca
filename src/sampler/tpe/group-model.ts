import type { RandomStream } from "../../numeric/random/stream-source.ts";
import { encodeValue } from "../../space/encode-value.ts";
import type { JsonValue, Params } from "../../space/json.ts";
import { BANDWIDTH_FLOORS, type BandwidthFloor } from "../../surrogate/parzen/bandwidth-floors.ts";
import { ParzenMixture } from "../../surrogate/parzen/parzen-mixture.ts";
import { ParzenPoints } from "../../surrogate/parzen/parzen-points.ts";
import type { HistoryColumns, PendingTrial } from "../../trial/history-view.ts";
import type { ParameterGroup } from "./parameter-group.ts";

/**
 * How a proposal looks at the trials: `wide` over the whole space, as Optuna's TPE does; `near` the good trials, their kernels
 * narrow and those of the ordinary ones so broad that no gaps between them look good.
 */
export type Outlook = "wide" | "near";

/** Which trials became ordinary ones (with the row that counts), which are the good ones now, and how to look at them. */
export interface Regrouping {
  readonly columns: HistoryColumns;
  readonly ordinary: readonly { readonly number: number; readonly row: number }[];
  readonly good: readonly { readonly number: number; readonly row: number }[];
  readonly outlook: Outlook;
}

/** The two densities of one group of parameters: of the good trials, and of the ordinary and pending ones. */
export class GroupModel {
  readonly group: ParameterGroup;
  /** By outlook, so that a change of it fits no kernel again. */
  readonly #ordinary: Readonly<Record<Outlook, ParzenMixture>>;
  #good: ParzenMixture;
  #outlook: Outlook = "wide";
  /** Pending trials among the ordinary ones. */
  #pending: readonly number[] = [];

  constructor(group: ParameterGroup) {
    this.group = group;
    this.#ordinary = { wide: this.#mixture(BANDWIDTH_FLOORS.wide), near: this.#mixture(BANDWIDTH_FLOORS.smooth) };
    this.#good = this.#mixture(BANDWIDTH_FLOORS.wide);
  }

  regroup({ columns, ordinary, good, outlook }: Regrouping, pending: readonly PendingTrial[]): void {
    const waiting = this.#encodePending(pending);
    const encode = (trials: Regrouping["ordinary"]) =>
      trials.flatMap(({ number, row }) => {
        const values = this.group.ofRow(columns, row);
        return values === null ? [] : [{ number, values }];
      });
    const fresh = encode(ordinary);
    for (const mixture of Object.values(this.#ordinary)) {
      for (const number of this.#pending) if (waiting.get(number) === undefined) mixture.remove(number);
      for (const [number, places] of waiting) if (!mixture.holds(number, places)) mixture.remove(number);
      for (const { number } of good) mixture.remove(number);
      const added = [...waiting].filter(([number]) => !mixture.has(number));
      mixture.addAll([...fresh, ...added.map(([number, values]) => ({ number, values }))]);
    }
    this.#good = this.#mixture(outlook === "near" ? BANDWIDTH_FLOORS.narrow : BANDWIDTH_FLOORS.wide);
    this.#good.addAll(encode(good));
    this.#pending = [...waiting.keys()];
    this.#outlook = outlook;
  }

  /**
   * Draws from the good density, those first whose ratio to the ordinary density is the largest; given the values of `known`, both
   * densities are those of the other parameters under them.
   */
  draw(stream: RandomStream, candidates: number, known: Params = {}): readonly (readonly JsonValue[])[] {
    const { axes } = this.group;
    const points = this.#points(candidates);
    const held = axes.map(({ parameter }) =>
      Object.hasOwn(known, parameter.name) ? known[parameter.name]! : undefined,
    );
    const weights = this.#weightsGiven(held);
    const place = new Float64Array(axes.length);
    for (let c = 0; c < candidates; c++) {
      this.#good.sample(stream, place, weights);
      this.#put(points, c, place, held);
    }
    // Both joint densities are the conditional ones times a number that all draws share: their order is the same.
    const ratios = this.#logRatios(points);
    const order = [...ratios.keys()].sort((a, b) => ratios[b]! - ratios[a]! || a - b);
    return order.map((c) => axes.map((axis, d) => held[d] ?? axis.value(points.values[c * axes.length + d]!)));
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
    return this.#good.weightsGiven(points, axes);
  }

  /** Makes `place`, with the values that are held instead of its own, the c-th of the points. */
  #put(points: ParzenPoints, c: number, place: Float64Array, held: readonly (JsonValue | undefined)[]): void {
    for (const [d, axis] of this.group.axes.entries()) {
      const at = c * held.length + d;
      const value = held[d];
      points.values[at] = value === undefined ? place[d]! : axis.encode(encodeValue(axis.parameter, value));
      axis.settle(points, at);
    }
  }

  #mixture(floor: BandwidthFloor): ParzenMixture {
    return new ParzenMixture(
      this.group.axes.map(({ axis }) => axis),
      floor,
    );
  }

  #points(count: number): ParzenPoints {
    return new ParzenPoints(
      this.group.axes.map(({ axis }) => axis),
      count,
    );
  }

  #logRatios(points: ParzenPoints): Float64Array {
    const good = new Float64Array(points.count);
    const ordinary = new Float64Array(points.count);
    this.#good.logDensity(points, good);
    this.#ordinary[this.#outlook].logDensity(points, ordinary);
    return good.map((log, c) => log - ordinary[c]!);
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
