import type { SourcePosition } from "../errors.ts";
import { constraintsOf } from "./constraints.ts";
import type { JsonValue } from "./json.ts";
import type { Parameter } from "./parameter.ts";
import type { Space } from "./space.ts";
import { spaceError } from "./space-error.ts";

/** NUL ends an argument for every program; U+0085 is a line break in YAML and a letter elsewhere. */
const UNSAFE = /[\0\u0085]/;

/**
 * What is refused of a space that somebody writes, and not of one that was kept: constraints that depend on nothing, and texts that no
 * program could be given.
 *
 * @throws AttuneError `invalid-space`.
 */
export function checkNewSpace(
  space: Space,
  locate: (name: string, field: string) => SourcePosition | null,
  locateWhere: (index: number) => SourcePosition | null = () => null,
): void {
  for (const [index, { text, names }] of constraintsOf(space, locateWhere).entries()) {
    if (names.size > 0) continue;
    const what = `The constraint ${JSON.stringify(text)} names no parameter, so it is the same for all configurations`;
    throw spaceError(`${what}; compare parameters, or take it out.`, locateWhere(index));
  }
  for (const parameter of space.parameters) {
    const unsafe = valuesOf(parameter).find(isUnsafe);
    if (unsafe === undefined) continue;
    const what = `Parameter ${JSON.stringify(parameter.name)} has the value ${escaped(unsafe)}`;
    throw spaceError(
      `${what}, which no program can be given; leave NUL and U+0085 out.`,
      locate(parameter.name, "values"),
    );
  }
}

function valuesOf(parameter: Parameter): readonly JsonValue[] {
  switch (parameter.type) {
    case "categorical":
      return parameter.choices;
    case "ordinal":
      return parameter.values;
    case "fixed":
      return [parameter.value];
    case "float":
    case "int":
    case "boolean":
      return [];
  }
}

function isUnsafe(value: JsonValue): boolean {
  if (typeof value === "string") return UNSAFE.test(value);
  if (typeof value !== "object" || value === null) return false;
  return Object.entries(value).some(([key, inner]) => isUnsafe(key) || isUnsafe(inner));
}

function escaped(value: JsonValue): string {
  return JSON.stringify(value).replaceAll("\u0085", "\\u0085");
}
