import type { JsonValue } from "../../../space/json.ts";
import { type ByteSource, uintAt } from "./byte-source.ts";
import { largestOf } from "./column-kind.ts";
import type { Column } from "./read-column.ts";

/** One value for all rows. */
export class SameColumn implements Column {
  readonly #value: JsonValue;

  constructor(source: ByteSource) {
    this.#value = JSON.parse(source.text()) as JsonValue;
  }

  get(): JsonValue {
    return this.#value;
  }
}

/** The value that all rows of a column have; undefined where that takes a look at each. */
export function sameOf(column: Column): JsonValue | undefined {
  return column instanceof SameColumn ? column.get() : undefined;
}

/** The values of a column of numbers that are none; read when first asked for. */
class OtherValues {
  readonly #source: ByteSource;
  #values: ReadonlyMap<number, JsonValue> | null = null;

  constructor(source: ByteSource) {
    this.#source = source;
  }

  get(row: number): JsonValue {
    this.#values ??= this.#read();
    return this.#values.get(row) ?? null;
  }

  get isEmpty(): boolean {
    return this.#source.view.getUint32(this.#source.at, true) === 0;
  }

  #read(): ReadonlyMap<number, JsonValue> {
    const source = this.#source.from(this.#source.at);
    const rows = Array.from({ length: source.uint32() }, () => source.uint32());
    const values = rows.length === 0 ? [] : (JSON.parse(source.text()) as readonly JsonValue[]);
    return new Map(rows.map((row, k) => [row, values[k]!]));
  }
}

export class IntegerColumn implements Column {
  readonly #view: DataView;
  readonly #width: number;
  readonly #low: number;
  readonly #start: number;
  readonly #other: number;
  readonly #others: OtherValues;

  constructor(source: ByteSource, rows: number) {
    this.#view = source.view;
    this.#width = source.byte();
    this.#low = source.float64();
    this.#start = source.at;
    const others = source.from(source.at + rows * this.#width);
    this.#others = new OtherValues(others);
    this.#other = this.#others.isEmpty ? -1 : largestOf(this.#width);
  }

  get(row: number): JsonValue {
    const distance = uintAt(this.#view, this.#start + row * this.#width, this.#width);
    return distance === this.#other ? this.#others.get(row) : this.#low + distance;
  }
}

/** Whether doubles lie in the memory of this machine as ByteWriter writes them. */
const IS_LITTLE_ENDIAN = new Uint8Array(Uint16Array.of(1).buffer)[0] === 1;

export class DoubleColumn implements Column {
  readonly #view: DataView;
  readonly #start: number;
  readonly #rows: number;
  readonly #others: OtherValues;

  constructor(source: ByteSource, rows: number) {
    this.#view = source.view;
    this.#start = source.at;
    this.#rows = rows;
    this.#others = new OtherValues(source.from(source.at + 8 * rows));
  }

  /** Copies all rows to a place of the series; false, and nothing is done, where some of them are no numbers. */
  copyTo(series: Float64Array, place: number): boolean {
    if (!IS_LITTLE_ENDIAN || !this.#others.isEmpty) return false;
    const { buffer, byteOffset } = this.#view;
    const own = new Uint8Array(buffer, byteOffset + this.#start, 8 * this.#rows);
    new Uint8Array(series.buffer, series.byteOffset + 8 * place, own.length).set(own);
    return true;
  }

  get(row: number): JsonValue {
    const value = this.#view.getFloat64(this.#start + 8 * row, true);
    return Number.isNaN(value) ? this.#others.get(row) : value;
  }
}

export class PlaceColumn implements Column {
  readonly #view: DataView;
  readonly #width: number;
  readonly #start: number;
  readonly #list: ByteSource;
  #values: readonly JsonValue[] | null = null;

  constructor(source: ByteSource, rows: number) {
    this.#view = source.view;
    this.#width = source.byte();
    this.#start = source.at;
    this.#list = source.from(source.at + rows * this.#width);
  }

  get(row: number): JsonValue {
    this.#values ??= JSON.parse(this.#list.text()) as readonly JsonValue[];
    return this.#values[uintAt(this.#view, this.#start + row * this.#width, this.#width)] ?? null;
  }
}

export class HexadecimalColumn implements Column {
  readonly #view: DataView;
  readonly #length: number;
  readonly #start: number;

  constructor(source: ByteSource) {
    this.#view = source.view;
    this.#length = source.byte();
    this.#start = source.at;
  }

  get(row: number): JsonValue {
    const codes: number[] = [];
    const start = this.#start + row * this.#length;
    for (let at = start; at < start + this.#length; at++) {
      const byte = this.#view.getUint8(at);
      codes.push(DIGITS.charCodeAt(byte >> 4), DIGITS.charCodeAt(byte & 15));
    }
    return String.fromCharCode(...codes);
  }
}

const DIGITS = "0123456789abcdef";
