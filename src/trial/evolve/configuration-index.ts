import { type GivenRun, runHash, runText } from "./run-text.ts";
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
    const hash = runHash(tables, record);
    const place = this.#place(tables, record, hash);
    const known = this.#knownAt(tables, place);
    if (known !== undefined) return known;
    this.#trials[place] = record.number + 1;
    this.#hashes[place] = hash;
    this.#size++;
    if (this.#size > FULL * this.#trials.length) this.#grow();
    return record;
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
    for (const record of tables.trials) if (isFinished(record) && record.number !== asked) this.file(tables, record);
  }

  #grow(): void {
    const [trials, hashes] = [this.#trials, this.#hashes];
    const last = 2 * trials.length - 1;
    this.#trials = new Uint32Array(2 * trials.length);
    this.#hashes = new Uint32Array(2 * trials.length);
    for (const [at, trial] of trials.entries()) {
      if (trial === 0) continue;
      let place = hashes[at]! & last;
      while (this.#trials[place] !== 0) place = (place + 1) & last;
      this.#trials[place] = trial;
      this.#hashes[place] = hashes[at]!;
    }
  }
}
