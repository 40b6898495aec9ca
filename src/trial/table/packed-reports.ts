import type { JsonValue } from "../../space/json.ts";
import { decodeNumber, type EncodedNumber } from "../encoded-number.ts";
import type { Values } from "../trial.ts";
import { ByteSource } from "./column/byte-source.ts";
import { ByteWriter } from "./column/byte-writer.ts";
import { memberOf } from "./column/nested-columns.ts";
import { type Column, readColumn } from "./column/read-column.ts";
import { writeColumn, writeRecords } from "./column/write-column.ts";

/** Reports by place, from 0. */
export interface ReportSource {
  readonly length: number;
  step(place: number): number;
  /** At which the log got it; they never fall. */
  revision(place: number): number;
  values(place: number): Values;
  /** Metrics that each of them has, and no other, as a finite number; null where it is not so, or nobody knows. */
  readonly names?: readonly string[] | null;
  value(place: number, metric: string): number | undefined;
}

const COUNT_BYTES = 4;

/** The reports of one trial in bytes: how many, then their revisions, steps and values in columns. */
export class PackedReports implements ReportSource {
  readonly bytes: Uint8Array;
  readonly length: number;
  #columns: readonly [revisions: Column, steps: Column, values: Column] | null = null;
  /** Of the metric asked for last: hardly anybody asks for two. */
  #metric: { readonly name: string; readonly valueOf: (place: number) => JsonValue | undefined } | null = null;

  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
    this.length = new ByteSource(bytes).uint32();
  }

  static pack(reports: ReportSource): PackedReports {
    const out = new ByteWriter();
    const { length, names = null } = reports;
    out.uint32(length);
    // One list for all columns of numbers: each is written before the next.
    const numbers = new Array<number>(length);
    const list = (cell: (place: number) => number): readonly number[] => {
      for (let place = 0; place < length; place++) numbers[place] = cell(place);
      return numbers;
    };
    out.framed(() =>
      writeColumn(
        out,
        list((place) => reports.revision(place)),
      ),
    );
    out.framed(() =>
      writeColumn(
        out,
        list((place) => reports.step(place)),
      ),
    );
    out.framed(() => {
      if (names === null || length === 0)
        return writeColumn(
          out,
          Array.from({ length }, (_none, place) => reports.values(place) as Readonly<Record<string, EncodedNumber>>),
        );
      return writeRecords(out, names, (key) => list((place) => reports.value(place, names[key]!)!));
    });
    return new PackedReports(out.finish());
  }

  step(place: number): number {
    return this.#read[1].get(place) as number;
  }

  revision(place: number): number {
    return this.#read[0].get(place) as number;
  }

  values(place: number): Values {
    return this.#read[2].get(place) as Values;
  }

  /** What the report tells of a metric; undefined where it does not tell it. */
  value(place: number, metric: string): number | undefined {
    if (this.#metric?.name !== metric) this.#metric = { name: metric, valueOf: memberOf(this.#read[2], metric) };
    const value = this.#metric.valueOf(place);
    return value === undefined ? undefined : decodeNumber(value as EncodedNumber);
  }

  get #read(): readonly [revisions: Column, steps: Column, values: Column] {
    if (this.#columns === null) {
      const source = new ByteSource(this.bytes, COUNT_BYTES);
      const next = (): Column => readColumn(source.frame(), this.length);
      this.#columns = [next(), next(), next()];
    }
    return this.#columns;
  }
}
