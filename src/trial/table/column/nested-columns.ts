import type { JsonValue } from "../../../space/json.ts";
import { type ByteSource, uintAt } from "./byte-source.ts";
import type { Column } from "./read-column.ts";
import type { Shape } from "./shape-list.ts";
import { Starts } from "./starts.ts";

type Read = (source: ByteSource, rows: number) => Column;

/** Lists: row by row one after the other in a column of their own. */
export class ListColumn implements Column {
  readonly #inner: Column;
  readonly #starts: Starts;

  constructor(source: ByteSource, rows: number, read: Read) {
    this.#starts = new Starts(read(source.frame(), rows), rows);
    const length = source.uint32();
    this.#inner = read(source, length);
  }

  get(row: number): JsonValue {
    const start = this.#starts.of(row);
    const list: JsonValue[] = [];
    for (let at = start; at < start + this.#starts.count(row); at++) list.push(this.#inner.get(at));
    return list;
  }
}

interface Member {
  readonly key: string;
  readonly column: Column;
}

/** What an object of some shape is made of. */
interface Recipe {
  readonly members: readonly Member[];
  /** True when it cannot be made by assigning. */
  readonly defined: boolean;
  /** Instead of an object. */
  readonly value: JsonValue | undefined;
}

/** Objects: a column for each key. */
export class ObjectColumn implements Column {
  readonly #view: DataView;
  readonly #width: number;
  readonly #start: number;
  readonly #fields = new Map<string, { readonly source: ByteSource; column: Column | null }>();
  readonly #shapes: readonly Shape[];
  readonly #recipes: Recipe[] = [];
  readonly #rows: number;
  readonly #read: Read;

  constructor(source: ByteSource, rows: number, read: Read) {
    this.#rows = rows;
    this.#read = read;
    this.#view = source.view;
    this.#shapes = JSON.parse(source.text()) as readonly Shape[];
    this.#width = source.byte();
    this.#start = source.at;
    source.at += rows * this.#width;
    const order = new Set(this.#shapes.flatMap((shape) => (isKeys(shape) ? shape : [])));
    source.uint32();
    for (const key of order) this.#fields.set(key, { source: source.frame(), column: null });
  }

  get(row: number): JsonValue {
    const { members, defined, value } = this.#recipe(row);
    if (value !== undefined) return value;
    const object: Record<string, JsonValue> = {};
    for (const { key, column } of members) {
      if (defined) Object.defineProperty(object, key, { ...OWN, value: column.get(row) });
      else object[key] = column.get(row);
    }
    return object;
  }

  /** The column of a key, whose rows may only be asked for where `has` it; null when no object has it. */
  field(key: string): Column | null {
    const field = this.#fields.get(key);
    if (field === undefined) return null;
    field.column ??= this.#read(field.source.from(field.source.at), this.#rows);
    return field.column;
  }

  #recipe(row: number): Recipe {
    const shape = this.#width === 0 ? 0 : uintAt(this.#view, this.#start + row * this.#width, this.#width);
    this.#recipes[shape] ??= this.#recipeOf(this.#shapes[shape]!);
    return this.#recipes[shape];
  }

  #recipeOf(shape: Shape): Recipe {
    if (!isKeys(shape)) return { members: [], defined: false, value: shape.is };
    const members = shape.map((key) => ({ key, column: this.field(key)! }));
    return { members, defined: shape.includes("__proto__"), value: undefined };
  }
}

const OWN = { enumerable: true, writable: true, configurable: true } as const;

function isKeys(shape: Shape): shape is readonly string[] {
  return Array.isArray(shape);
}
