import type { JsonValue } from "../../../space/json.ts";
import type { Cell } from "./survey-cells.ts";

/** Keys of an object, in their order; or a value that is no object. */
export type Shape = readonly string[] | { readonly is: JsonValue };

type JsonObject = { readonly [key: string]: JsonValue | undefined };

/** Cells for each value that there is, beyond which a column for each key is a waste. */
const SPARSEST = 4;
const ALWAYS_FINE = 4_096;

/** Which keys the objects of a column have: few different lists of them, as a rule. */
export class ShapeList {
  readonly list: Shape[] = [];
  /** The place in `list` of each row. */
  readonly ofRow: Uint32Array;
  readonly #places = new Map<string, number>();
  readonly #keys = new Map<string, boolean[]>();

  private constructor(rows: number) {
    this.ofRow = new Uint32Array(rows);
  }

  /** Null when the objects have too little in common. */
  static of(cells: readonly Cell[]): ShapeList | null {
    const shapes = new ShapeList(cells.length);
    let filled = 0;
    let place = 0;
    cells.forEach((cell, row) => {
      if (cell !== undefined && !shapes.#fits(place, cell)) place = shapes.#placeOf(shapeOf(cell));
      shapes.ofRow[row] = place;
      const shape = shapes.list[place];
      if (Array.isArray(shape)) filled += shape.length + 1;
    });
    const all = shapes.#keys.size * cells.length;
    return all > Math.max(ALWAYS_FINE, SPARSEST * filled) ? null : shapes;
  }

  get length(): number {
    return this.list.length;
  }

  /** Of all shapes. */
  get keys(): readonly string[] {
    return [...this.#keys.keys()];
  }

  /** The values of a key; undefined in rows without it. */
  column(key: string, cells: readonly Cell[]): readonly Cell[] {
    const has = this.#keys.get(key)!;
    const values = new Array<Cell>(cells.length);
    for (let row = 0; row < cells.length; row++) {
      const cell = cells[row];
      values[row] = cell !== undefined && has[this.ofRow[row]!] === true ? (cell as JsonObject)[key] : undefined;
    }
    return values;
  }

  #fits(place: number, cell: JsonValue): boolean {
    const shape = this.list[place];
    if (!Array.isArray(shape) || !isObject(cell)) return false;
    let at = 0;
    // Own keys alone: nothing inherits in what JSON made.
    for (const key in cell) {
      if (shape[at] !== key || cell[key] === undefined) return false;
      at++;
    }
    return at === shape.length;
  }

  #placeOf(shape: Shape): number {
    const text = JSON.stringify(shape);
    const known = this.#places.get(text);
    if (known !== undefined) return known;
    const place = this.list.push(shape) - 1;
    this.#places.set(text, place);
    if (Array.isArray(shape)) {
      for (const key of shape as readonly string[]) {
        const has = this.#keys.get(key) ?? [];
        has[place] = true;
        this.#keys.set(key, has);
      }
    }
    return place;
  }
}

function isObject(value: JsonValue): value is { readonly [key: string]: JsonValue } {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function shapeOf(value: JsonValue): Shape {
  if (!isObject(value)) return { is: value };
  const object: JsonObject = value;
  return Object.keys(object).filter((key) => object[key] !== undefined);
}
