import { jsonIndexOf } from "./json-equal.ts";
import { gridIndex, gridSize, gridValue, type NumericParameter } from "./numeric-domain.ts";
import type { Parameter } from "./parameter.ts";
import { finiteValues, isParameterValue } from "./parameter-value.ts";
import type { Space } from "./space.ts";

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

/** Why a space no longer has all that another had, in words; empty when it was only widened. New parameters are no matter. */
export function narrowings(before: Space, after: Space): readonly string[] {
  const reasons: string[] = [];
  const next = new Map(after.parameters.map((p) => [p.name, p]));
  for (const p of before.parameters) {
    const now = next.get(p.name);
    if (now === undefined) reasons.push(`${p.name} is gone`);
    else if (!containsValues(now, p)) reasons.push(`${p.name} has not all the values it had`);
    else if (!sameConditions(conditionsOnOld(now, before), p.when)) {
      reasons.push(`${p.name} is active under other conditions`);
    }
  }
  for (const text of after.where) {
    if (!before.where.includes(text)) reasons.push(`the constraint ${JSON.stringify(text)} is new`);
  }
  const now = new Map(after.derived?.map(({ name, expression }) => [name, expression]));
  for (const { name, expression } of before.derived ?? []) {
    if (now.get(name) !== expression) reasons.push(`${name} is computed in another way`);
  }
  return reasons;
}
