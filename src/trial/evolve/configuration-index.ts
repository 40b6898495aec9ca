import { type GivenRun, runHash, runText } from "./run-text.ts";
import type { StudyTables } from "./study-tables.ts";
import { isFinished, type TrialRecord } from "./trial-record.ts";

/** Which trials were run alike, by a hash of what their programs were given: 32 bits a configuration, whatever its size. */
export class ConfigurationIndex {
  /** One trial of each configuration, at its hash or the next free number after it. */
  readonly #trials = new Map<number, number>();
  #whole = true;

  /** Says that the tables were filled from elsewhere: their trials are read when somebody asks, which many commands never do. */
  defer(): void {
    this.#whole = false;
  }

  /** An ended trial that was run like the record (or like it would be now); undefined when there is none. */
  find(tables: StudyTables, record: GivenRun): TrialRecord | undefined {
    if (!this.#whole) this.#fill(tables, record);
    return tables.trials[this.#trials.get(this.#slot(tables, record)) ?? -1];
  }

  /** Files a trial that ended (until then what it is given may change); answers the one that was run like it, itself where there is none. */
  file(tables: StudyTables, record: TrialRecord): TrialRecord {
    if (!this.#whole) this.#fill(tables, record);
    const slot = this.#slot(tables, record);
    const known = this.#trials.get(slot);
    if (known !== undefined) return tables.trials[known]!;
    this.#trials.set(slot, record.number);
    return record;
  }

  #slot(tables: StudyTables, record: GivenRun): number {
    let slot = runHash(tables, record);
    let text: string | null = null;
    for (;;) {
      const trial = this.#trials.get(slot);
      if (trial === undefined) return slot;
      text ??= runText(tables, record);
      if (runText(tables, tables.trials[trial]!) === text) return slot;
      slot = (slot + 1) >>> 0;
    }
  }

  /** With all but the one that is asked about, which has no configuration yet. */
  #fill(tables: StudyTables, asked: GivenRun): void {
    this.#whole = true;
    for (const record of tables.trials) if (isFinished(record) && record !== asked) this.file(tables, record);
  }
}
