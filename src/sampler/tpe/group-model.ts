import type { RandomStream } from "../../numeric/random/stream-source.ts";
import type { JsonValue } from "../../space/json.ts";
import { ParzenMixture } from "../../surrogate/parzen/parzen-mixture.ts";
import { ParzenPoints } from "../../surrogate/parzen/parzen-points.ts";
import type { HistoryColumns, PendingTrial } from "../../trial/history-view.ts";
import type { ParameterGroup } from "./parameter-group.ts";

/** Which trials became ordinary ones (with the row that counts), and which are the good ones now. */
export interface Regrouping {
  readonly columns: HistoryColumns;
  readonly ordinary: readonly { readonly number: number; readonly row: number }[];
  readonly good: readonly { readonly number: number; readonly row: number }[];
}

/** The two densities of one group of parameters: of the good trials, and of the ordinary and pending ones. */
export class GroupModel {
  readonly group: ParameterGroup;
  readonly #ordinary: ParzenMixture;
  #good: ParzenMixture;
  /** Pending trials among the ordinary ones. */
  #pending: readonly number[] = [];

  constructor(group: ParameterGroup) {
    this.group = group;
    this.#ordinary = new ParzenMixture(group.axes.map(({ axis }) => axis));
    this.#good = new ParzenMixture(group.axes.map(({ axis }) => axis));
  }

  regroup({ columns, ordinary, good }: Regrouping, pending: readonly PendingTrial[]): void {
    const waiting = this.#encodePending(pending);
    for (const number of this.#pending) if (waiting.get(number) === undefined) this.#ordinary.remove(number);
    for (const [number, places] of waiting) if (!this.#ordinary.holds(number, places)) this.#ordinary.remove(number);
    for (const { number } of good) this.#ordinary.remove(number);
    const encode = (trials: Regrouping["ordinary"]) =>
      trials.flatMap(({ number, row }) => {
        const values = this.group.ofRow(columns, row);
        return values === null ? [] : [{ number, values }];
      });
    const added = [...waiting].filter(([number]) => !this.#ordinary.has(number));
    this.#ordinary.addAll([...encode(ordinary), ...added.map(([number, values]) => ({ number, values }))]);
    this.#good = new ParzenMixture(this.group.axes.map(({ axis }) => axis));
    this.#good.addAll(encode(good));
    this.#pending = [...waiting.keys()];
  }

  /** Of `candidates` draws from the good density, the one whose ratio to the ordinary density is the largest. */
  choose(stream: RandomStream, candidates: number): readonly JsonValue[] {
    const { axes } = this.group;
    const points = new ParzenPoints(
      axes.map(({ axis }) => axis),
      candidates,
    );
    const draw = new Float64Array(axes.length);
    for (let c = 0; c < candidates; c++) {
      this.#good.sample(stream, draw);
      points.values.set(draw, c * axes.length);
      for (const [d, axis] of axes.entries()) axis.settle(points, c * axes.length + d);
    }
    const good = new Float64Array(candidates);
    const ordinary = new Float64Array(candidates);
    this.#good.logDensity(points, good);
    this.#ordinary.logDensity(points, ordinary);
    let best = 0;
    for (let c = 1; c < candidates; c++) if (good[c]! - ordinary[c]! > good[best]! - ordinary[best]!) best = c;
    return axes.map((axis, d) => axis.value(points.values[best * axes.length + d]!));
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
