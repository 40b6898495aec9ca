import { declaredParameters } from "./declared-parameters.ts";
import { compileDerived } from "./derived-values.ts";
import type { Expression } from "./expression/expression.ts";
import { floatText } from "./float-text.ts";
import { isFloatExpression } from "./is-float-expression.ts";
import type { JsonValue, Params } from "./json.ts";
import { jsonIndexOf } from "./json-equal.ts";
import type { Parameter } from "./parameter.ts";
import type { Space } from "./space.ts";
import { type Spelled, SpelledNumber, type SpelledParams } from "./spelled.ts";
import { parseSpelledText } from "./text/parse-text-value.ts";

/**
 * The rules by which numbers are written for programs. 1, of studies made before there were others: whole floats as `1` but in
 * literals, choices in their shortest form. 2: floats as floats, choices as the user wrote them.
 */
export type Writing = 1 | 2;

/**
 * A configuration, derived values among it, as programs get it: values of float parameters are floats, choices and fixed values
 * as the user wrote them.
 */
export function spellParams(space: Space, params: Params, writing: Writing = 2): SpelledParams {
  const byName = new Map(declaredParameters(space).map((p) => [p.name, p]));
  const derived = writing === 1 ? new Map<string, Shape>() : derivedShapes(space);
  const spelled = Object.entries(params).map(([name, value]): [string, Spelled] => {
    const parameter = byName.get(name);
    return [name, parameter === undefined ? shaped(value, derived.get(name)) : spellValue(parameter, value, writing)];
  });
  return Object.fromEntries(spelled);
}

/** One value of a parameter as programs get it. */
export function spellValue(p: Parameter, value: JsonValue, writing: Writing = 2): Spelled {
  if (p.type === "float" && typeof value === "number") {
    return new SpelledNumber(value, writing === 1 ? String(value + 0) : floatText(value), true);
  }
  const text = writing === 1 ? null : writtenText(p, value);
  return text === null ? value : parseSpelledText(text);
}

function writtenText(p: Parameter, value: JsonValue): string | null {
  switch (p.type) {
    case "categorical":
      return p.spelling?.[jsonIndexOf(p.choices, value)] ?? null;
    case "ordinal":
      return p.spelling?.[jsonIndexOf(p.values, value)] ?? null;
    case "fixed":
      return p.spelling ?? null;
    default:
      return null;
  }
}

/** Whether a derived value is a float; of a list, each of its items. */
type Shape = boolean | readonly Shape[];

function derivedShapes(space: Space): ReadonlyMap<string, Shape> {
  const found = new Set(
    declaredParameters(space)
      .filter(holdsFloats)
      .map(({ name }) => name),
  );
  const shapes = new Map<string, Shape>();
  for (const [i, { expression, text }] of compileDerived(space).entries()) {
    const shapeOf = (part: Expression): Shape =>
      part.kind === "list" ? part.items.map(shapeOf) : isFloatExpression(part, text, (name) => found.has(name));
    const { name } = space.derived![i]!;
    const shape = shapeOf(expression);
    shapes.set(name, shape);
    if (shape === true) found.add(name);
  }
  return shapes;
}

function shaped(value: JsonValue, shape: Shape | undefined): Spelled {
  if (typeof value === "number") return shape === true ? new SpelledNumber(value, floatText(value)) : value;
  if (!Array.isArray(value) || typeof shape !== "object") return value;
  return value.map((item: JsonValue, i) => shaped(item, shape[i]));
}

function holdsFloats(p: Parameter): boolean {
  if (p.type === "float") return true;
  const texts = p.type === "categorical" || p.type === "ordinal" ? (p.spelling ?? []) : [];
  const own = p.type === "fixed" ? [p.spelling ?? null] : texts;
  return own.some((text) => text !== null && isFloat(parseSpelledText(text))) || fractionsOf(p);
}

function isFloat(value: Spelled): boolean {
  return value instanceof SpelledNumber && value.isFloat;
}

/** Whether a choice is a fraction such as 0.5, which JSON writes as the user did. */
function fractionsOf(p: Parameter): boolean {
  const values = p.type === "categorical" ? p.choices : p.type === "ordinal" ? p.values : [];
  const all = p.type === "fixed" ? [p.value] : values;
  return all.some((value) => typeof value === "number" && !Number.isInteger(value));
}
