import type { TrialRecord } from "../evolve/trial-record.ts";

/**
 * All trials of a study by number; numbers are contiguous. A record that is read may be a copy and is never to be changed: who
 * changes a trial asks for it by `change`, and says `changed` when that is done.
 */
export class TrialTable implements Iterable<TrialRecord> {
  readonly #records: TrialRecord[] = [];

  get length(): number {
    return this.#records.length;
  }

  get(number: number): TrialRecord | undefined {
    return this.#records[number];
  }

  /** Files the trial with the next number. */
  add(record: TrialRecord): void {
    this.#records.push(record);
  }

  /** The record to be changed in place, or undefined when the number is not taken. */
  change(number: number): TrialRecord | undefined {
    return this.#records[number];
  }

  /** Says that the record of `change` or `add` is as it is to be now. */
  changed(record: TrialRecord): void {
    record.shown = null;
  }

  /** By number. */
  *[Symbol.iterator](): Generator<TrialRecord> {
    yield* this.#records;
  }
}
