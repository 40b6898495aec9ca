import type { JsonValue } from "../../space/json.ts";
import type { Trial } from "../../trial/trial.ts";
import type { TrialField } from "./trial-field.ts";

/** One of the fields that an order goes by. */
export interface OrderKey {
  readonly field: Pick<TrialField, "value">;
  /** From large to small. */
  readonly descending: boolean;
}

/** What an order looks at of a trial. */
export interface OrderedTrial {
  readonly number: number;
  readonly values: readonly (JsonValue | undefined)[];
}

/** Trials by some of their fields, equal ones by number; those without a value of a field come last, whatever its direction. */
export class TrialOrder {
  readonly #keys: readonly OrderKey[];

  constructor(keys: readonly OrderKey[]) {
    this.#keys = keys;
  }

  of(trial: Trial): OrderedTrial {
    return { number: trial.number, values: this.#keys.map(({ field }) => field.value(trial)) };
  }

  /** Negative where `a` comes before `b`, positive where behind. */
  compare(a: OrderedTrial, b: OrderedTrial): number {
    for (const [place, { descending }] of this.#keys.entries()) {
      const difference = compare(a.values[place], b.values[place], descending ? -1 : 1);
      if (difference !== 0) return difference;
    }
    return a.number - b.number;
  }

  /** The numbers of all of them, in order: of each trial its values alone are kept meanwhile. */
  all(trials: Iterable<OrderedTrial>): Int32Array {
    const numbers: number[] = [];
    const columns: (JsonValue | undefined)[][] = this.#keys.map(() => []);
    for (const { number, values } of trials) {
      numbers.push(number);
      for (const [key, column] of columns.entries()) column.push(values[key]);
    }
    const compareRows = (a: number, b: number): number => {
      for (const [key, { descending }] of this.#keys.entries()) {
        const difference = compare(columns[key]![a], columns[key]![b], descending ? -1 : 1);
        if (difference !== 0) return difference;
      }
      return numbers[a]! - numbers[b]!;
    };
    const rows = Int32Array.from(numbers.keys()).sort(compareRows);
    return rows.map((row) => numbers[row]!);
  }

  /** The first so many of them, in order, and how many there are: no more than twice as many are kept at once. */
  first(
    trials: Iterable<OrderedTrial>,
    limit: number,
  ): { readonly first: readonly OrderedTrial[]; readonly of: number } {
    const compareTrials = (a: OrderedTrial, b: OrderedTrial): number => this.compare(a, b);
    const kept: OrderedTrial[] = [];
    let last: OrderedTrial | null = null;
    let count = 0;
    for (const trial of trials) {
      count++;
      if (last !== null && this.compare(last, trial) < 0) continue;
      kept.push(trial);
      if (kept.length < 2 * limit) continue;
      kept.sort(compareTrials);
      kept.length = limit;
      last = kept.at(-1) ?? null;
    }
    return { first: kept.sort(compareTrials).slice(0, limit), of: count };
  }
}

/** Numbers by size, all else by its letters; nothing and NaN last, whatever the direction. */
function compare(a: JsonValue | undefined, b: JsonValue | undefined, sign: number): number {
  const [none, other] = [isNothing(a), isNothing(b)];
  if (none || other) return Number(none) - Number(other);
  if (typeof a === "number" && typeof b === "number") return a === b ? 0 : a < b ? -sign : sign;
  const [left, right] = [String(a), String(b)];
  return left === right ? 0 : left < right ? -sign : sign;
}

function isNothing(value: JsonValue | undefined): boolean {
  return value === undefined || Number.isNaN(value);
}
