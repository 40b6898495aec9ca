import { type Component, componentsOf } from "../../space/feasible/component.ts";
import type { JsonValue, Params } from "../../space/json.ts";
import type { Parameter } from "../../space/parameter.ts";
import type { Space } from "../../space/space.ts";
import type { CellTree } from "./cell-tree.ts";
import { FeasibleTree } from "./feasible-tree.ts";
import { GridAxis } from "./grid-axis.ts";
import { GridTree } from "./grid-tree.ts";

/** How many values a parameter contributes, by parameter name, where its own number is not wanted. */
export type GridPoints = Readonly<Record<string, number>>;

/**
 * All cells of a grid over a conditional space: each distinct configuration once, by its index, without listing them.
 * Parameters that depend on each other form a tree with a count of its own; the grid is the product of the trees.
 */
export class GridCells {
  /** Number of cells. */
  readonly size: bigint;
  readonly #parameters: readonly Parameter[];
  readonly #axes: readonly GridAxis[];
  readonly #trees: readonly CellTree[];

  constructor(space: Space, points: GridPoints) {
    this.#parameters = space.parameters;
    this.#axes = space.parameters.map(
      (parameter) =>
        new GridAxis(parameter, Object.hasOwn(points, parameter.name) ? points[parameter.name] : undefined),
    );
    const components = componentsOf(space);
    this.#trees = connectedGroups(space.parameters, components).map((group) => {
      const tree = new GridTree(space.parameters, this.#axes, group);
      const names = new Set(group.map((i) => space.parameters[i]!.name));
      const constraints = components.flatMap((one) => (names.has(one.parameters[0]!.name) ? one.constraints : []));
      if (constraints.length === 0) return tree;
      return new FeasibleTree(tree, constraints, space.parameters.length, (digits) => this.#params(digits));
    });
    this.size = this.#trees.reduce((product, tree) => product * tree.size, 1n);
  }

  /** The configuration at an index in [0, size); the last parameter changes fastest. */
  at(index: bigint): Params {
    const digits = new Array<number>(this.#parameters.length).fill(-1);
    let rest = index;
    for (const tree of this.#trees.toReversed()) {
      tree.write(rest % tree.size, digits);
      rest /= tree.size;
    }
    return this.#params(digits);
  }

  #params(digits: readonly number[]): Params {
    const params: Record<string, JsonValue> = {};
    for (const [i, parameter] of this.#parameters.entries())
      if (digits[i] !== -1) params[parameter.name] = this.#axes[i]!.value(digits[i]!);
    return params;
  }

  /**
   * The index of a configuration, or null when it lies between the cells. `column(name)` tells the parameter's value as
   * history columns do: the number itself, else the place among the choices; NaN where inactive.
   */
  indexOf(column: (name: string) => number): bigint | null {
    const digits = this.#parameters.map((parameter, i) => this.#axes[i]!.digit(column(parameter.name)));
    let index = 0n;
    for (const tree of this.#trees) {
      const part = tree.read(digits);
      if (part === null) return null;
      index = index * tree.size + part;
    }
    return index;
  }

  /** The same for plain values. */
  indexOfParams(params: Params): bigint | null {
    const byName = new Map(this.#parameters.map((parameter, i) => [parameter.name, this.#axes[i]!]));
    return this.indexOf((name) => byName.get(name)!.column(Object.hasOwn(params, name) ? params[name] : undefined));
  }
}

/** Groups of parameters linked by conditions or constraints; in each, children follow their parents as closely as they can. */
function connectedGroups(
  parameters: readonly Parameter[],
  components: readonly Component[],
): readonly (readonly number[])[] {
  const place = new Map(parameters.map((parameter, i) => [parameter.name, i]));
  const parents = parameters.map(
    ({ when }) => new Set(when.flatMap((all) => all.map((condition) => place.get(condition.parent)!))),
  );
  const root = parameters.map((_, i) => i);
  const find = (i: number): number => (root[i] === i ? i : find(root[i]!));
  const link = (i: number, j: number): void => {
    const [a, b] = [find(i), find(j)];
    root[Math.max(a, b)] = Math.min(a, b);
  };
  for (const [i, own] of parents.entries()) for (const parent of own) link(i, parent);
  for (const { parameters: tied } of components)
    for (const { name } of tied) link(place.get(name)!, place.get(tied[0]!.name)!);
  const groups = new Map<number, number[]>();
  const placed = new Set<number>();
  const visit = (i: number): void => {
    placed.add(i);
    const group = groups.get(find(i)) ?? [];
    groups.set(find(i), group);
    group.push(i);
    for (const [j, own] of parents.entries())
      if (own.has(i) && !placed.has(j) && [...own].every((parent) => placed.has(parent))) visit(j);
  };
  for (const i of root.keys()) if (!placed.has(i)) visit(i);
  return [...groups.values()];
}
