import { constraintsOf } from "../constraints.ts";
import type { CompiledExpression } from "../expression/compiled-expression.ts";
import type { Parameter } from "../parameter.ts";
import type { Space } from "../space.ts";

/** Parameters that constraints tie together (with the parents that decide whether these are active), in the space's order. */
export interface Component {
  readonly parameters: readonly Parameter[];
  readonly constraints: readonly CompiledExpression[];
}

/** The groups of parameters that have to be drawn together; parameters in none of them are free. */
export function componentsOf(space: Space): readonly Component[] {
  const byName = new Map(space.parameters.map((p) => [p.name, p]));
  const root = new Map<string, string>();
  const find = (name: string): string => {
    const above = root.get(name);
    return above === undefined || above === name ? name : find(above);
  };
  const join = (a: string, b: string): void => {
    root.set(find(a), find(b));
  };
  const involve = (name: string): void => {
    if (root.has(name)) return;
    root.set(name, name);
    for (const { parent } of byName.get(name)!.when.flat()) {
      involve(parent);
      join(name, parent);
    }
  };
  const constraints = constraintsOf(space);
  for (const { names } of constraints) {
    for (const name of names) involve(name);
    const [first, ...others] = names;
    for (const other of others) join(first!, other);
  }
  const groups = new Map<string, Parameter[]>();
  for (const p of space.parameters) {
    if (!root.has(p.name)) continue;
    const group = groups.get(find(p.name)) ?? [];
    groups.set(find(p.name), group);
    group.push(p);
  }
  return [...groups].map(([key, parameters]) => ({
    parameters,
    constraints: constraints.filter(({ names }) => [...names].some((name) => find(name) === key)),
  }));
}
