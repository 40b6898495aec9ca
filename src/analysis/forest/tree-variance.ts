import type { ForestData } from "./forest-data.ts";
import type { Leaf } from "./grow-tree.ts";

/** How the variation of one tree over the whole space is made up. */
export interface TreeVariance {
  readonly leaves: readonly Leaf[];
  /** Share of each axis that a leaf takes up. */
  readonly held: readonly Float64Array[];
  readonly mean: number;
  readonly total: number;
  /** What each axis explains by itself. */
  readonly single: Float64Array;
}

/** Shares of the space of each axis's cells: even, but for inactive ones, as often as they came. */
export function cellWeights({ axes, places }: ForestData): readonly Float64Array[] {
  return axes.map(({ cells, inactive }, axis) => {
    const own = places[axis]!;
    const gone = inactive === null ? 0 : own.reduce((count, cell) => count + Number(cell === inactive), 0) / own.length;
    const each = (1 - gone) / (inactive === null ? cells : cells - 1);
    return Float64Array.from({ length: cells }, (_, cell) => (cell === inactive ? gone : each));
  });
}

/**
 * The variation of a tree and each axis's part in it (Hutter, Hoos and Leyton-Brown, "An efficient approach for assessing
 * hyperparameter importance", 2014, algorithm 2).
 */
export function treeVariance(leaves: readonly Leaf[], weights: readonly Float64Array[]): TreeVariance {
  const held = leaves.map(({ cells }) => Float64Array.from(weights, (own, axis) => heldOf(own, cells[axis]!)));
  const whole = held.map((shares) => shares.reduce((product, share) => product * share, 1));
  const mean = leaves.reduce((sum, { value }, k) => sum + value * whole[k]!, 0);
  const total = leaves.reduce((sum, { value }, k) => sum + (value - mean) * (value - mean) * whole[k]!, 0);
  const single = Float64Array.from(weights, (own, axis) => {
    const at = new Float64Array(own.length);
    for (const [k, { value, cells }] of leaves.entries()) {
      const rest = value * productWithout(held[k]!, axis, axis);
      const inside = cells[axis]!;
      for (let cell = 0; cell < at.length; cell++) if (inside[cell] === 1) at[cell]! += rest;
    }
    return at.reduce((sum, one, cell) => sum + (one - mean) * (one - mean) * own[cell]!, 0);
  });
  return { leaves, held, mean, total, single };
}

/** What two axes come to on average over all others, `surface[cell of a * cells of b + cell of b]`, and what they explain together alone. */
export function pairVariance(
  { leaves, held, mean, single }: TreeVariance,
  weights: readonly Float64Array[],
  a: number,
  b: number,
): { readonly variance: number; readonly surface: Float64Array } {
  const [first, second] = [weights[a]!, weights[b]!];
  const surface = new Float64Array(first.length * second.length);
  for (const [k, { value, cells }] of leaves.entries()) {
    const rest = value * productWithout(held[k]!, a, b);
    const inside = cells[b]!;
    for (let i = 0; i < first.length; i++) {
      if (cells[a]![i] === 0) continue;
      for (let j = 0; j < second.length; j++) if (inside[j] === 1) surface[i * second.length + j]! += rest;
    }
  }
  let both = 0;
  for (let i = 0; i < first.length; i++)
    for (let j = 0; j < second.length; j++) {
      const off = surface[i * second.length + j]! - mean;
      both += off * off * first[i]! * second[j]!;
    }
  return { variance: Math.max(0, both - single[a]! - single[b]!), surface };
}

function heldOf(weights: Float64Array, cells: Uint8Array): number {
  let held = 0;
  for (let cell = 0; cell < cells.length; cell++) if (cells[cell] === 1) held += weights[cell]!;
  return held;
}

function productWithout(shares: Float64Array, a: number, b: number): number {
  let product = 1;
  for (let k = 0; k < shares.length; k++) if (k !== a && k !== b) product *= shares[k]!;
  return product;
}
