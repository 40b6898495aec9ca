import { keyedStreams } from "../../numeric/random/keyed-streams.ts";
import type { ForestData } from "./forest-data.ts";
import { growTree, type Leaf } from "./grow-tree.ts";
import { cellWeights, type TreeVariance, treeVariance } from "./tree-variance.ts";

/** Trees, each grown on a draw of its own from the trials. */
export interface Forest {
  readonly data: ForestData;
  readonly weights: readonly Float64Array[];
  readonly trees: readonly TreeVariance[];
  /** Share of the variation of trials that a tree did not see which the others foretell, at most 1; below 0 where the mean does better. */
  readonly explained: number;
}

/** Grows so many trees; the same ones each time. */
export function growForest(data: ForestData, count: number, key = "forest"): Forest {
  const rows = data.values.length;
  const streams = keyedStreams(0, 0);
  const weights = cellWeights(data);
  const sums = new Float64Array(rows);
  const seen = new Int32Array(rows);
  const trees = Array.from({ length: count }, (_, tree) => {
    const stream = streams.stream(`${key}-${tree}`);
    const drawn = Int32Array.from({ length: rows }, () => stream.int(rows));
    const leaves = growTree(data, drawn, stream);
    const inside = new Uint8Array(rows);
    for (const row of drawn) inside[row] = 1;
    for (let row = 0; row < rows; row++) {
      if (inside[row] === 1) continue;
      sums[row]! += leafOf(leaves, data, row).value;
      seen[row]! += 1;
    }
    return treeVariance(leaves, weights);
  });
  return { data, weights, trees, explained: explainedOf(data.values, sums, seen) };
}

function leafOf(leaves: readonly Leaf[], { places }: ForestData, row: number): Leaf {
  return leaves.find(({ cells }) => places.every((own, axis) => cells[axis]![own[row]!] === 1))!;
}

function explainedOf(values: Float64Array, sums: Float64Array, seen: Int32Array): number {
  const mean = values.reduce((sum, value) => sum + value / values.length, 0);
  let [left, all] = [0, 0];
  for (const [row, value] of values.entries()) {
    if (seen[row] === 0) continue;
    const off = value - sums[row]! / seen[row]!;
    left += off * off;
    all += (value - mean) * (value - mean);
  }
  return all > 0 ? 1 - left / all : 0;
}

/** The same configurations with each axis's places shuffled among the trials, beside the true ones: what such an axis explains is chance. */
export function withShadows(data: ForestData): ForestData {
  const streams = keyedStreams(0, 1);
  const shadows = data.places.map((own, axis) => {
    const stream = streams.stream(`shadow-${axis}`);
    const shuffled = Uint16Array.from(own);
    for (let k = shuffled.length - 1; k > 0; k--) {
      const other = stream.int(k + 1);
      [shuffled[k], shuffled[other]] = [shuffled[other]!, shuffled[k]!];
    }
    return shuffled;
  });
  return { ...data, axes: [...data.axes, ...data.axes], places: [...data.places, ...shadows] };
}
