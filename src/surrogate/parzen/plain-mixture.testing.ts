import { exp } from "../../numeric/special/exp.ts";
import { ln } from "../../numeric/special/ln.ts";
import { normalMass } from "../../numeric/special/normal-cdf.ts";
import type { BandwidthFloor } from "./bandwidth-floors.ts";
import type { ParzenAxis } from "./parzen-axis.ts";
import type { ParzenPoints } from "./parzen-points.ts";

const LOG_SQRT_TWO_PI = 0.9189385332046728;
const PRIOR_LOG_MASS = ln(normalMass(-0.5, 0.5));

export interface Member {
  readonly number: number;
  readonly values: readonly number[];
}

/** The log density of a ParzenMixture in its plainest form: every kernel at every point, nothing kept and nothing left out. */
export function plainLogDensity(
  axes: readonly ParzenAxis[],
  floor: BandwidthFloor,
  members: readonly Member[],
  points: ParzenPoints,
): Float64Array {
  const sorted = [...members].sort((a, b) => a.number - b.number);
  const inverses = sorted.map((member) => axes.map((_, d) => inverseOf(d, member, sorted, floor)));
  return Float64Array.from({ length: points.count }, (_, c) => {
    let top = priorLog(axes, points, c);
    let sum = 1;
    let total = 1;
    for (const [m, member] of sorted.entries()) {
      const weight = weightOf(m, sorted.length);
      const log = kernelLog(axes, member, inverses[m]!, sorted.length, points, c);
      total += weight;
      if (log > top) {
        sum = sum * exp(top - log) + weight;
        top = log;
      } else sum += weight * exp(log - top);
    }
    return top + ln(sum / total);
  });
}

function inverseOf(d: number, { number, values }: Member, members: readonly Member[], floor: BandwidthFloor): number {
  const order = [...members].sort((a, b) => a.values[d]! - b.values[d]! || a.number - b.number);
  const place = order.findIndex((member) => member.number === number);
  const alone = order.length === 1;
  const left = place > 0 ? values[d]! - order[place - 1]!.values[d]! : alone ? values[d]! : 0;
  const right = place < order.length - 1 ? order[place + 1]!.values[d]! - values[d]! : alone ? 1 - values[d]! : 0;
  return 1 / Math.min(1, Math.max(floor(members.length), left, right));
}

function kernelLog(
  axes: readonly ParzenAxis[],
  { values }: Member,
  inverses: readonly number[],
  members: number,
  points: ParzenPoints,
  c: number,
): number {
  const of = (type: ParzenAxis["type"]) => [...axes.keys()].filter((d) => axes[d]!.type === type);
  const norm = (d: number) => ln(normalMass(-values[d]! * inverses[d]!, (1 - values[d]!) * inverses[d]!));
  let log = 0;
  for (const d of of("continuous")) log += -norm(d) + (ln(inverses[d]!) - LOG_SQRT_TWO_PI);
  for (const d of of("cells")) log += -norm(d) + 0;
  const at = c * axes.length;
  for (const d of of("continuous")) {
    const z = (points.values[at + d]! - values[d]!) * inverses[d]!;
    log -= 0.5 * z * z;
  }
  for (const d of of("choice")) {
    const axis = axes[d]!;
    const all = (axis.type === "choice" ? axis.size : 0) + members + 1;
    log += values[d] === points.values[at + d] ? ln((members + 2) / all) : -ln(all);
  }
  for (const d of of("cells")) {
    const place = (border: number) => (border - values[d]!) * inverses[d]!;
    log += ln(normalMass(place(points.lower[at + d]!), place(points.upper[at + d]!)));
  }
  return log;
}

function priorLog(axes: readonly ParzenAxis[], points: ParzenPoints, c: number): number {
  let log = 0;
  for (const [d, axis] of axes.entries()) {
    const at = c * axes.length + d;
    if (axis.type === "choice") log -= ln(axis.size);
    else if (axis.type === "cells")
      log += ln(normalMass(points.lower[at]! - 0.5, points.upper[at]! - 0.5)) - PRIOR_LOG_MASS;
    else log -= 0.5 * (points.values[at]! - 0.5) * (points.values[at]! - 0.5) + LOG_SQRT_TWO_PI + PRIOR_LOG_MASS;
  }
  return log;
}

function weightOf(m: number, n: number): number {
  const ramp = n - 25;
  if (m >= ramp) return 1;
  return ramp === 1 ? 1 / n : 1 / n + (m * (1 - 1 / n)) / (ramp - 1);
}
