import { placeInSorted } from "../../numeric/place-in-sorted.ts";

/** Steps of a metric's course that have to be seen, none of them downwards, before it counts as one that grows. */
const FEWEST = 5;

/** What values of a metric at one rung came to at the trials' ends. */
interface Ends {
  /** By how much they rose, and by how many times; in their order where that is known. */
  readonly gains: Middle;
  readonly ratios: Middle;
  /** Whether one was not above 0, of which no ratio says anything. */
  anyBelow: boolean;
}

/**
 * What a metric that grows with the run (time, memory, size) will have come to at a trial's end: its value at a rung times the middle one of the ratios
 * of trials that came to both, the ratio of the steps being one of them. A metric grows where that is declared, or where it was never seen to fall.
 */
export class EndModel {
  readonly #declared: ReadonlySet<string>;
  readonly #ends = new Map<string, Map<number, Ends>>();
  readonly #rises = new Map<string, { seen: number; risen: number; fallen: number }>();

  /** `declared`: metrics that are said to grow. */
  constructor(declared: readonly string[]) {
    this.#declared = new Set(declared);
  }

  /** What a metric of one trial had at a step and at a later one. */
  saw(metric: string, before: number, after: number): void {
    if (!Number.isFinite(before) || !Number.isFinite(after)) return;
    const known = this.#rises.get(metric) ?? { seen: 0, risen: 0, fallen: 0 };
    known.seen += 1;
    if (after > before) known.risen += 1;
    if (after < before) known.fallen += 1;
    this.#rises.set(metric, known);
  }

  /** What a metric of one trial had at a rung, and at its end. */
  ended(metric: string, rung: number, at: number, end: number): void {
    if (!Number.isFinite(at) || !Number.isFinite(end)) return;
    const byRung = this.#ends.get(metric) ?? new Map<number, Ends>();
    this.#ends.set(metric, byRung);
    const ends = byRung.get(rung) ?? { gains: new Middle(), ratios: new Middle(), anyBelow: false };
    byRung.set(rung, ends);
    ends.gains.add(end - at);
    if (at > 0) ends.ratios.add(end / at);
    ends.anyBelow ||= at <= 0;
  }

  grows(metric: string): boolean {
    const known = this.#rises.get(metric);
    const seen = known !== undefined && known.seen >= FEWEST && known.risen > 0 && known.fallen === 0;
    return this.#declared.has(metric) || seen;
  }

  /** What a value at a rung comes to at the end; the value itself of a metric that does not grow. `ratio`: the largest step by the rung's. */
  atEnd(metric: string, rung: number, value: number, ratio: number): number {
    if (!this.grows(metric) || !Number.isFinite(value)) return value;
    const ends = this.#ends.get(metric)?.get(rung);
    if (value <= 0 || ends?.anyBelow === true) return value + (ends?.gains.with(0) ?? 0);
    return value * Math.max(1, ends?.ratios.with(ratio) ?? ratio);
  }

  /** What `atEnd` goes by at a rung: another text whenever it may answer otherwise. */
  versionAt(metric: string, rung: number, ratio: number): string {
    if (!this.grows(metric)) return "";
    const ends = this.#ends.get(metric)?.get(rung);
    if (ends === undefined) return `${ratio}`;
    return `${ends.anyBelow} ${ends.gains.with(0)} ${ends.ratios.with(ratio)}`;
  }
}

/** The median of numbers that come, and of one more. */
class Middle {
  readonly #numbers: number[] = [];
  #isSorted = true;

  add(number: number): void {
    this.#numbers.push(number);
    this.#isSorted = false;
  }

  with(number: number): number {
    if (!this.#isSorted) this.#numbers.sort((a, b) => a - b);
    this.#isSorted = true;
    // As if the number stood in its place among them.
    const before = placeInSorted(this.#numbers, number);
    const at = (place: number): number => {
      if (place === before) return number;
      return this.#numbers[place < before ? place : place - 1]!;
    };
    const half = this.#numbers.length / 2;
    return (at(Math.floor(half)) + at(Math.ceil(half))) / 2;
  }
}
