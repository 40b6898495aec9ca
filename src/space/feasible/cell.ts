import { ABSENT, type Bound, type Box, FALSE, numberBound, TRUE } from "../expression/bound.ts";
import { jsonIndexOf } from "../json-equal.ts";
import { gridBorder, gridSize, zeroShare } from "../numeric-domain.ts";
import type { Condition, Parameter } from "../parameter.ts";
import { fromUnit } from "../unit-cube.ts";

/** A box in the unit cube of a component's parameters; `low` and `high` by the parameter's place. */
export interface Cell {
  readonly low: Float64Array;
  readonly high: Float64Array;
  readonly volume: number;
  /** Places of the constraints that hold in a part of the cell only. */
  readonly undecided: readonly number[];
}

const MOST_BORDERS = 256;

/** Where in [0, 1] the values of a parameter meet, without the ends; null for a continuous range or very many values. */
export function innerBorders(p: Parameter): readonly number[] | null {
  switch (p.type) {
    case "float":
    case "int": {
      const zero = zeroShare(p);
      const size = gridSize(p);
      if (size === null || size > MOST_BORDERS) return null;
      const from = gridBorder(p, 0, size);
      const width = gridBorder(p, size, size) - from;
      const inner = Array.from({ length: size - 1 }, (_, k) => (gridBorder(p, k + 1, size) - from) / width);
      const shares = p.scale === "linear" ? inner.map((_, k) => (k + 1) / size) : inner;
      return zero === 0 ? shares : [zero, ...shares.map((t) => zero + t * (1 - zero))];
    }
    case "boolean":
      return [0.5];
    case "fixed":
      return [];
    case "categorical":
    case "ordinal": {
      const size = (p.type === "categorical" ? p.choices : p.values).length;
      return Array.from({ length: size - 1 }, (_, k) => (k + 1) / size);
    }
  }
}

function valuesBetween(p: Parameter, low: number, high: number): Bound {
  switch (p.type) {
    case "float":
    case "int": {
      // A cell ends at the border to the next value, which is not in it.
      const inset = p.step === null ? 0 : Math.min(1e-12, (high - low) / 4);
      return numberBound(Number(fromUnit(p, low + inset)), Number(fromUnit(p, high - inset)), false);
    }
    case "boolean":
      return { kind: "truth", mask: (high > 0.5 ? TRUE : 0) | (low < 0.5 ? FALSE : 0) };
    case "fixed":
      return { kind: "values", values: [p.value], absent: false };
    case "categorical":
    case "ordinal": {
      const values = p.type === "categorical" ? p.choices : p.values;
      // Borders are k / size rounded, so that a hair's breadth decides on which side a value falls.
      const first = Math.floor(low * values.length + 1e-9);
      const end = Math.ceil(high * values.length - 1e-9);
      return { kind: "values", values: values.slice(first, end), absent: false };
    }
  }
}

/** Which of "holds", "holds not" are possible for a condition on a parent with this bound. */
function conditionMask(condition: Condition, parent: Bound): number {
  if (parent.kind === "truth") {
    const mayBe = (value: boolean, bit: number) =>
      parent.mask & bit ? (condition.in.includes(value) ? TRUE : FALSE) : 0;
    return mayBe(true, TRUE) | mayBe(false, FALSE) | (parent.mask & ABSENT ? FALSE : 0);
  }
  let mask = parent.absent ? FALSE : 0;
  if (parent.kind === "values") {
    for (const value of parent.values) mask |= jsonIndexOf(condition.in, value) >= 0 ? TRUE : FALSE;
    return mask;
  }
  const inside = condition.in.filter((value) => Number(value) >= parent.low && Number(value) <= parent.high);
  if (parent.low === parent.high) return mask | (inside.length > 0 ? TRUE : FALSE);
  return mask | FALSE | (inside.length > 0 ? TRUE : 0);
}

/** Which of "active", "inactive" are possible. */
function activityMask(p: Parameter, box: Box): number {
  if (p.when.length === 0) return TRUE;
  const lists = p.when.map((list) => {
    const masks = list.map((condition) => conditionMask(condition, box(condition.parent)));
    return (masks.every((mask) => mask & TRUE) ? TRUE : 0) | (masks.some((mask) => mask & FALSE) ? FALSE : 0);
  });
  return (lists.some((mask) => mask & TRUE) ? TRUE : 0) | (lists.every((mask) => mask & FALSE) ? FALSE : 0);
}

/** What each parameter of the component may be within the cell. */
export function boxOfCell(parameters: readonly Parameter[], low: Float64Array, high: Float64Array): Box {
  const bounds = new Map<string, Bound>();
  const box: Box = (name) => bounds.get(name)!;
  for (const [i, p] of parameters.entries()) {
    const active = activityMask(p, box);
    const values = valuesBetween(p, low[i]!, high[i]!);
    if (active === TRUE) bounds.set(p.name, values);
    else if (active === FALSE) bounds.set(p.name, { kind: "values", values: [], absent: true });
    else if (values.kind === "truth") bounds.set(p.name, { kind: "truth", mask: values.mask | ABSENT });
    else bounds.set(p.name, { ...values, absent: true });
  }
  return box;
}
