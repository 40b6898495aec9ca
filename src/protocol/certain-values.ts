import type { Certainty, FoundValue, MetricReading } from "./metric-reading.ts";
import type { NotationFault } from "./number-notation.ts";

/** What a reading comes to once its doubts are weighed against what came before. */
export interface WeighedReading {
  /** Values that count, as reports too. */
  readonly reported: Readonly<Record<string, number>>;
  /** Values that count as the end only: a best value, a sentence, one part of the data. */
  readonly ending: Readonly<Record<string, number>>;
  /** What was printed as a metric's value and is read as no number. */
  readonly refused: Readonly<Record<string, NotationFault>>;
  /** Metrics that turn out to have been read from two different things, so that none of them counts. */
  readonly withdrawn: readonly string[];
}

interface Standing {
  readonly level: number;
  readonly parts: readonly string[];
}

const LEVELS: Readonly<Record<Certainty, number>> = { exact: 4, spelled: 2, doubtful: 0 };

/**
 * Lets the surest form in which a metric was printed stand for it: once `val_loss` came, `Val loss` no longer counts. Two
 * parts of the data under one name (`train acc`, `test acc` for `acc`) make it ambiguous, and then nothing counts.
 */
export class CertainValues {
  readonly #standing = new Map<string, Standing>();

  weigh({ values }: MetricReading): WeighedReading {
    const reported: Record<string, number> = {};
    const ending: Record<string, number> = {};
    const refused: Record<string, NotationFault> = {};
    const withdrawn: string[] = [];
    for (const [name, found] of values) {
      if (found.fault?.sure === false) {
        if (!this.#standing.has(name)) refused[name] = found.fault;
        continue;
      }
      const level = LEVELS[found.certainty] + (found.part === null ? 1 : 0);
      const before = this.#standing.get(name);
      if (before !== undefined && level < before.level) continue;
      if (before !== undefined && level > before.level) withdrawn.push(name);
      const parts = this.#partsOf(found, before?.level === level ? before.parts : []);
      this.#standing.set(name, { level, parts });
      if (parts.length > 1) withdrawn.push(name);
      else if (found.fault !== undefined) refused[name] = found.fault;
      else (found.certainty === "doubtful" ? ending : reported)[name] = found.value;
    }
    return { reported, ending, refused, withdrawn };
  }

  /** Metrics that no value counts for, with the parts they were read of. */
  get ambiguous(): ReadonlyMap<string, readonly string[]> {
    const found = [...this.#standing].filter(([, { parts }]) => parts.length > 1);
    return new Map(found.map(([name, { parts }]) => [name, parts]));
  }

  #partsOf({ part }: FoundValue, before: readonly string[]): readonly string[] {
    if (part === null || before.includes(part) || before.length >= 5) return before;
    return [...before, part];
  }
}
