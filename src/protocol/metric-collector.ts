import { CountedValue } from "./counted-value.ts";
import { inUnit } from "./in-unit.ts";
import { METRIC_WAYS, type MetricWay } from "./metric-way.ts";
import { StepCounter } from "./step-counter.ts";
import type { StepOrigin } from "./step-origin.ts";
import { UnitOfValues } from "./unit-of-values.ts";
import type { ValueRule } from "./value-rule.ts";

type Measured = Readonly<Record<string, number>>;

export interface MetricCollectorOptions {
  /** Which of the values of a tuned metric counts, and whether small ones are good; kept metrics count by their last. */
  readonly tuned: ReadonlyMap<string, { readonly rule: ValueRule; readonly smaller: boolean }>;
  /** The units that the study's values have, null for none, by metric; left out before there are values. */
  readonly units?: ReadonlyMap<string, string | null> | undefined;
  /** The units that the study says of metrics: values that come in one of the same kind are converted to them. */
  readonly said?: ReadonlyMap<string, string> | undefined;
  readonly onReport?: ((step: number, values: Measured, origin: StepOrigin) => void) | undefined;
}

interface Owned {
  readonly way: number;
  readonly counted: CountedValue;
  readonly unit: UnitOfValues;
}

/** Values by step. */
interface Remembered {
  readonly recent: Map<number, number>;
  readonly before: ReadonlyMap<number, number>;
}

interface TakeOptions {
  readonly reported?: boolean;
  readonly behind?: readonly string[] | undefined;
  readonly units?: Readonly<Record<string, string>> | undefined;
  readonly shape?: string | null | undefined;
}

/** Reports remembered of each metric, up to twice as many, to know one that comes again by a better way. */
const REMEMBERED = 10_000;

/**
 * Brings together what comes by several ways, so that each value counts once: a metric belongs to the best way
 * ({@link METRIC_WAYS}) that brought it so far, and what comes by others is not listened to.
 */
export class MetricCollector {
  readonly #options: MetricCollectorOptions;
  readonly #owned = new Map<string, Owned>();
  readonly #reported = new Map<string, Remembered>();
  readonly #counters: readonly StepCounter[];

  constructor(options: MetricCollectorOptions) {
    this.#options = options;
    this.#counters = METRIC_WAYS.map(() => new StepCounter((...told) => this.#report(...told)));
  }

  /**
   * Values that came by one way at a step, or without one. `reported: false` for a value that is the end only; `behind`: metrics
   * that have the step from a line before, which had a value of theirs too; `units` of those that were converted; `shape`: how the line reads, where it is one.
   */
  take(
    way: MetricWay,
    step: number | null,
    values: Measured,
    { reported = true, behind = [], units = {}, shape = null }: TakeOptions = {},
  ): void {
    const place = METRIC_WAYS.indexOf(way);
    const own: Record<string, number> = {};
    for (const [name, printed] of Object.entries(values)) {
      const owned = this.#claim(name, place);
      const [value, unit] = this.#asSaid(name, printed, units[name] ?? null);
      if (owned === null || !owned.unit.take(unit)) continue;
      owned.counted.add(step, value, behind.includes(name));
      own[name] = value;
    }
    if (reported && Object.keys(own).length > 0) this.#counters[place]!.take(step, own, shape);
  }

  /** What one way brought in place of a value at a step cannot be read; `fault` says why. */
  refuse(way: MetricWay, step: number | null, name: string, fault: string): void {
    this.#claim(name, METRIC_WAYS.indexOf(way))?.counted.refuse(step, fault);
  }

  /** What this way said of the metric so far was wrong. */
  withdraw(way: MetricWay, name: string): void {
    const place = METRIC_WAYS.indexOf(way);
    if (this.#owned.get(name)?.way !== place) return;
    this.#owned.delete(name);
    this.#counters[place]!.forget(name);
  }

  /** Nothing more comes. */
  end(): void {
    for (const counter of this.#counters) counter.end();
  }

  /** The trial's value of each metric that came. */
  get values(): ReadonlyMap<string, number> {
    const found = [...this.#owned].map(([name, { counted, unit }]) => {
      return [name, unit.mixed === null ? counted.value : null] as const;
    });
    return new Map(found.filter((entry): entry is readonly [string, number] => entry[1] !== null));
  }

  /** Why metrics that came have no value. */
  get faults(): ReadonlyMap<string, string> {
    const found = [...this.#owned].map(([name, { counted, unit }]) => [name, unit.mixed ?? counted.fault] as const);
    return new Map(found.filter((entry): entry is readonly [string, string] => entry[1] !== null));
  }

  /** The way that each metric came by. */
  get ways(): ReadonlyMap<string, MetricWay> {
    const { values } = this;
    const valued = [...this.#owned].filter(([name]) => values.has(name));
    return new Map(valued.map(([name, { way }]) => [name, METRIC_WAYS[way]!]));
  }

  /** Units of the metrics whose values were converted. */
  get units(): ReadonlyMap<string, string> {
    const found = [...this.#owned].map(([name, { unit }]) => [name, unit.unit] as const);
    return new Map(found.filter((entry): entry is readonly [string, string] => typeof entry[1] === "string"));
  }

  /** The metric's values by this way, or null when it belongs to a better one. */
  #claim(name: string, place: number): Owned | null {
    const owned = this.#owned.get(name);
    if (owned !== undefined && owned.way < place) return null;
    if (owned !== undefined && owned.way === place) return owned;
    if (owned !== undefined) this.#counters[owned.way]!.forget(name);
    const tuned = this.#options.tuned.get(name) ?? { rule: { kind: "last" } as const, smaller: true };
    const counted = new CountedValue(tuned.rule, tuned.smaller);
    const claimed = { way: place, counted, unit: new UnitOfValues(this.#options.units?.get(name)) };
    this.#owned.set(name, claimed);
    return claimed;
  }

  /** A value in the unit that the study's values have or are said to have, where that is one of the same kind. */
  #asSaid(name: string, value: number, unit: string | null): readonly [value: number, unit: string | null] {
    const wanted = this.#options.units?.get(name) ?? this.#options.said?.get(name);
    if (unit === null || wanted === undefined) return [value, unit];
    const converted = inUnit(value, unit, wanted);
    return converted === null ? [value, unit] : [converted, wanted];
  }

  #report(step: number, values: Measured, origin: StepOrigin): void {
    const news = Object.entries(values).filter(([name, value]) => this.#isNew(name, step, value));
    if (news.length > 0) this.#options.onReport?.(step, Object.fromEntries(news), origin);
  }

  #isNew(name: string, step: number, value: number): boolean {
    const known = this.#reported.get(name) ?? { recent: new Map(), before: new Map() };
    const earlier = known.recent.has(step) ? known.recent : known.before;
    if (earlier.has(step) && Object.is(earlier.get(step), value)) return false;
    // Half of them are forgotten at once: taking the oldest from a map one by one is slow.
    const full = known.recent.size >= REMEMBERED;
    const recent = full ? new Map() : known.recent;
    recent.set(step, value);
    this.#reported.set(name, full ? { recent, before: known.recent } : known);
    return true;
  }
}
