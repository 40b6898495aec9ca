import type { Parameter } from "./parameter.ts";
import type { Space } from "./space.ts";

/** The space with choices and fixed values in their shortest form. */
export function withoutSpelling(space: Space): Space {
  return { ...space, parameters: space.parameters.map(plainParameter) };
}

function plainParameter(p: Parameter): Parameter {
  if (p.type !== "categorical" && p.type !== "ordinal" && p.type !== "fixed") return p;
  const { spelling: _spelling, ...plain } = p;
  return plain;
}
