import type { Direction } from "../../../trial/metric.ts";
import type { Glyphs } from "../../render/text.ts";

/** The labels of a frame: at the ends of the vertical axis, and below the horizontal one. */
interface FrameLabels {
  readonly top: string;
  readonly bottom: string;
  readonly left: string;
  readonly right: string;
}

/** A grid of signs to draw on, row 0 at the top. */
export class TextCanvas {
  readonly columns: number;
  readonly rows: number;
  readonly #cells: string[][];

  constructor(columns: number, rows: number) {
    this.columns = columns;
    this.rows = rows;
    this.#cells = Array.from({ length: rows }, () => Array<string>(columns).fill(" "));
  }

  /** Puts a sign (colours included) into a cell; outside of the grid nothing happens. */
  put(column: number, row: number, sign: string): void {
    if (row >= 0 && row < this.rows && column >= 0 && column < this.columns) this.#cells[row]![column] = sign;
  }

  /** Puts a sign at shares from 0 (left, bottom) to 1. */
  plot(x: number, y: number, sign: string): void {
    this.put(this.columnAt(x), this.rowAt(y), sign);
  }

  columnAt(x: number): number {
    return Math.round(Math.min(1, Math.max(0, x)) * (this.columns - 1));
  }

  rowAt(y: number): number {
    return Math.round((1 - Math.min(1, Math.max(0, y))) * (this.rows - 1));
  }

  lines(): readonly string[] {
    return this.#cells.map((row) => row.join("").trimEnd());
  }

  /** The grid between two axes with their labels. */
  framed({ top, bottom, left, right }: FrameLabels, { vertical, corner, horizontal }: Glyphs): readonly string[] {
    const margin = Math.max(top.length, bottom.length);
    const body = this.lines().map((line, row) => {
      const label = row === 0 ? top : row === this.rows - 1 ? bottom : "";
      return `${label.padStart(margin)} ${vertical}${line}`;
    });
    const gap = Math.max(1, this.columns - left.length - right.length);
    const below = " ".repeat(margin + 2);
    return [
      ...body,
      `${" ".repeat(margin)} ${corner}${horizontal.repeat(this.columns)}`,
      `${below}${left}${" ".repeat(gap)}${right}`,
    ];
  }
}

/** Share of the values that a figure shows at their height; worse ones lie at the edge. */
const SHOWN = 0.9;

/** The part of a metric's axis that is drawn. */
export interface ValueRange {
  readonly low: number;
  readonly high: number;
  /** From 0 at `low` to 1 at `high`; values outside lie at the edge. */
  readonly share: (value: number) => number;
}

/** From the best value to where nine tenths of the values lie, so that a few bad ones do not flatten the rest. */
export function valueRange(values: readonly number[], direction: Direction): ValueRange {
  const sorted = [...values].sort((a, b) => (direction === "minimize" ? a - b : b - a));
  const best = sorted[0] ?? 0;
  const reach = sorted[Math.ceil((sorted.length - 1) * SHOWN)] ?? best;
  const [low, high] = [Math.min(best, reach), Math.max(best, reach)];
  const share = (value: number): number =>
    high === low ? 0.5 : Math.min(1, Math.max(0, (value - low) / (high - low)));
  return { low, high, share };
}
