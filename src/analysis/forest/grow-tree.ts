import type { RandomStream } from "../../numeric/random/stream-source.ts";
import type { ForestData } from "./forest-data.ts";

/** A leaf: the mean of the trials in it, and of each axis the cells that belong to it (1) or not (0). */
export interface Leaf {
  readonly value: number;
  readonly cells: readonly Uint8Array[];
}

/** Trials in a leaf at least, counted as often as they were drawn. */
const LEAST = 3;
/** Share of the axes that a split may choose from. */
const SHARE = 0.7;

interface Split {
  readonly axis: number;
  /** Cells that go to the first side. */
  readonly first: Uint8Array;
  readonly gain: number;
}

/**
 * A regression tree (Breiman, "Random forests", 2001) over the cells of the configurations, on `rows` (with repetitions). Its leaves
 * part the whole space.
 */
export function growTree(data: ForestData, rows: Int32Array, stream: RandomStream): readonly Leaf[] {
  const leaves: Leaf[] = [];
  const all = data.axes.map(({ cells }) => new Uint8Array(cells).fill(1));
  const grow = (own: Int32Array, cells: readonly Uint8Array[]): void => {
    const split = own.length < 2 * LEAST ? null : bestSplit(data, own, cells, stream);
    if (split === null) {
      leaves.push({ value: meanOf(data.values, own), cells });
      return;
    }
    const place = data.places[split.axis]!;
    const sides = [1, 0].map((side) => own.filter((row) => split.first[place[row]!] === side));
    const inside = cells[split.axis]!;
    const parts = [1, 0].map((side) => inside.map((held, cell) => (held === 1 && split.first[cell] === side ? 1 : 0)));
    for (const [k, side] of sides.entries()) grow(side, cells.with(split.axis, Uint8Array.from(parts[k]!)));
  };
  grow(rows, all);
  return leaves;
}

function meanOf(values: Float64Array, rows: Int32Array): number {
  let sum = 0;
  for (const row of rows) sum += values[row]!;
  return sum / rows.length;
}

function bestSplit(
  data: ForestData,
  rows: Int32Array,
  cells: readonly Uint8Array[],
  stream: RandomStream,
): Split | null {
  const tried = Math.max(1, Math.ceil(data.axes.length * SHARE));
  const order = Array.from(data.axes.keys());
  let best: Split | null = null;
  for (let k = 0; k < order.length; k++) {
    // Beyond those that are drawn others are only looked at where none of these divides anything.
    if (k >= tried && best !== null) break;
    const other = k + stream.int(order.length - k);
    [order[k], order[other]] = [order[other]!, order[k]!];
    const split = splitAlong(data, rows, cells[order[k]!]!, order[k]!, stream);
    if (split !== null && (best === null || split.gain > best.gain)) best = split;
  }
  return best;
}

/** The split along one axis that takes away most of the squares; null where none leaves enough on both sides. */
function splitAlong(
  { axes, places, values }: ForestData,
  rows: Int32Array,
  inside: Uint8Array,
  axis: number,
  stream: RandomStream,
): Split | null {
  const { cells, ordered, inactive } = axes[axis]!;
  const place = places[axis]!;
  const sums = new Float64Array(cells);
  const counts = new Int32Array(cells);
  for (const row of rows) {
    sums[place[row]!]! += values[row]!;
    counts[place[row]!]! += 1;
  }
  const own = Array.from(inside.keys()).filter((cell) => inside[cell] === 1);
  // Single values by their mean: of the splits in two the best one is among those of this order. Inactive ones go to an end.
  const mean = (cell: number): number => (counts[cell] === 0 ? 0 : sums[cell]! / counts[cell]!);
  const sorted = ordered
    ? own
    : own.toSorted((a, b) => Number(counts[a] === 0) - Number(counts[b] === 0) || mean(a) - mean(b) || a - b);
  const turned =
    inactive !== null && ordered && stream.int(2) === 0 ? [inactive, ...sorted.filter((c) => c !== inactive)] : sorted;
  const walk = turned.filter((cell) => inside[cell] === 1);
  const [total, number] = walk.reduce(([s, c], cell) => [s + sums[cell]!, c + counts[cell]!], [0, 0]);
  let [sum, count, gain, last] = [0, 0, 0, -1];
  const ties: number[] = [];
  for (let k = 0; k + 1 < walk.length; k++) {
    sum += sums[walk[k]!]!;
    count += counts[walk[k]!]!;
    if (count < LEAST || number - count < LEAST) continue;
    const rest = total - sum;
    const now = (sum * sum) / count + (rest * rest) / (number - count) - (total * total) / number;
    if (now > gain * (1 + 1e-12) + 1e-300) {
      [gain, last] = [now, k];
      ties.length = 0;
    }
    // Between two trials there may be cells without any: the border lies anywhere among them.
    if (last >= 0 && Math.abs(now - gain) <= gain * 1e-12) ties.push(k);
  }
  if (last < 0) return null;
  const border = ties[stream.int(ties.length)]!;
  const first = new Uint8Array(cells);
  for (const cell of walk.slice(0, border + 1)) first[cell] = 1;
  return { axis, first, gain };
}
