import { AttuneError } from "../../errors.ts";
import type { CompiledExpression } from "../../space/expression/compiled-expression.ts";
import type { Params } from "../../space/json.ts";
import type { CellTree } from "./cell-tree.ts";

/** Most cells of one group of tied parameters that are looked at one by one. */
const MOST_CELLS = 1_000_000n;

/** The cells of a tree that keep its constraints, in the tree's order. */
export class FeasibleTree implements CellTree {
  readonly #tree: CellTree;
  readonly #kept: Uint32Array;

  /** `params` makes a configuration of the tree's parameters from its digits. */
  constructor(
    tree: CellTree,
    constraints: readonly CompiledExpression[],
    digits: number,
    params: (digits: readonly number[]) => Params,
  ) {
    const texts = constraints.map(({ text }) => JSON.stringify(text)).join(", ");
    if (tree.size > MOST_CELLS) {
      const advice = "ask for fewer values with the option points";
      const message = `sampler grid: ${texts} ties parameters with ${tree.size} cells together; at most ${MOST_CELLS} can be checked: ${advice}.`;
      throw new AttuneError("invalid-argument", message);
    }
    this.#tree = tree;
    const kept: number[] = [];
    for (let index = 0n; index < tree.size; index++) {
      const own = new Array<number>(digits).fill(-1);
      tree.write(index, own);
      const values = params(own);
      if (constraints.every((constraint) => constraint.evaluate(values) !== false)) kept.push(Number(index));
    }
    if (kept.length === 0) {
      const advice = "ask for more values with the option points, or take another sampler";
      const message = `sampler grid: ${texts} leaves none of its ${tree.size} cells: ${advice}.`;
      throw new AttuneError("invalid-argument", message);
    }
    this.#kept = Uint32Array.from(kept);
  }

  get size(): bigint {
    return BigInt(this.#kept.length);
  }

  write(index: bigint, digits: number[]): void {
    this.#tree.write(BigInt(this.#kept[Number(index)]!), digits);
  }

  read(digits: readonly number[]): bigint | null {
    const index = this.#tree.read(digits);
    if (index === null) return null;
    let low = 0;
    let high = this.#kept.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#kept[middle]! < Number(index)) low = middle + 1;
      else high = middle;
    }
    return this.#kept[low] === Number(index) ? BigInt(low) : null;
  }
}
