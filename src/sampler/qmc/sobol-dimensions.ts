import { jsonIndexOf } from "../../space/json-equal.ts";
import type { Condition, Parameter } from "../../space/parameter.ts";
import type { Space } from "../../space/space.ts";

/**
 * The dimension of each parameter by name: the lowest one that no parameter holds which may be active at the same time. The
 * lower a Sobol dimension, the more even its pairs, and parameters of different branches never meet.
 */
export function sobolDimensions(space: Space): ReadonlyMap<string, number> {
  const byName = new Map(space.parameters.map((parameter) => [parameter.name, parameter]));
  const holders: Parameter[][] = [];
  const dimensions = new Map<string, number>();
  for (const parameter of space.parameters) {
    if (parameter.type === "fixed") continue;
    let dimension = holders.findIndex((held) => held.every((other) => exclude(parameter, other, byName)));
    if (dimension < 0) dimension = holders.push([]) - 1;
    holders[dimension]!.push(parameter);
    dimensions.set(parameter.name, dimension);
  }
  return dimensions;
}

type ByName = ReadonlyMap<string, Parameter>;

/** True when the two are surely never active together. */
function exclude(a: Parameter, b: Parameter, byName: ByName): boolean {
  if (a.when.length === 0 || b.when.length === 0) return false;
  return a.when.every((x) =>
    b.when.every((y) => contradict(x, y) || leadApart(x, b, byName) || leadApart(y, a, byName)),
  );
}

/** Two lists that ask for different values of one parent. */
function contradict(x: readonly Condition[], y: readonly Condition[]): boolean {
  return x.some((one) =>
    y.some((other) => one.parent === other.parent && !one.in.some((value) => jsonIndexOf(other.in, value) >= 0)),
  );
}

/** A list with a parent that is never active together with `other`. */
function leadApart(list: readonly Condition[], other: Parameter, byName: ByName): boolean {
  return list.some(({ parent }) => exclude(byName.get(parent)!, other, byName));
}
