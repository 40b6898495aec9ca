import { ABSENT, FALSE, TRUE } from "../expression/bound.ts";
import { boundCondition } from "../expression/bound-expression.ts";
import { boxOfCell, type Cell, innerBorders } from "./cell.ts";
import type { Component } from "./component.ts";

const NARROWEST = 1e-12;

/** Says of cells of a component's unit cube, by interval arithmetic, what may be feasible in them, and where they can be cut. */
export class CellJudge {
  /** Places of the parameters that decide each constraint, parents included. */
  readonly relevant: readonly (readonly number[])[];
  readonly #component: Component;
  readonly #borders: readonly (readonly number[] | null)[];
  readonly #whole: ReadonlySet<string>;
  #bounds = 0;

  /** `whole`: parameters that are never cut across. */
  constructor(component: Component, whole: ReadonlySet<string>) {
    this.#component = component;
    this.#whole = whole;
    const { parameters, constraints } = component;
    const place = new Map(parameters.map((p, i) => [p.name, i]));
    this.#borders = parameters.map(innerBorders);
    this.relevant = constraints.map(({ names, expression }) => {
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

  /** Constraints looked at so far. */
  get bounds(): number {
    return this.#bounds;
  }

  /** The whole cube, or null when nothing in it is feasible. */
  all(): Cell | null {
    const { parameters, constraints } = this.#component;
    const size = parameters.length;
    return this.judge(
      new Float64Array(size),
      new Float64Array(size).fill(1),
      constraints.map((_, i) => i),
    );
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

  /** The parts of the cell below and above a cut across one parameter, null where nothing is feasible. */
  halves(cell: Cell, i: number, cut: number): readonly [Cell | null, Cell | null] {
    return [
      this.judge(cell.low, cell.high.with(i, cut), cell.undecided),
      this.judge(cell.low.with(i, cut), cell.high, cell.undecided),
    ];
  }

  /** True for parameters that are not cut across, or only between values. */
  isFixed(i: number): boolean {
    return this.#whole.has(this.#component.parameters[i]!.name) || this.#borders[i] !== null;
  }

  /** Where the cell can be cut across a parameter, as near as can be to a share of its side; null when it cannot. */
  cutAt(cell: Cell, i: number, share = 0.5): number | null {
    if (this.#whole.has(this.#component.parameters[i]!.name)) return null;
    const low = cell.low[i]!;
    const high = cell.high[i]!;
    const wanted = low + share * (high - low);
    const borders = this.#borders[i]!;
    if (borders === null) return high - low > NARROWEST ? wanted : null;
    let best: number | null = null;
    for (const border of borders) {
      if (border <= low + NARROWEST || border >= high - NARROWEST) continue;
      if (best === null || Math.abs(border - wanted) < Math.abs(best - wanted)) best = border;
    }
    return best;
  }
}
