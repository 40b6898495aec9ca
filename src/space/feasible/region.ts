import { ABSENT, FALSE, TRUE } from "../expression/bound.ts";
import { boundCondition } from "../expression/bound-expression.ts";
import { boxOfCell, type Cell, innerBorders } from "./cell.ts";
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
const NARROWEST = 1e-12;

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
  readonly #component: Component;
  readonly #borders: readonly (readonly number[] | null)[];
  /** Places of the parameters that decide each constraint, parents included. */
  readonly #relevant: readonly (readonly number[])[];
  #bounds = 0;

  /** Parameters that are never cut across. */
  readonly #whole: ReadonlySet<string>;

  constructor(component: Component, whole: ReadonlySet<string>) {
    this.#component = component;
    this.#whole = whole;
    const { parameters, constraints } = component;
    const place = new Map(parameters.map((p, i) => [p.name, i]));
    this.#borders = parameters.map(innerBorders);
    this.#relevant = constraints.map(({ names, expression }) => {
      if (expression.kind === "opaque") return [];
      const found = new Set<number>();
      const visit = (name: string): void => {
        const i = place.get(name)!;
        if (found.has(i)) return;
        found.add(i);
        for (const { parent } of parameters[i]!.when.flat()) visit(parent);
      };
      for (const name of names) visit(name);
      return [...found].sort((a, b) => a - b);
    });
  }

  /** The cell with the constraints that are still open in it, or null when one of them fails everywhere in it. */
  judge(low: Float64Array, high: Float64Array, open: readonly number[]): Cell | null {
    const box = boxOfCell(this.#component.parameters, low, high);
    const undecided: number[] = [];
    for (const i of open) {
      this.#bounds++;
      const mask = boundCondition(this.#component.constraints[i]!.expression, box);
      if ((mask & (TRUE | ABSENT)) === 0) return null;
      if (mask & FALSE) undecided.push(i);
    }
    return { low, high, undecided, volume: low.reduce((product, from, i) => product * (high[i]! - from), 1) };
  }

  #cutAt(cell: Cell, i: number): number | null {
    const low = cell.low[i]!;
    const high = cell.high[i]!;
    const middle = (low + high) / 2;
    const borders = this.#borders[i]!;
    if (borders === null) return high - low > NARROWEST ? middle : null;
    let best: number | null = null;
    for (const border of borders) {
      if (border <= low + NARROWEST || border >= high - NARROWEST) continue;
      if (best === null || Math.abs(border - middle) < Math.abs(best - middle)) best = border;
    }
    return best;
  }

  /** The halves that are left when the cell is cut across the parameter whose cut leaves least. */
  split(cell: Cell): readonly Cell[] | null {
    const candidates = new Set(cell.undecided.flatMap((i) => this.#relevant[i]!));
    let best: readonly Cell[] | null = null;
    let bestScore = Number.POSITIVE_INFINITY;
    for (const i of candidates) {
      if (this.#whole.has(this.#component.parameters[i]!.name)) continue;
      const cut = this.#cutAt(cell, i);
      if (cut === null) continue;
      const halves = [
        this.judge(cell.low, cell.high.with(i, cut), cell.undecided),
        this.judge(cell.low.with(i, cut), cell.high, cell.undecided),
      ].filter((half) => half !== null);
      const left = halves.reduce((sum, half) => sum + half.volume * (half.undecided.length === 0 ? 0.5 : 1), 0);
      // Of cuts that gain nothing yet, the widest side first.
      const score = left / cell.volume - 1e-3 * (cell.high[i]! - cell.low[i]!);
      if (score < bestScore) [best, bestScore] = [halves, score];
    }
    return best;
  }

  build(): Region {
    const size = this.#component.parameters.length;
    const whole = this.judge(
      new Float64Array(size),
      new Float64Array(size).fill(1),
      this.#component.constraints.map((_, i) => i),
    );
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
    for (let cells = 1; cells < MOST_CELLS && this.#bounds < MOST_BOUNDS; cells++) {
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
