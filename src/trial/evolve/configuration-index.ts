import { type GivenRun, runText } from "./run-text.ts";
import type { StudyTables } from "./study-tables.ts";
import { isFinished, type TrialRecord } from "./trial-record.ts";

/** Which trials were run alike, by a hash of what their programs were given: 32 bits a configuration, whatever its size. */
export class ConfigurationIndex {
  /** One trial of each configuration, at the hash of its text or the next free number after it. */
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

  /** Files a trial that ended (until then what it is given may change), after `find`. */
  add(tables: StudyTables, record: TrialRecord): void {
    const slot = this.#slot(tables, record);
    if (!this.#trials.has(slot)) this.#trials.set(slot, record.number);
  }

  #slot(tables: StudyTables, record: GivenRun): number {
    const text = runText(tables, record);
    let slot = hashOf(text);
    for (;;) {
      const trial = this.#trials.get(slot);
      if (trial === undefined || runText(tables, tables.trials[trial]!) === text) return slot;
      slot = (slot + 1) >>> 0;
    }
  }

  /** With all but the one that is asked about, which has no configuration yet. */
  #fill(tables: StudyTables, asked: GivenRun): void {
    this.#whole = true;
    for (const record of tables.trials) if (isFinished(record) && record !== asked) this.add(tables, record);
  }
}

/** FNV-1a over UTF-16 units, in [0, 2^32). */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return hash >>> 0;
}
