import { keyedStreams } from "../../numeric/random/keyed-streams.ts";
import type { RandomStream } from "../../numeric/random/stream-source.ts";
import { isActive } from "../conditions.ts";
import type { JsonValue } from "../json.ts";
import type { NumericParameter } from "../numeric-domain.ts";
import { isParameterValue } from "../parameter-value.ts";
import { fromUnit } from "../unit-cube.ts";
import type { Component } from "./component.ts";
import { Descent } from "./descent.ts";
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
/** Points from which walks begin where rejection found none. */
const ANCHORS = 4;
const PLAIN_DESCENTS = 4;
const MOST_DESCENTS = 8;

/**
 * Draws the parameters of a component together, uniform on their scales given that all constraints hold: rejection within the
 * region that may be feasible. An equation settles its float, so that the draw is uniform in the others.
 */
export class ComponentSampler {
  readonly #component: Component;
  readonly #region: Region;
  readonly #solved: readonly SolvedEquality[];
  /** Equations that are solved in walks: a move of one whole number alone could not keep those over whole numbers. */
  readonly #tight: readonly SolvedEquality[];
  readonly #tied: ReadonlySet<string>;
  #anchors: readonly Point[] | undefined;
  /** True when rejection found nothing: points are walked to from those that descents found. */
  #rare = false;

  constructor(component: Component) {
    this.#component = component;
    this.#solved = solvableEqualities(component, false);
    this.#tight = solvableEqualities(component, true);
    this.#tied = namesOf(this.#tight);
    this.#region = buildRegion(component, namesOf(this.#solved));
  }

  /** Name of the component's first parameter. */
  get first(): string {
    return this.#component.parameters[0]!.name;
  }

  /** False when a search of fixed effort found no feasible point: the component is empty, or nearly so. */
  get feasible(): boolean {
    return this.#findAnchors().length > 0;
  }

  #findAnchors(): readonly Point[] {
    if (this.#anchors !== undefined) return this.#anchors;
    const point = this.#reject(keyedStreams(0, "anchor").stream(this.first), MOST_ANCHOR_DRAWS);
    this.#anchors = point === null && this.#region.cells.length > 0 ? this.#descend() : point === null ? [] : [point];
    return this.#anchors;
  }

  /** Feasible points that are not found by rejection. */
  #descend(): readonly Point[] {
    this.#rare = true;
    const descent = new Descent(this.#component, this.#tied);
    const found: Point[] = [];
    for (let k = 0; k < MOST_DESCENTS && found.length < ANCHORS && !descent.exhausted; k++) {
      const stream = keyedStreams(0, "descent", k).stream(this.first);
      const unit = descent.find(stream, k >= PLAIN_DESCENTS);
      const values = unit === null ? null : this.#valuesAt(unit, this.#tight);
      if (values !== null) found.push({ unit: unit!, values });
    }
    return found;
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

  /** Values of the active parameters, or null when it is not {@link feasible}. */
  draw(stream: RandomStream): Values | null {
    const anchors = this.#findAnchors();
    const point = this.#rare ? null : this.#reject(stream, MOST_DRAWS);
    if (point !== null) return point.values;
    const anchor = anchors.length < 2 ? anchors[0] : anchors[stream.int(anchors.length)];
    return anchor === undefined ? null : this.#walk(stream, anchor);
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
      const values = this.#valuesAt(unit, this.#solved);
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
  #valuesAt(unit: Float64Array, solved: readonly SolvedEquality[]): Values | null {
    const { parameters, constraints } = this.#component;
    const values: Values = {};
    for (let i = 0; i < parameters.length; i++) {
      const p = parameters[i]!;
      if (p.when.length === 0 || isActive(p, values)) values[p.name] = fromUnit(p, unit[i]!);
    }
    if (!settleAll(solved, values)) return null;
    for (const constraint of constraints) if (constraint.evaluate(values) === false) return null;
    return values;
  }

  /** Sets the floats that equations settle; false when one of them would leave its range. */
  settle(values: Values): boolean {
    return settleAll(this.#solved, values);
  }

  /**
   * Where rejection would take too long: a walk over the feasible points from the anchor, one parameter at a time, by slice
   * sampling with shrinkage (Neal, 2003). Uniform in the limit, feasible always, and of bounded length.
   */
  #walk(stream: RandomStream, anchor: Point): Values {
    let { unit, values } = anchor;
    // Eight times what was left at the last move: fewer draws miss than from the whole side, and none comes to a standstill.
    const widths = new Float64Array(unit.length).fill(1);
    for (let sweep = 0; sweep < SWEEPS; sweep++) {
      for (const [i, p] of this.#component.parameters.entries()) {
        if (this.#tied.has(p.name)) continue;
        const from = unit[i]! - widths[i]! * stream.float();
        let low = Math.max(0, from);
        let high = Math.min(1, from + widths[i]!);
        for (let n = 0; n < MOST_SHRINKS; n++) {
          const u = low + (high - low) * stream.float();
          const moved = unit.with(i, u);
          const found = this.#valuesAt(moved, this.#tight);
          if (found !== null) {
            [unit, values] = [moved, found];
            break;
          }
          if (u < unit[i]!) low = u;
          else high = u;
        }
        widths[i] = Math.min(1, 8 * (high - low));
      }
    }
    return values;
  }
}

function namesOf(solved: readonly SolvedEquality[]): ReadonlySet<string> {
  return new Set(solved.map(({ parameter }) => parameter.name));
}

/** Sets the numbers that these equations settle; false when one of them would leave its range. */
function settleAll(solved: readonly SolvedEquality[], values: Values): boolean {
  for (const equality of solved) {
    const { name } = equality.parameter;
    if (!Object.hasOwn(values, name)) continue;
    const x = solveEquality(equality, values);
    if (x === null) continue;
    const kept = withinRounding(equality.parameter, x);
    if (!isParameterValue(equality.parameter, kept)) return false;
    values[name] = kept;
  }
  return true;
}

/** The number, or the end of the range that it passes by no more than constraints let rounding pass. */
function withinRounding({ low, high }: NumericParameter, x: number): number {
  const inside = Math.min(high, Math.max(low, x));
  return Math.abs(x - inside) <= 2e-9 * Math.max(Math.abs(low), Math.abs(high)) ? inside : x;
}
