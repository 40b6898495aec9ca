import type { Cell } from "./cell.ts";
import { CellJudge } from "./cell-judge.ts";
import type { Component } from "./component.ts";

/** The part of a component's unit cube that may be feasible, as disjoint cells. Everything outside is surely infeasible. */
export interface Region {
  readonly cells: readonly Cell[];
  /** Sum of the volumes of the cells up to and with each one. */
  readonly cumulative: Float64Array;
}

const MOST_CELLS = 1500;
const MOST_BOUNDS = 30_000;
const GOOD_SHARE = 0.7;

/** Largest volume first. */
class CellHeap {
  readonly #cells: Cell[] = [];

  push(cell: Cell): void {
    const cells = this.#cells;
    let i = cells.length;
    cells.push(cell);
    while (i > 0) {
      const parent = (i - 1) >> 1;
      if (cells[parent]!.volume >= cells[i]!.volume) break;
      [cells[parent], cells[i]] = [cells[i]!, cells[parent]!];
      i = parent;
    }
  }

  pop(): Cell | undefined {
    const cells = this.#cells;
    const top = cells[0];
    const last = cells.pop();
    if (top === undefined || last === undefined || cells.length === 0) return top;
    cells[0] = last;
    for (let i = 0; ; ) {
      const left = 2 * i + 1;
      let largest = i;
      for (const child of [left, left + 1]) {
        if (child < cells.length && cells[child]!.volume > cells[largest]!.volume) largest = child;
      }
      if (largest === i) return top;
      [cells[largest], cells[i]] = [cells[i]!, cells[largest]!];
      i = largest;
    }
  }
}

class RegionBuilder {
  readonly #judge: CellJudge;

  constructor(component: Component, whole: ReadonlySet<string>) {
    this.#judge = new CellJudge(component, whole);
  }

  /** The halves that are left when the cell is cut across the parameter whose cut leaves least. */
  split(cell: Cell): readonly Cell[] | null {
    const candidates = new Set(cell.undecided.flatMap((i) => this.#judge.relevant[i]!));
    let best: readonly Cell[] | null = null;
    let bestScore = Number.POSITIVE_INFINITY;
    for (const i of candidates) {
      const cut = this.#judge.cutAt(cell, i);
      if (cut === null) continue;
      const halves = this.#judge.halves(cell, i, cut).filter((half) => half !== null);
      const left = halves.reduce((sum, half) => sum + half.volume * (half.undecided.length === 0 ? 0.5 : 1), 0);
      // Of cuts that gain nothing yet, the widest side first.
      const score = left / cell.volume - 1e-3 * (cell.high[i]! - cell.low[i]!);
      if (score < bestScore) [best, bestScore] = [halves, score];
    }
    return best;
  }

  build(): Region {
    const whole = this.#judge.all();
    const done: Cell[] = [];
    const open = new CellHeap();
    let feasible = 0;
    let undecided = 0;
    const add = (cell: Cell): void => {
      if (cell.undecided.length > 0) {
        open.push(cell);
        undecided += cell.volume;
      } else {
        done.push(cell);
        feasible += cell.volume;
      }
    };
    if (whole !== null) add(whole);
    for (let cells = 1; cells < MOST_CELLS && this.#judge.bounds < MOST_BOUNDS; cells++) {
      if (feasible >= GOOD_SHARE * (feasible + undecided)) break;
      const cell = open.pop();
      if (cell === undefined) break;
      undecided -= cell.volume;
      const halves = this.split(cell);
      if (halves === null) done.push(cell);
      else for (const half of halves) add(half);
    }
    for (let cell = open.pop(); cell !== undefined; cell = open.pop()) done.push(cell);
    let sum = 0;
    return { cells: done, cumulative: Float64Array.from(done, (cell) => (sum += cell.volume)) };
  }
}

/**
 * Cuts away what interval arithmetic proves infeasible, until most of what is left is feasible or the effort is spent. The
 * parameters of `whole` are not drawn but follow from the others: cells span them, or the others would be drawn unevenly.
 */
export function buildRegion(component: Component, whole: ReadonlySet<string>): Region {
  return new RegionBuilder(component, whole).build();
}
