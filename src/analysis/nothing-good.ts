import { FinishedTrials } from "../objective/index.ts";
import { isParameterValue, type Parameter, toUnit } from "../space/index.ts";
import type { JsonValue } from "../space/json.ts";
import type { TrialList } from "../trial/list/trial-list.ts";
import type { Metric } from "../trial/metric.ts";
import type { Trial } from "../trial/trial.ts";

/** Parts of a parameter's range in which no trial was good. */
export interface NothingGood {
  /** Below this value none was; null where some were, or too few were tried. */
  readonly below: number | null;
  /** Above this value none was. */
  readonly above: number | null;
  /** Single values with which none was. */
  readonly values: readonly JsonValue[];
  /** How many trials lie in these parts. */
  readonly trials: number;
}

/** Share of the trials that are good, and how many at least. */
const GOOD = 0.2;
const LEAST_GOOD = 5;
/** Chance that so many trials hold no good one though the part is no worse. */
const CHANCE = 0.05;

/** Trials that ended well and have a value of the parameter in its range, best first. */
interface Tried {
  /** Where on the parameter's scale, from 0 to 1. */
  readonly units: Float64Array;
  readonly raw: (place: number) => JsonValue;
}

/** Where, of one parameter, no trial was among the best fifth, beyond what chance would do; null where there is no such part. */
export function nothingGood(trials: Iterable<Trial>, metric: Metric, parameter: Parameter): NothingGood | null {
  const finished = FinishedTrials.of(trials, metric);
  const all = unitsOf(finished.list, parameter);
  const ranked = finished.ranked.filter((index) => !Number.isNaN(all[finished.places[index]!]));
  const tried: Tried = {
    units: Float64Array.from(ranked, (index) => all[finished.places[index]!]!),
    raw: (place) => finished.trial(ranked[place]!).params[parameter.name]!,
  };
  const count = Math.min(ranked.length, Math.max(LEAST_GOOD, Math.ceil(ranked.length * GOOD)));
  // What is as good as the last of them is good too.
  let good = count;
  while (good > 0 && good < ranked.length && valueAt(finished, ranked, good) === valueAt(finished, ranked, count - 1))
    good += 1;
  const share = good / Math.max(1, ranked.length);
  const few = (own: number): boolean => power(1 - share, own) > CHANCE;
  const found =
    parameter.type === "float" || parameter.type === "int" ? ends(tried, good, few) : singles(tried, good, few);
  return found.trials === 0 ? null : found;
}

function valueAt({ values }: FinishedTrials, ranked: Int32Array, place: number): number {
  return values[ranked[place]!]!;
}

/** Of each trial of the list; NaN without a value in the range. */
function unitsOf(list: TrialList, parameter: Parameter): Float64Array {
  return list.numbersOf((rows) => {
    const read = rows.params(parameter.name);
    return (row) => {
      const raw = read(row);
      return raw === undefined || !isParameterValue(parameter, raw) ? Number.NaN : toUnit(parameter, raw);
    };
  });
}

/** The first `good` of them are the good ones. */
function ends({ units, raw }: Tried, good: number, few: (count: number) => boolean): NothingGood {
  if (good === 0) return { below: null, above: null, values: [], trials: 0 };
  let [first, last] = [0, 0];
  for (let place = 0; place < good; place++) {
    if (units[place]! < units[first]!) first = place;
    if (units[place]! >= units[last]!) last = place;
  }
  let [under, over] = [0, 0];
  for (let place = good; place < units.length; place++) {
    if (units[place]! < units[first]!) under += 1;
    if (units[place]! > units[last]!) over += 1;
  }
  return {
    below: few(under) ? null : Number(raw(first)),
    above: few(over) ? null : Number(raw(last)),
    values: [],
    trials: (few(under) ? 0 : under) + (few(over) ? 0 : over),
  };
}

function singles({ units, raw }: Tried, good: number, few: (count: number) => boolean): NothingGood {
  const taken = new Set(units.subarray(0, good));
  const others = new Map<number, { readonly first: number; count: number }>();
  for (let place = good; place < units.length; place++) {
    const unit = units[place]!;
    const own = others.get(unit);
    if (own !== undefined) own.count += 1;
    else if (!taken.has(unit)) others.set(unit, { first: place, count: 1 });
  }
  const bad = [...others.values()].filter(({ count }) => !few(count));
  return {
    below: null,
    above: null,
    values: bad.map(({ first }) => raw(first)),
    trials: bad.reduce((sum, { count }) => sum + count, 0),
  };
}

/** A share to the power of a count, with equal bits everywhere. */
function power(share: number, count: number): number {
  let product = 1;
  for (let k = 0; k < count && product > CHANCE / 2; k++) product *= share;
  return product;
}
