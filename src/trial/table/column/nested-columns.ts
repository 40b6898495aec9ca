import type { JsonValue } from "../../../space/json.ts";
import { jsonEqual } from "../../../space/json-equal.ts";
import { jsonHash, ObjectHashes } from "../../evolve/json-hash.ts";
import { type ByteSource, uintAt } from "./byte-source.ts";
import { DoubleColumn, sameOf } from "./plain-columns.ts";
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

  /** Of all objects. */
  get keys(): Iterable<string> {
    return this.#fields.keys();
  }

  /** True when every row holds an object. */
  get holdsObjects(): boolean {
    return this.#shapes.every(isKeys);
  }

  /** A key's value of each row; undefined where it has none. */
  member(key: string): (row: number) => JsonValue | undefined {
    const column = this.field(key);
    if (column === null) return () => undefined;
    const has = this.#shapes.map((shape) => isKeys(shape) && shape.includes(key));
    if (has.every(Boolean)) return (row) => column.get(row);
    return (row) => (has[this.#shapeOf(row)] === true ? column.get(row) : undefined);
  }

  /** The column of a key that every row's object has; null where some have it not. */
  wholeField(key: string): Column | null {
    return this.#shapes.every((shape) => isKeys(shape) && shape.includes(key)) ? this.field(key) : null;
  }

  /** Whether a row's object has these keys and no others. */
  hasKeys(keys: readonly string[]): (row: number) => boolean {
    const fits = this.#shapes.map(
      (shape) => isKeys(shape) && shape.length === keys.length && keys.every((key) => shape.includes(key)),
    );
    return (row) => fits[this.#shapeOf(row)] === true;
  }

  #shapeOf(row: number): number {
    return this.#width === 0 ? 0 : uintAt(this.#view, this.#start + row * this.#width, this.#width);
  }

  #recipe(row: number): Recipe {
    const shape = this.#shapeOf(row);
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

/** A key's value of each row of a column of objects; undefined where it has none. */
export function memberOf(column: Column, key: string): (row: number) => JsonValue | undefined {
  if (column instanceof ObjectColumn) return column.member(key);
  return (row) => {
    const object = column.get(row);
    if (typeof object !== "object" || object === null || Array.isArray(object)) return undefined;
    return Object.hasOwn(object, key) ? (object as { readonly [key: string]: JsonValue })[key] : undefined;
  };
}

/** Copies a key's number of each row to a place of the series; false, and nothing is done, where some rows have none. */
export function copyMember(column: Column, key: string, series: Float64Array, place: number): boolean {
  const field = column instanceof ObjectColumn ? column.wholeField(key) : null;
  return field instanceof DoubleColumn && field.copyTo(series, place);
}

/** All keys that objects of a column have, the first ones first. */
export function keysOf(column: Column, rows: number): Iterable<string> {
  if (column instanceof ObjectColumn) return column.keys;
  const keys = new Set<string>();
  const looks = sameOf(column) === undefined ? rows : Math.min(rows, 1);
  for (let row = 0; row < looks; row++) for (const key of Object.keys(column.get(row) ?? {})) keys.add(key);
  return keys;
}

/** The hash of each row's object, see `jsonHash`. */
export function hashesOf(column: Column, rows: number): Uint32Array {
  if (!(column instanceof ObjectColumn) || !column.holdsObjects)
    return Uint32Array.from({ length: rows }, (_none, row) => jsonHash(column.get(row)));
  const hashes = new ObjectHashes(rows);
  const numbers = new Float64Array(rows);
  for (const key of column.keys) {
    const field = column.wholeField(key);
    if (field instanceof DoubleColumn && field.copyTo(numbers, 0)) hashes.addNumbers(key, numbers);
    else hashes.add(key, column.member(key));
  }
  return hashes.finish();
}

/** Whether a row of a column of objects equals that one. */
export function equalsObject(column: Column, object: Readonly<Record<string, JsonValue>>): (row: number) => boolean {
  if (!(column instanceof ObjectColumn)) return (row) => jsonEqual(column.get(row), object);
  const keys = Object.keys(object);
  const hasKeys = column.hasKeys(keys);
  const members = keys.map((key) => ({
    value: object[key],
    of: column.member(key),
  }));
  return (row) => hasKeys(row) && members.every(({ value, of }) => jsonEqual(of(row), value));
}

function isKeys(shape: Shape): shape is readonly string[] {
  return Array.isArray(shape);
}
