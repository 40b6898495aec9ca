import {
  fromUnit,
  isFeasible,
  type JsonValue,
  jsonIndexOf,
  type Parameter,
  type Params,
  type Space,
  toUnit,
} from "../../space/index.ts";
import { gridSize, zeroShare } from "../../space/numeric-domain.ts";

/** One searched parameter; fixed ones are none. */
export interface PointAxis {
  readonly parameter: Parameter;
  /** Numeric: a place in [0, 1]. Nominal: the index of a value. */
  readonly kind: "numeric" | "nominal";
  /** How many values there are; null when too many to list or continuous. */
  readonly levels: number | null;
  /** Places of the values of a numeric axis with levels. */
  readonly places: Float64Array | null;
  /** Every place below this one means an exact zero, which lies in the middle. */
  readonly zero: number;
}

const MOST_LEVELS = 4096;

type Test = (point: Float64Array) => boolean;

/**
 * Configurations as short vectors: one number an axis, a place in [0, 1] or an index, NaN where inactive. Knows which axes are
 * active and how to go back.
 */
export class PointSpace {
  readonly space: Space;
  readonly axes: readonly PointAxis[];
  /** For each axis the number of its condition group, -1 for axes that are always active. */
  readonly groups: Int32Array;
  /** Indices of one axis of each condition group. */
  readonly groupAxes: readonly number[];
  /** Axes by which conditions go. */
  readonly parents: ReadonlySet<number>;
  readonly #tests: readonly (Test | null)[];

  constructor(space: Space) {
    this.space = space;
    this.axes = space.parameters.filter((p) => p.type !== "fixed").map(makeAxis);
    const at = new Map(this.axes.map(({ parameter }, i) => [parameter.name, i]));
    const names = space.parameters.flatMap(({ when }) => when.flat().map(({ parent }) => parent));
    this.parents = new Set(names.flatMap((name) => at.get(name) ?? []));
    this.#tests = this.axes.map(({ parameter }) => this.#compile(parameter, at));
    const seen = new Map<string, number>();
    const groupAxes: number[] = [];
    this.groups = Int32Array.from(this.axes, ({ parameter }, i) => {
      if (this.#tests[i] === null) return -1;
      const key = JSON.stringify(parameter.when);
      if (!seen.has(key)) {
        seen.set(key, groupAxes.length);
        groupAxes.push(i);
      }
      return seen.get(key)!;
    });
    this.groupAxes = groupAxes;
  }

  get size(): number {
    return this.axes.length;
  }

  isActive(axis: number, point: Float64Array): boolean {
    return this.#tests[axis]?.(point) ?? true;
  }

  /** The nearest value's place of a numeric axis; the index of a nominal one as it is. */
  snap(axis: number, place: number): number {
    const { kind, places, parameter, zero } = this.axes[axis]!;
    if (kind === "nominal") return place;
    const u = Math.min(1, Math.max(0, place));
    if (places === null) {
      if (gridded(parameter)) return toUnit(parameter, fromUnit(parameter, u));
      return u < zero ? zero / 2 : u;
    }
    return places[this.level(axis, u)]!;
  }

  /** Index of the value nearest to a place, on an axis with levels. */
  level(axis: number, place: number): number {
    const { kind, places } = this.axes[axis]!;
    if (kind === "nominal" || places === null) return place;
    let low = 0;
    let high = places.length - 1;
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if (places[middle]! <= place) low = middle;
      else high = middle;
    }
    return place - places[low]! <= places[high]! - place ? low : high;
  }

  /**
   * Makes a point whole, parents first: inactive axes become NaN, active ones that have no value get one from `fill`, values are
   * snapped to those that exist.
   */
  settle(point: Float64Array, fill: (axis: number) => number): void {
    for (let i = 0; i < point.length; i++) {
      if (!this.isActive(i, point)) point[i] = Number.NaN;
      else point[i] = this.snap(i, Number.isNaN(point[i]) ? fill(i) : point[i]!);
    }
  }

  /** The middle of a numeric axis, the first value of a nominal one. */
  middle(axis: number): number {
    return this.axes[axis]!.kind === "numeric" ? 0.5 : 0;
  }

  /** A value of one axis from a uniform number in [0, 1), each equally likely. */
  uniform(axis: number, u: number): number {
    const { kind, levels } = this.axes[axis]!;
    return kind === "nominal" ? Math.min(levels! - 1, Math.floor(u * levels!)) : this.snap(axis, u);
  }

  toParams(point: Float64Array): Params {
    const params: Record<string, JsonValue> = {};
    let axis = 0;
    for (const p of this.space.parameters) {
      if (p.type === "fixed") {
        if (this.#fixedActive(p, params)) params[p.name] = p.value;
        continue;
      }
      const code = point[axis]!;
      // Snapped first: conditions go by the nearest place, which for a log scale is not where the rounding of values changes.
      if (!Number.isNaN(code)) params[p.name] = valueAt(this.axes[axis]!, this.snap(axis, code));
      axis += 1;
    }
    return params;
  }

  isFeasible(point: Float64Array): boolean {
    return this.space.where.length === 0 || isFeasible(this.space, this.toParams(point));
  }

  /** The point of a configuration; a value that the space does not have counts as missing. */
  fromParams(params: Params): Float64Array {
    return Float64Array.from(this.axes, ({ parameter }) =>
      Object.hasOwn(params, parameter.name) ? placeOf(parameter, params[parameter.name]!) : Number.NaN,
    );
  }

  /** The place of a number from a history column (see `encodeValue`). */
  fromCode(axis: number, code: number): number {
    const { parameter, kind, levels, places } = this.axes[axis]!;
    if (Number.isNaN(code)) return code;
    if (parameter.type === "float" || parameter.type === "int") return placeOf(parameter, code);
    if (!Number.isInteger(code) || code < 0 || code >= levels!) return Number.NaN;
    return kind === "nominal" ? code : places![code]!;
  }

  /** Text that is equal for points that are the same configuration up to rounding. */
  key(point: Float64Array): string {
    let key = "";
    for (let i = 0; i < point.length; i++) key += `${Math.round(point[i]! * 1e9)},`;
    return key;
  }

  #fixedActive(p: Parameter, params: Params): boolean {
    return (
      p.when.length === 0 ||
      p.when.some((list) =>
        list.every((c) => Object.hasOwn(params, c.parent) && jsonIndexOf(c.in, params[c.parent]!) >= 0),
      )
    );
  }

  #compile(p: Parameter, at: ReadonlyMap<string, number>): Test | null {
    if (p.when.length === 0) return null;
    const lists = p.when.map((list) =>
      list.map(({ parent, in: values }) => {
        const axis = at.get(parent);
        if (axis === undefined) return this.#fixedTest(parent, values, at);
        const known = this.axes[axis]!;
        if (known.levels === null) return (point: Float64Array) => holds(known, values, point[axis]!);
        const allowed = Uint8Array.from({ length: known.levels }, (_, level) =>
          jsonIndexOf(values, valueOfLevel(known, level)) >= 0 ? 1 : 0,
        );
        return (point: Float64Array) => !Number.isNaN(point[axis]!) && allowed[this.level(axis, point[axis]!)] === 1;
      }),
    );
    return (point) => lists.some((list) => list.every((test) => test(point)));
  }

  #fixedTest(name: string, values: readonly JsonValue[], at: ReadonlyMap<string, number>): Test {
    const fixed = this.space.parameters.find((p) => p.name === name);
    if (fixed?.type !== "fixed" || jsonIndexOf(values, fixed.value) < 0) return () => false;
    return this.#compile(fixed, at) ?? (() => true);
  }
}

function gridded(p: Parameter): boolean {
  return p.type === "int" || (p.type === "float" && p.step !== null);
}

function makeAxis(parameter: Parameter): PointAxis {
  switch (parameter.type) {
    case "categorical":
      return { parameter, kind: "nominal", levels: parameter.choices.length, places: null, zero: 0 };
    case "boolean":
      return { parameter, kind: "nominal", levels: 2, places: null, zero: 0 };
    case "fixed":
      throw new RangeError("a fixed parameter is no axis");
    case "ordinal": {
      const places = Float64Array.from(parameter.values, (value) => toUnit(parameter, value));
      return { parameter, kind: "numeric", levels: places.length, places, zero: 0 };
    }
    default: {
      const size = gridSize(parameter);
      const zero = zeroShare(parameter);
      if (size === null || size > MOST_LEVELS) return { parameter, kind: "numeric", levels: null, places: null, zero };
      const places = listPlaces(parameter, size);
      return { parameter, kind: "numeric", levels: places.length, places, zero };
    }
  }
}

function listPlaces(p: Parameter & { type: "float" | "int" }, size: number): Float64Array {
  const step = p.step ?? 1;
  const places = Array.from({ length: size }, (_, k) => toUnit(p, fromUnit(p, toUnit(p, p.low + k * step))));
  return Float64Array.from(p.type === "float" && p.orZero ? [toUnit(p, 0), ...places] : places);
}

function placeOf(p: Parameter, value: JsonValue): number {
  switch (p.type) {
    case "float":
    case "int": {
      if (typeof value !== "number" || Number.isNaN(value)) return Number.NaN;
      const zero = p.type === "float" && p.orZero && value === 0;
      const place = toUnit(p, zero ? 0 : Math.min(p.high, Math.max(p.low, value)));
      return Math.min(1, Math.max(0, place));
    }
    case "categorical":
    case "ordinal": {
      const index = jsonIndexOf(p.type === "categorical" ? p.choices : p.values, value);
      if (index < 0) return Number.NaN;
      return p.type === "categorical" ? index : toUnit(p, value);
    }
    case "boolean":
      return value === true ? 1 : value === false ? 0 : Number.NaN;
    case "fixed":
      return Number.NaN;
  }
}

function valueOfLevel(axis: PointAxis, level: number): JsonValue {
  return valueAt(axis, axis.kind === "nominal" ? level : axis.places![level]!);
}

function valueAt({ parameter, kind }: PointAxis, code: number): JsonValue {
  if (kind === "numeric") return fromUnit(parameter, code);
  if (parameter.type === "boolean") return code === 1;
  return parameter.type === "categorical" ? parameter.choices[code]! : fromUnit(parameter, code);
}

function holds(axis: PointAxis, values: readonly JsonValue[], code: number): boolean {
  return !Number.isNaN(code) && jsonIndexOf(values, valueAt(axis, code)) >= 0;
}
