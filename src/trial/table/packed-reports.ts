import type { JsonValue } from "../../space/json.ts";
import type { TrialRecord } from "../evolve/trial-record.ts";
import type { Values } from "../trial.ts";
import type { ByteSource } from "./column/byte-source.ts";
import type { ByteWriter } from "./column/byte-writer.ts";
import { type Column, readColumn } from "./column/read-column.ts";
import { Starts } from "./column/starts.ts";
import { writeColumn } from "./column/write-column.ts";
import type { HeldReports } from "./report-list.ts";

/** The reports of all trials of a block in columns: of each its revision, step and values. */
export class PackedReports {
  readonly #starts: Starts;
  readonly #columns: readonly [revisions: Column, steps: Column, values: Column];

  /** @param counts how many each trial has. */
  constructor(source: ByteSource, counts: Column, trials: number) {
    this.#starts = new Starts(counts, trials);
    const reports = source.uint32();
    const next = (): Column => readColumn(source.frame(), reports);
    this.#columns = [next(), next(), next()];
  }

  static write(out: ByteWriter, records: readonly TrialRecord[]): void {
    const total = records.reduce((sum, { reports }) => sum + reports.length, 0);
    const revisions = new Array<number>(total);
    const steps = new Array<number>(total);
    const values = new Array<JsonValue>(total);
    let at = 0;
    for (const { reports } of records) {
      for (let seq = 0; seq < reports.length; seq++, at++) {
        revisions[at] = reports.revision(seq);
        steps[at] = reports.step(seq);
        values[at] = reports.values(seq);
      }
    }
    out.uint32(total);
    for (const column of [revisions, steps, values]) out.framed(() => writeColumn(out, column));
  }

  /** Those of a trial; undefined where it has none. */
  of(row: number): HeldReports | undefined {
    const length = this.#starts.count(row);
    if (length === 0) return undefined;
    const [revisions, steps, values] = this.#columns;
    const start = this.#starts.of(row);
    return {
      length,
      revision: (place) => revisions.get(start + place) as number,
      step: (place) => steps.get(start + place) as number,
      values: (place) => values.get(start + place) as Values,
    };
  }
}
