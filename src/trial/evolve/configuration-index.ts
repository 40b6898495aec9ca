import type { TrialRows } from "../list/trial-rows.ts";
import { PackedRows } from "../table/packed-rows.ts";
import { endedRunHashes, type GivenRun, runHash, runText } from "./run-text.ts";
import type { StudyTables } from "./study-tables.ts";
import { isFinished, type TrialRecord } from "./trial-record.ts";

const FIRST_CAPACITY = 64;
/** Share of the places in use from which there are to be twice as many. */
const FULL = 0.7;

/** Which trials were run alike, by a hash of what their programs were given: two numbers a configuration, whatever its size. */
export class ConfigurationIndex {
  /** One more than the number of a trial of each configuration (0: none), at the place of the hash or the next free one after it. */
  #trials = new Uint32Array(FIRST_CAPACITY);
  #hashes = new Uint32Array(FIRST_CAPACITY);
  #size = 0;
  #whole = true;

  /** Says that the tables were filled from elsewhere: their trials are read when somebody asks, which many commands never do. */
  defer(): void {
    this.#whole = false;
  }

  /** An ended trial that was run like the record (or like it would be now); undefined when there is none. */
  find(tables: StudyTables, record: GivenRun): TrialRecord | undefined {
    if (!this.#whole) this.#fill(tables, null);
    return this.#knownAt(tables, this.#place(tables, record, runHash(tables, record)));
  }

  /** Files a trial that ended (until then what it is given may change); answers the one that was run like it, itself where there is none. */
  file(tables: StudyTables, record: TrialRecord): TrialRecord {
    if (!this.#whole) this.#fill(tables, record.number);
    return this.#add(tables, record.number, runHash(tables, record)) ?? record;
  }

  /** Files a trial that ended unless one that was run like it is filed: answers that one. */
  #add(tables: StudyTables, number: number, hash: number): TrialRecord | undefined {
    const last = this.#trials.length - 1;
    // Most are run like no other: nothing is made of those.
    let place = hash & last;
    while (this.#trials[place] !== 0 && this.#hashes[place] !== hash) place = (place + 1) & last;
    if (this.#trials[place] !== 0) place = this.#place(tables, tables.trials.get(number)!, hash);
    const known = this.#knownAt(tables, place);
    if (known !== undefined) return known;
    this.#trials[place] = number + 1;
    this.#hashes[place] = hash;
    this.#size++;
    if (this.#size > FULL * this.#trials.length) this.#grow(2 * this.#trials.length);
    return undefined;
  }

  #knownAt(tables: StudyTables, place: number): TrialRecord | undefined {
    const trial = this.#trials[place]!;
    return trial === 0 ? undefined : tables.trials.get(trial - 1);
  }

  /** Where a trial that was run like the record is, or would be. */
  #place(tables: StudyTables, record: GivenRun, hash: number): number {
    const last = this.#trials.length - 1;
    let text: string | null = null;
    for (let place = hash & last; ; place = (place + 1) & last) {
      const trial = this.#trials[place]!;
      if (trial === 0) return place;
      if (this.#hashes[place] !== hash) continue;
      text ??= runText(tables, record);
      if (runText(tables, tables.trials.get(trial - 1)!) === text) return place;
    }
  }

  /** With all but the one that is asked about, which has no configuration yet. */
  #fill(tables: StudyTables, asked: number | null): void {
    this.#whole = true;
    let capacity = this.#trials.length;
    while (tables.trials.length > FULL * capacity) capacity *= 2;
    this.#grow(capacity);
    const endedHash = endedRunHashes(tables);
    const take = (rows: TrialRows): void => {
      const packed = rows instanceof PackedRows ? { rows, hashes: rows.paramsHashes(), alike: rows.givenAlike } : null;
      const { state } = rows.all;
      for (let row = 0; row < rows.length; row++) {
        const number = rows.number(row);
        if (number === asked || !isFinished({ state: state ?? rows.state(row) })) continue;
        const hash = packed && endedHash(packed.alike ?? packed.rows.given(row), packed.hashes[row]!);
        this.#add(tables, number, hash ?? runHash(tables, tables.trials.get(number)!));
      }
    };
    for (const block of tables.trials.blocks(false)) for (const part of block) part.look(take);
  }

  #grow(capacity: number): void {
    const [trials, hashes] = [this.#trials, this.#hashes];
    const last = capacity - 1;
    this.#trials = new Uint32Array(capacity);
    this.#hashes = new Uint32Array(capacity);
    for (let at = 0; at < trials.length; at++) {
      const trial = trials[at]!;
      if (trial === 0) continue;
      let place = hashes[at]! & last;
      while (this.#trials[place] !== 0) place = (place + 1) & last;
      this.#trials[place] = trial;
      this.#hashes[place] = hashes[at]!;
    }
  }
}
