import { type FoundValue, levelOf, type MetricReading } from "./metric-reading.ts";
import type { NotationFault } from "./number-notation.ts";

/** What a reading comes to once its doubts are weighed against what came before. */
export interface WeighedReading {
  /** Values that count, as reports too. */
  readonly reported: Readonly<Record<string, number>>;
  /** Values that count as the end only: a best value, a sentence, one part of the data. */
  readonly ending: Readonly<Record<string, number>>;
  /** What was printed as a metric's value and is read as no number. */
  readonly refused: Readonly<Record<string, NotationFault>>;
  /** Units of values that were converted. */
  readonly units: Readonly<Record<string, string>>;
  /** Metrics that turn out to have been read from two different things, so that none of them counts. */
  readonly withdrawn: readonly string[];
}

interface Standing {
  readonly level: number;
  readonly parts: readonly string[];
  /** What the tables of the values were of, by the lines above them. */
  readonly titles: readonly string[];
  /** Whether values without a part came too. */
  readonly plain: boolean;
}

/** The surest of what is doubtful. */
const DOUBTFUL = levelOf({ certainty: "doubtful", part: null });
/** Parts remembered: the first ones and the last. */
const MAX_PARTS = 5;
/**
 * Lets the surest form in which a metric was printed stand for it: once `val_loss` came, `Val loss` no longer counts. Two
 * parts of the data under one name (`train acc`, `test acc` for `acc`) make it ambiguous, and then nothing counts.
 */
export class CertainValues {
  readonly #standing = new Map<string, Standing>();
  readonly #unclear = new Set<string>();
  /** Metrics whose plain name came with a list: what is said of them with other words does not stand in for it. */
  readonly #lists = new Set<string>();

  weigh({ values, unclear = [] }: MetricReading): WeighedReading {
    const reported: Record<string, number> = {};
    const ending: Record<string, number> = {};
    const refused: Record<string, NotationFault> = {};
    const units: Record<string, string> = {};
    const withdrawn: string[] = [];
    for (const [name, found] of values) {
      if (found.fault?.sure === false) {
        if (found.fault.list === true && found.part === null) this.#takeList(name, withdrawn);
        if (!this.#standing.has(name)) refused[name] = found.fault;
        continue;
      }
      const level = levelOf(found);
      const before = this.#standing.get(name);
      if (found.certainty === "doubtful" && this.#lists.has(name)) continue;
      if (before !== undefined && level < before.level) continue;
      if (before !== undefined && level > before.level) withdrawn.push(name);
      this.#unclear.delete(name);
      const parts = this.#partsOf(found, before === undefined ? [] : keptParts(before, level, found));
      const plain = found.part === null || (before?.level === level && before.plain);
      const titles = titlesOf(found, before?.level === level ? before.titles : []);
      const standing = { level, parts, titles, plain };
      this.#standing.set(name, standing);
      if (found.unit !== undefined) units[name] = found.unit;
      if (isAmbiguous(standing)) withdrawn.push(name);
      else if (found.fault !== undefined) refused[name] = found.fault;
      else (found.certainty === "doubtful" ? ending : reported)[name] = found.value;
    }
    for (const name of unclear) {
      this.#unclear.add(name);
      withdrawn.push(name);
    }
    return { reported, ending, refused, units, withdrawn };
  }

  /** Metrics that no value counts for, with the parts they were read of. */
  get ambiguous(): ReadonlyMap<string, readonly string[]> {
    const found = [...this.#standing].filter(([, standing]) => isAmbiguous(standing));
    return new Map(found.map(([name, { parts, titles }]) => [name, titles.length > 1 ? titles : parts]));
  }

  /** Metrics that no value counts for, because rows came of which it cannot be told whether they are of the metric's table. */
  get unclear(): ReadonlySet<string> {
    return this.#unclear;
  }

  #takeList(name: string, withdrawn: string[]): void {
    const before = this.#standing.get(name);
    if (before !== undefined && before.level > DOUBTFUL) return;
    this.#lists.add(name);
    if (this.#standing.delete(name)) withdrawn.push(name);
  }

  #partsOf({ part, besides = [] }: FoundValue, before: readonly string[]): readonly string[] {
    const own = part === null ? besides : [...besides, part];
    const news = own.filter((one) => !before.includes(one));
    const all = [...before, ...news];
    return all.length <= MAX_PARTS ? all : [...all.slice(0, MAX_PARTS - 1), all.at(-1)!];
  }
}

function titlesOf({ title = null }: FoundValue, before: readonly string[]): readonly string[] {
  return title === null || before.includes(title) || before.length >= MAX_PARTS ? before : [...before, title];
}

function isAmbiguous({ parts, titles, plain }: Standing): boolean {
  return titles.length > 1 || parts.length > 1 || (plain && parts.length > 0);
}

/** Parts of earlier values that this one is not surer than: an average beside something else's value (`constant's loss`). */
function keptParts(before: Standing, level: number, { part }: FoundValue): readonly string[] {
  const unsure = levelOf({ certainty: "doubtful", part: "" });
  return level === before.level || (part?.endsWith("'s") === true && before.level === unsure) ? before.parts : [];
}
