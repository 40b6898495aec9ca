import type { RandomStream } from "../../numeric/random/stream-source.ts";
import { exp } from "../../numeric/special/exp.ts";
import { ln } from "../../numeric/special/ln.ts";
import { normalMass } from "../../numeric/special/normal-cdf.ts";
import { BANDWIDTH_FLOORS, type BandwidthFloor } from "./bandwidth-floors.ts";
import { KernelTable } from "./kernel-table.ts";
import type { ParzenMembers } from "./parzen-members.ts";
import type { ParzenPoints } from "./parzen-points.ts";

/** Members beyond the newest this many weigh less the older they are. */
const FULL_WEIGHT = 25;
const LOG_SQRT_TWO_PI = 0.9189385332046728;

/**
 * A density on [0, 1]^d and choices: a mixture over observations of products of kernels, plus one broad kernel for the prior
 * belief. Kernels, bandwidths and weights as in multivariate TPE: Bergstra et al. (NIPS 2011), Falkner et al. (ICML 2018),
 * constants of Watanabe, arXiv 2304.11127. A member's kernel depends only on its neighbours, so that a mixture whose members
 * came and went has the same bits as one built at once. Several may share their members.
 */
export class ParzenMixture {
  readonly #members: ParzenMembers;
  readonly #floor: BandwidthFloor;
  readonly #every: readonly number[];
  /** By axis: log of the prior probability of each choice. */
  readonly #priorChoice: readonly number[];
  readonly #table: KernelTable;

  constructor(members: ParzenMembers, floor: BandwidthFloor = BANDWIDTH_FLOORS.wide) {
    this.#members = members;
    this.#floor = floor;
    this.#every = [...members.axes.keys()];
    this.#priorChoice = members.axes.map((axis) => (axis.type === "choice" ? ln(axis.size) : 0));
    this.#table = new KernelTable(members);
  }

  /** Writes the log density of each point to `out`. */
  logDensity(points: ParzenPoints, out: Float64Array): void {
    this.#fit();
    points.priors ??= Float64Array.from({ length: points.count }, (_, c) => this.#priorLog(points, c, this.#every));
    out.set(points.priors);
    this.#table.addTo(points, out);
  }

  /**
   * What each kernel weighs, given what the first of the points has on some axes: the members from the oldest on, then the prior.
   * In proportion to weight times density there, the largest 1.
   */
  weightsGiven(points: ParzenPoints, axes: readonly number[]): Float64Array {
    this.#fit();
    const slots = this.#members.order;
    const logs = new Float64Array(slots.length + 1);
    for (let m = 0; m < slots.length; m++)
      logs[m] = ln(memberWeight(m, slots.length)) + this.#table.logOn(slots[m]!, points, axes);
    logs[slots.length] = this.#priorLog(points, 0, axes);
    const top = logs.reduce((a, b) => Math.max(a, b));
    return logs.map((log) => exp(log - top));
  }

  /** Draws one point: writes a place in [0, 1] or a choice for each axis. `weights`: other ones than the kernels' own. */
  sample(stream: RandomStream, out: Float64Array, weights: Float64Array | null = null): void {
    this.#fit();
    const { axes } = this.#members;
    const values = this.#members.values.view;
    const slot = weights === null ? this.#pickMember(stream.float()) : this.#pickBy(weights, stream.float());
    for (let d = 0; d < axes.length; d++) {
      const u = stream.float();
      const axis = axes[d]!;
      const own = slot === null ? null : values[slot * axes.length + d]!;
      out[d] = axis.type === "choice" ? this.#sampleChoice(u, axis.size, own) : this.#table.sample(u, slot, d);
    }
  }

  #sampleChoice(u: number, size: number, own: number | null): number {
    if (own === null) return Math.min(size - 1, Math.floor(u * size));
    const kernels = this.#members.size + 1;
    const each = 1 / (size + kernels);
    // All choices share size * each; what is left goes to the member's own.
    return u < size * each ? Math.min(size - 1, Math.floor(u / each)) : own;
  }

  /** The slot of a member drawn by weight, or null for the prior. */
  #pickMember(u: number): number | null {
    const { order } = this.#members;
    let total = 1;
    for (let m = 0; m < order.length; m++) total += memberWeight(m, order.length);
    let rest = u * total;
    for (let m = 0; m < order.length; m++) {
      rest -= memberWeight(m, order.length);
      if (rest < 0) return order[m]!;
    }
    return null;
  }

  #pickBy(weights: Float64Array, u: number): number | null {
    const { order } = this.#members;
    let rest = u * weights.reduce((sum, weight) => sum + weight, 0);
    for (let m = 0; m < order.length; m++) {
      rest -= weights[m]!;
      if (rest < 0) return order[m]!;
    }
    return null;
  }

  /** The prior: a normal kernel over the middle with the range as bandwidth, and all choices alike. */
  #priorLog(points: ParzenPoints, c: number, axes: readonly number[]): number {
    const width = this.#every.length;
    let log = 0;
    for (let i = 0; i < axes.length; i++) {
      const d = axes[i]!;
      const { type } = this.#members.axes[d]!;
      const at = c * width + d;
      if (type === "choice") log -= this.#priorChoice[d]!;
      else if (type === "cells")
        log += ln(normalMass(points.lower[at]! - 0.5, points.upper[at]! - 0.5)) - PRIOR_LOG_MASS;
      else log -= 0.5 * (points.values[at]! - 0.5) * (points.values[at]! - 0.5) + LOG_SQRT_TWO_PI + PRIOR_LOG_MASS;
    }
    return log;
  }

  #fit(): void {
    this.#table.fit(this.#floor(this.#members.size));
  }
}

const PRIOR_LOG_MASS = ln(normalMass(-0.5, 0.5));

/** Weight of the m-th oldest of n members: a ramp from 1/n to 1, then 1 for the newest 25. */
function memberWeight(m: number, n: number): number {
  const ramp = n - FULL_WEIGHT;
  if (m >= ramp) return 1;
  return ramp === 1 ? 1 / n : 1 / n + (m * (1 - 1 / n)) / (ramp - 1);
}
