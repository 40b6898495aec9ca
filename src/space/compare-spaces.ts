import { jsonEqual, jsonIndexOf } from "./json-equal.ts";
import { gridIndex, gridSize, gridValue, type NumericParameter } from "./numeric-domain.ts";
import type { Parameter } from "./parameter.ts";
import { describeValues, finiteValues, isParameterValue } from "./parameter-value.ts";
import type { Space } from "./space.ts";
import { spaceToJson } from "./space-json.ts";

export interface SpaceComparison {
  /** widened: every old configuration is valid in the new space (new parameters only belong to new choices). */
  readonly kind: "same" | "widened" | "incompatible";
  /** What changed; when incompatible, only what stands in the way. */
  readonly reasons: readonly string[];
}

const MOST_COMPARED = 10_000;

function containsRange(wide: NumericParameter, narrow: NumericParameter): boolean {
  if (narrow.type === "float" && narrow.orZero && !isParameterValue(wide, 0)) return false;
  if (wide.type === "int" && narrow.type === "float") return false;
  if (wide.low > narrow.low) return false;
  const size = gridSize(narrow);
  if (size === null) return wide.step === null && wide.high >= narrow.high;
  if (gridValue(narrow, size - 1) > wide.high) return false;
  if (wide.step === null) return true;
  const steps = [narrow.low, gridValue(narrow, 1)].map((x) => gridValue(wide, gridIndex(wide, x)) - x);
  return steps.every((off) => Math.abs(off) <= 1e-9 * wide.step!);
}

/** True when every value of `narrow` is one of `wide`. */
function containsValues(wide: Parameter, narrow: Parameter): boolean {
  const numeric = wide.type === "float" || wide.type === "int";
  if (numeric && (narrow.type === "float" || narrow.type === "int")) return containsRange(wide, narrow);
  const values = finiteValues(narrow, MOST_COMPARED);
  return values?.every((value) => isParameterValue(wide, value)) ?? false;
}

/** The conditions cut down to values that old configurations can have. */
function conditionsOnOld(p: Parameter, old: Space): Parameter["when"] {
  const byName = new Map(old.parameters.map((parent) => [parent.name, parent]));
  return p.when.map((list) =>
    list.map(({ parent, in: values }) => {
      const above = byName.get(parent);
      return { parent, in: values.filter((value) => above !== undefined && isParameterValue(above, value)) };
    }),
  );
}

/** True when no old configuration would have needed a value of this parameter: it belongs to a new choice or count. */
function isOnlyForNewValues(p: Parameter, old: Space): boolean {
  return (
    p.when.length > 0 && conditionsOnOld(p, old).every((list) => list.some((condition) => condition.in.length === 0))
  );
}

function sameConditions(a: Parameter["when"], b: Parameter["when"]): boolean {
  const possible = (when: Parameter["when"]) =>
    when.filter((list) => list.every((condition) => condition.in.length > 0));
  const within = (x: Parameter["when"], y: Parameter["when"]) =>
    possible(x).every((list) =>
      possible(y).some(
        (other) =>
          other.length === list.length &&
          list.every(
            (c, i) => c.parent === other[i]!.parent && c.in.every((value) => jsonIndexOf(other[i]!.in, value) >= 0),
          ),
      ),
    );
  return (a.length === 0) === (b.length === 0) && within(a, b) && within(b, a);
}

function obstacles(before: Space, after: Space): readonly string[] {
  const reasons: string[] = [];
  const next = new Map(after.parameters.map((p) => [p.name, p]));
  const known = new Set(before.parameters.map((p) => p.name));
  for (const p of before.parameters) {
    const now = next.get(p.name);
    if (now === undefined) reasons.push(`${p.name} is gone`);
    else if (!containsValues(now, p)) {
      reasons.push(`${p.name} allowed ${describeValues(p)}, now ${describeValues(now)}: not every old value is left`);
    } else if (!sameConditions(conditionsOnOld(now, before), p.when)) {
      reasons.push(`${p.name} is active under other conditions`);
    }
  }
  for (const p of after.parameters) {
    if (!known.has(p.name) && !isOnlyForNewValues(p, before)) reasons.push(`${p.name} is new`);
  }
  for (const text of after.where) {
    if (!before.where.includes(text)) reasons.push(`the constraint ${JSON.stringify(text)} is new`);
  }
  const computed = (space: Space) => new Map((space.derived ?? []).map(({ name, expression }) => [name, expression]));
  const [old, now] = [computed(before), computed(after)];
  for (const name of new Set([...old.keys(), ...now.keys()])) {
    if (old.get(name) !== now.get(name)) reasons.push(`${name} is computed in another way`);
  }
  return reasons;
}

/** Says whether a study may go on in `after` with the trials it made in `before`. */
export function compareSpaces(before: Space, after: Space): SpaceComparison {
  if (jsonEqual(spaceToJson(before), spaceToJson(after))) return { kind: "same", reasons: [] };
  const reasons = obstacles(before, after);
  if (reasons.length > 0) return { kind: "incompatible", reasons };
  const next = new Map(after.parameters.map((p) => [p.name, p]));
  const changed = before.parameters.flatMap((p) => {
    const now = next.get(p.name)!;
    if (!containsValues(p, now)) return [`${p.name} allowed ${describeValues(p)}, now ${describeValues(now)}`];
    const json = (space: Space) => JSON.stringify(space.parameters.find((other) => other.name === p.name));
    return json(before) === json(after) ? [] : [`${p.name} is defined in other words`];
  });
  const added = after.parameters.filter((p) => !before.parameters.some((old) => old.name === p.name));
  changed.push(...added.map((p) => `${p.name} is new`));
  const dropped = before.where.filter((text) => !after.where.includes(text));
  return {
    kind: "widened",
    reasons: [...changed, ...dropped.map((text) => `the constraint ${JSON.stringify(text)} is gone`)],
  };
}
