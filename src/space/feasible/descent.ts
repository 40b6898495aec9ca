import type { RandomStream } from "../../numeric/random/stream-source.ts";
import type { Cell } from "./cell.ts";
import { CellJudge } from "./cell-judge.ts";
import type { Component } from "./component.ts";

const MOST_BOUNDS = 60_000;
const MOST_PASSES = 4;
/** Sides of a cell that are tried to be cut off, as shares of it. */
const SLICES = [0.5, 0.2, 0.05, 0];

/**
 * Finds single points where few of the box are feasible (twenty shares that sum to 1): fixes one parameter after the other, in
 * random order, by halving the cell and keeping a half in which interval arithmetic leaves something.
 */
export class Descent {
  readonly #component: Component;
  readonly #judge: CellJudge;

  /** Parameters of `whole` follow from the others and are not cut. */
  constructor(component: Component, whole: ReadonlySet<string>) {
    this.#component = component;
    this.#judge = new CellJudge(component, whole);
  }

  /** True when all effort is spent. */
  get exhausted(): boolean {
    return this.#judge.bounds >= MOST_BOUNDS;
  }

  /**
   * A point of the unit cube, or null where the way down ended at nothing. `careful`: before each parameter the ends of all others
   * are cut off where nothing is feasible, which costs more and sees further (`a < b < c < d` over few whole numbers).
   */
  find(stream: RandomStream, careful: boolean): Float64Array | null {
    let cell = this.#judge.all();
    for (const i of shuffled(this.#component.parameters.length, stream)) {
      if (careful && cell !== null) cell = this.#trimmed(cell);
      while (cell !== null && cell.undecided.length > 0 && !this.exhausted) {
        const cut = this.#judge.cutAt(cell, i);
        if (cut === null) break;
        const [below, above] = this.#judge.halves(cell, i, cut);
        const share = (cut - cell.low[i]!) / (cell.high[i]! - cell.low[i]!);
        cell = below !== null && (above === null || stream.float() < share) ? below : above;
      }
      if (cell === null || this.exhausted) return null;
      cell = this.#collapsed(cell, i);
    }
    return cell === null ? null : cell.low.map((low, i) => low + (cell.high[i]! - low) * stream.float());
  }

  /** With one end of a continuous side, where anything is feasible there: between them a narrow share of the side may be left only. */
  #collapsed(cell: Cell, i: number): Cell | null {
    if (cell.undecided.length === 0 || this.#judge.isFixed(i)) return cell;
    const { low, high, undecided } = cell;
    const end = (u: number): Cell | null => this.#judge.judge(low.with(i, u), high.with(i, u), undecided);
    return end(low[i]!) ?? end(high[i]!);
  }

  /** The cell without the ends of its sides in which nothing is feasible; null when nothing is left. */
  #trimmed(from: Cell): Cell | null {
    let cell = from;
    for (let pass = 0; pass < MOST_PASSES && !this.exhausted; pass++) {
      const before = cell;
      for (let k = 0; k < cell.low.length; k++) {
        // To and fro: chains of inequalities pass news on in either direction.
        const less = this.#trimmedSide(cell, pass % 2 === 0 ? k : cell.low.length - 1 - k);
        if (less === null) return null;
        cell = less;
      }
      if (cell === before) break;
    }
    return cell;
  }

  #trimmedSide(from: Cell, i: number): Cell | null {
    let cell = from;
    for (const slice of SLICES) {
      for (const share of [slice, 1 - slice]) {
        const cut = this.#judge.cutAt(cell, i, share);
        if (cut === null) return cell;
        const [below, above] = this.#judge.halves(cell, i, cut);
        if (below === null && above === null) return null;
        if (below === null) cell = above!;
        else if (above === null) cell = below;
      }
    }
    return cell;
  }
}

function shuffled(count: number, stream: RandomStream): readonly number[] {
  const places = Array.from({ length: count }, (_, i) => i);
  for (let i = count - 1; i > 0; i--) {
    const other = stream.int(i + 1);
    [places[i], places[other]] = [places[other]!, places[i]!];
  }
  return places;
}
