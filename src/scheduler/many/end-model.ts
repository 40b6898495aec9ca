/** Steps of a metric's course that have to be seen, none of them downwards, before it counts as one that grows. */
const FEWEST = 5;

/** A value at a rung, and what it came to at the trial's end. */
type Pair = readonly [at: number, end: number];

/**
 * What a metric that grows with the run (time, memory, size) will have come to at a trial's end: its value at a rung times the middle one of the ratios
 * of trials that came to both, the ratio of the steps being one of them. A metric grows where that is declared, or where it was never seen to fall.
 */
export class EndModel {
  readonly #declared: ReadonlySet<string>;
  readonly #pairs = new Map<string, Map<number, Pair[]>>();
  readonly #rises = new Map<string, { seen: number; risen: number; fallen: number }>();
  #version = 0;

  /** `declared`: metrics that are said to grow. */
  constructor(declared: readonly string[]) {
    this.#declared = new Set(declared);
  }

  /** Another one whenever what it says may be other. */
  get version(): number {
    return this.#version;
  }

  /** What a metric of one trial had at a step and at a later one. */
  saw(metric: string, before: number, after: number): void {
    if (!Number.isFinite(before) || !Number.isFinite(after)) return;
    const known = this.#rises.get(metric) ?? { seen: 0, risen: 0, fallen: 0 };
    known.seen += 1;
    if (after > before) known.risen += 1;
    if (after < before) known.fallen += 1;
    this.#rises.set(metric, known);
    this.#version += 1;
  }

  /** What a metric of one trial had at a rung, and at its end. */
  ended(metric: string, rung: number, at: number, end: number): void {
    if (!Number.isFinite(at) || !Number.isFinite(end)) return;
    const byRung = this.#pairs.get(metric) ?? new Map<number, Pair[]>();
    this.#pairs.set(metric, byRung);
    byRung.set(rung, [...(byRung.get(rung) ?? []), [at, end]]);
    this.#version += 1;
  }

  grows(metric: string): boolean {
    const known = this.#rises.get(metric);
    const seen = known !== undefined && known.seen >= FEWEST && known.risen > 0 && known.fallen === 0;
    return this.#declared.has(metric) || seen;
  }

  /** What a value at a rung comes to at the end; the value itself of a metric that does not grow. `ratio`: the largest step by the rung's. */
  atEnd(metric: string, rung: number, value: number, ratio: number): number {
    if (!this.grows(metric) || !Number.isFinite(value)) return value;
    const pairs = this.#pairs.get(metric)?.get(rung) ?? [];
    if (value <= 0 || pairs.some(([at]) => at <= 0)) return value + middle([0, ...pairs.map(([at, end]) => end - at)]);
    return value * Math.max(1, middle([ratio, ...pairs.map(([at, end]) => end / at)]));
  }
}

/** The median of some numbers. */
function middle(numbers: readonly number[]): number {
  const sorted = numbers.toSorted((a, b) => a - b);
  const half = (sorted.length - 1) / 2;
  return (sorted[Math.floor(half)]! + sorted[Math.ceil(half)]!) / 2;
}
