import { keyedStreams } from "../../numeric/random/keyed-streams.ts";
import type { RandomStream } from "../../numeric/random/stream-source.ts";
import { isActive } from "../conditions.ts";
import type { JsonValue } from "../json.ts";
import { isParameterValue } from "../parameter-value.ts";
import { fromUnit } from "../unit-cube.ts";
import type { Component } from "./component.ts";
import { buildRegion, type Region } from "./region.ts";
import { type SolvedEquality, solvableEqualities, solveEquality } from "./solved-equality.ts";

type Values = Record<string, JsonValue>;

interface Point {
  readonly unit: Float64Array;
  readonly values: Values;
}

const MOST_DRAWS = 5000;
const MOST_ANCHOR_DRAWS = 30_000;
const SWEEPS = 30;
const MOST_SHRINKS = 60;

/**
 * Draws the parameters of a component together, uniform on their scales given that all constraints hold: rejection within the
 * region that may be feasible. An equation settles its float, so that the draw is uniform in the others.
 */
export class ComponentSampler {
  readonly #component: Component;
  readonly #region: Region;
  readonly #solved: readonly SolvedEquality[];
  readonly #settled: ReadonlySet<string>;
  #anchor: Point | null | undefined;

  constructor(component: Component) {
    this.#component = component;
    this.#solved = solvableEqualities(component);
    this.#settled = new Set(this.#solved.map(({ parameter }) => parameter.name));
    this.#region = buildRegion(component, this.#settled);
  }

  /** Name of the component's first parameter. */
  get first(): string {
    return this.#component.parameters[0]!.name;
  }

  /** A feasible point, or null when none was found by a search of fixed effort: the component is empty, or nearly so. */
  get anchor(): Point | null {
    if (this.#anchor === undefined) {
      const stream = keyedStreams(0, "anchor").stream(this.first);
      this.#anchor = this.#reject(stream, MOST_ANCHOR_DRAWS);
    }
    return this.#anchor;
  }

  /** Share of the parameters' whole box that the region covers: an upper bound of the feasible share. */
  get regionShare(): number {
    return this.#region.cumulative.at(-1) ?? 0;
  }

  /** Estimate of the share of the box (over the parameters that no equation settles) that is feasible, from so many draws. */
  feasibleShare(draws: number): number {
    const stream = keyedStreams(0, "share").stream(this.first);
    let found = 0;
    for (let n = 0; n < draws; n++) if (this.#reject(stream, 1) !== null) found++;
    return (this.regionShare * found) / draws;
  }

  /** Values of the active parameters, or null when {@link anchor} is. */
  draw(stream: RandomStream): Values | null {
    const point = this.#reject(stream, MOST_DRAWS);
    if (point !== null) return point.values;
    return this.anchor === null ? null : this.#walk(stream, this.anchor);
  }

  #reject(stream: RandomStream, draws: number): Point | null {
    const { cells, cumulative } = this.#region;
    if (cells.length === 0) return null;
    const total = cumulative.at(-1)!;
    const unit = new Float64Array(this.#component.parameters.length);
    for (let n = 0; n < draws; n++) {
      const cell = cells[this.#cellAt(stream.float() * total)]!;
      const { low, high } = cell;
      for (let i = 0; i < unit.length; i++) unit[i] = low[i]! + (high[i]! - low[i]!) * stream.float();
      const values = this.#valuesAt(unit);
      if (values !== null) return { unit, values };
    }
    return null;
  }

  #cellAt(volume: number): number {
    const { cumulative } = this.#region;
    let low = 0;
    let high = cumulative.length - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (cumulative[middle]! > volume) high = middle;
      else low = middle + 1;
    }
    return low;
  }

  /** The configuration at a point of the unit cube, or null when it breaks a constraint. */
  #valuesAt(unit: Float64Array): Values | null {
    const { parameters, constraints } = this.#component;
    const values: Values = {};
    for (let i = 0; i < parameters.length; i++) {
      const p = parameters[i]!;
      if (p.when.length === 0 || isActive(p, values)) values[p.name] = fromUnit(p, unit[i]!);
    }
    if (!this.settle(values)) return null;
    for (const constraint of constraints) if (constraint.evaluate(values) === false) return null;
    return values;
  }

  /** Sets the floats that equations settle; false when one of them would leave its range. */
  settle(values: Values): boolean {
    for (const equality of this.#solved) {
      const { name } = equality.parameter;
      if (!Object.hasOwn(values, name)) continue;
      const x = solveEquality(equality, values);
      if (x === null) continue;
      if (!isParameterValue(equality.parameter, x)) return false;
      values[name] = x;
    }
    return true;
  }

  /**
   * Where rejection would take too long: a walk over the feasible points from the anchor, one parameter at a time, by slice
   * sampling with shrinkage (Neal, 2003). Uniform in the limit, feasible always, and of bounded length.
   */
  #walk(stream: RandomStream, anchor: Point): Values {
    let { unit, values } = anchor;
    for (let sweep = 0; sweep < SWEEPS; sweep++) {
      for (const [i, p] of this.#component.parameters.entries()) {
        if (this.#settled.has(p.name)) continue;
        let low = 0;
        let high = 1;
        for (let n = 0; n < MOST_SHRINKS; n++) {
          const u = low + (high - low) * stream.float();
          const moved = unit.with(i, u);
          const found = this.#valuesAt(moved);
          if (found !== null) {
            [unit, values] = [moved, found];
            break;
          }
          if (u < unit[i]!) low = u;
          else high = u;
        }
      }
    }
    return values;
  }
}
