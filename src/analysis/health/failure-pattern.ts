import type { JsonValue } from "../../space/json.ts";
import { jsonEqual } from "../../space/json-equal.ts";
import type { Parameter } from "../../space/parameter.ts";
import type { Space } from "../../space/space.ts";
import { STATE_CODES } from "../../trial/history-view.ts";
import { TrialList } from "../../trial/list/trial-list.ts";
import type { Trial } from "../../trial/trial.ts";
import { failureCauseKey } from "../failure-cause-key.ts";
import { failureRegion, type RegionSide } from "./failure-region.ts";
import { isOrdered, rankOf } from "./parameter-rank.ts";

const COMPLETE = STATE_CODES.indexOf("complete");
const PRUNED = STATE_CODES.indexOf("pruned");

/** What values failures (all of them, all of one cause, or most of them) have, and hardly another trial. */
export interface FailurePattern {
  readonly parameter: string;
  /** The failures have this very value, or none on its other side. */
  readonly relation: "equal" | "at-least" | "at-most";
  readonly value: JsonValue;
  /** What they have besides; left out where there is no more. */
  readonly and?: Pick<FailurePattern, "parameter" | "relation" | "value">;
  /** Those with such values. */
  readonly failures: number;
  /** All failures, where others have other values. */
  readonly of?: number;
  /** Number of the newest of them. */
  readonly last: number;
  /** Trials that ended well, and those among them with such a value. */
  readonly successes: number;
  readonly successesWith: number;
  /** How likely chance alone would do so anywhere in the space: Fisher's exact test, times the number of comparisons. */
  readonly chance: number;
}

/** Fewer failures have nothing in common that chance would not do. */
const FEWEST = 3;
const LEVEL = 0.05;
/** Trials that a region is looked for among, the newest ones. */
const MOST_ENDED = 20_000;
type Relation = FailurePattern["relation"];

/**
 * The value or range that all failures share and few others have: of all failures together, else of each cause of three or more, else
 * the region in which most of them lie. Only what chance would do in less than one study of twenty is told. Trials lost with their machine count for neither side.
 */
export function failurePatterns(trials: Iterable<Trial>, space: Space): readonly FailurePattern[] {
  const list = TrialList.of(trials);
  const failed = Array.from(list.inState("failed")).filter(({ outcome }) => outcome !== "lost");
  const good = new GoodTrials(list);
  const together = patternOf(failed, good, space.parameters);
  if (together !== null) return [together];
  const causes = Object.values(Object.groupBy(failed, failureCauseKey)) as readonly (readonly Trial[])[];
  const found = causes.length < 2 ? [] : causes.map((members) => patternOf(members, good, space.parameters));
  const each = found.filter((pattern) => pattern !== null).sort((a, b) => b.failures - a.failures || b.last - a.last);
  if (each.length > 0 || failed.length < FEWEST) return each;
  const region = regionOf(list, space);
  return region === null ? [] : [region];
}

/** Most failures, where not all have anything in common. */
function regionOf(list: TrialList, { parameters }: Space): FailurePattern | null {
  const { places, failed } = endedPlaces(list);
  const known = new Map<string, Float64Array>();
  const ranks = (parameter: Parameter): Float64Array => {
    const made = known.get(parameter.name) ?? ranksOf(list, parameter, places);
    known.set(parameter.name, made);
    return made;
  };
  const region = failureRegion({ failed, ranks }, parameters);
  if (region === null) return null;
  const lies = (place: number): boolean =>
    region.sides.every((side) => isWithin(side, ranks(side.parameter)[place]!) && failed[place] === 1);
  const last = places[failed.findLastIndex((_own, place) => lies(place))]!;
  const [first, and] = region.sides.map((side) => comparisonOf(side, list, places, ranks(side.parameter)));
  const all = failed.reduce((sum, one) => sum + one, 0);
  return {
    ...first!,
    ...(and !== undefined && { and }),
    failures: region.failures,
    ...(region.failures < all && { of: all }),
    last: list.numbers[last]!,
    successes: failed.length - all,
    successesWith: region.successes,
    chance: region.chance,
  };
}

/** The newest trials that failed or ended well, lost ones left out, in the order of the list. */
function endedPlaces(list: TrialList): { readonly places: Int32Array; readonly failed: Uint8Array } {
  const { states, hidden } = list;
  const failed = STATE_CODES.indexOf("failed");
  const places: number[] = [];
  for (let place = list.length - 1; place >= 0 && places.length < MOST_ENDED; place--) {
    if (hidden[place] === 1) continue;
    const isFailed = states[place] === failed && list.at(place)!.outcome !== "lost";
    if (isFailed || states[place] === COMPLETE || states[place] === PRUNED) places.push(place);
  }
  places.reverse();
  return {
    places: Int32Array.from(places),
    failed: Uint8Array.from(places, (place) => Number(states[place] === failed)),
  };
}

function ranksOf(list: TrialList, parameter: Parameter, places: Int32Array): Float64Array {
  const all = list.numbersOf((rows) => {
    const own = rows.params(parameter.name);
    return (row) => {
      const value = own(row);
      return value === undefined ? Number.NaN : rankOf(parameter, value);
    };
  });
  return Float64Array.from(places, (place) => all[place]!);
}

function isWithin({ relation, rank }: RegionSide, own: number): boolean {
  if (relation === "equal") return own === rank;
  return relation === "at-least" ? own >= rank : own <= rank;
}

function comparisonOf(
  { parameter, relation, rank }: RegionSide,
  list: TrialList,
  places: Int32Array,
  ranks: Float64Array,
): Pick<FailurePattern, "parameter" | "relation" | "value"> {
  const trial = list.at(places[ranks.indexOf(rank)]!)!;
  return { parameter: parameter.name, relation, value: trial.params[parameter.name]! };
}

/** Trials that ended well, of which there may be very many. */
class GoodTrials {
  readonly count: number;
  readonly #list: TrialList;
  readonly #good: Uint8Array;
  /** By parameter; NaN where a trial has no value of it. */
  readonly #ranks = new Map<string, Float64Array>();

  constructor(list: TrialList) {
    const { states, hidden } = list;
    this.#list = list;
    this.#good = states.map((state, place) => Number((state === COMPLETE || state === PRUNED) && hidden[place] === 0));
    this.count = this.#good.reduce((sum, good) => sum + good, 0);
  }

  /** How many of them have what failures have in common. */
  countWith({ parameter, relation, value }: Comparison): number {
    if (relation === "equal") return this.#sum(this.#equal(parameter, value), (equal) => equal === 1);
    const bound = rankOf(parameter, value);
    return this.#sum(this.#ranksOf(parameter), (own) => (relation === "at-least" ? own >= bound : own <= bound));
  }

  #sum(numbers: Float64Array, holds: (own: number) => boolean): number {
    let count = 0;
    for (let place = 0; place < numbers.length; place++) if (this.#good[place] === 1 && holds(numbers[place]!)) count++;
    return count;
  }

  #equal({ name }: Parameter, value: JsonValue): Float64Array {
    return this.#list.numbersOf((rows) => {
      const own = rows.params(name);
      return (row) => Number(jsonEqual(own(row), value));
    });
  }

  #ranksOf(parameter: Parameter): Float64Array {
    const known = this.#ranks.get(parameter.name);
    if (known !== undefined) return known;
    const ranks = this.#list.numbersOf((rows) => {
      const own = rows.params(parameter.name);
      return (row) => {
        const value = own(row);
        return value === undefined ? Number.NaN : rankOf(parameter, value);
      };
    });
    this.#ranks.set(parameter.name, ranks);
    return ranks;
  }
}

interface Comparison {
  readonly parameter: Parameter;
  readonly relation: Relation;
  readonly value: JsonValue;
}

function patternOf(
  failed: readonly Trial[],
  good: GoodTrials,
  parameters: readonly Parameter[],
): FailurePattern | null {
  if (failed.length < FEWEST) return null;
  const searched = parameters.filter(({ type }) => type !== "fixed");
  const comparisons = searched.reduce((sum, { type }) => sum + (isOrdered(type) ? 3 : 1), 0);
  let best: FailurePattern | null = null;
  for (const comparison of searched.flatMap((parameter) => shared(parameter, failed))) {
    const successesWith = good.countWith(comparison);
    const chance = chanceOf(failed.length, successesWith, good.count) * comparisons;
    if (chance >= LEVEL || (best !== null && chance >= best.chance)) continue;
    const { parameter, relation, value } = comparison;
    const last = Math.max(...failed.map(({ number }) => number));
    const counts = { failures: failed.length, last, successes: good.count, successesWith };
    best = { parameter: parameter.name, relation, value, ...counts, chance };
  }
  return best;
}

/** What all of the failures have in this parameter, the narrowest first. */
function shared(parameter: Parameter, failed: readonly Trial[]): readonly Comparison[] {
  const { name } = parameter;
  if (!failed.every(({ params }) => Object.hasOwn(params, name))) return [];
  const values = failed.map(({ params }) => params[name]!);
  const equal: Comparison = { parameter, relation: "equal", value: values[0]! };
  const found = values.every((value) => jsonEqual(value, values[0])) ? [equal] : [];
  if (!isOrdered(parameter.type)) return found;
  const sorted = values.toSorted((a, b) => rankOf(parameter, a) - rankOf(parameter, b));
  const [least, most] = [sorted[0]!, sorted.at(-1)!];
  return [...found, { parameter, relation: "at-least", value: least }, { parameter, relation: "at-most", value: most }];
}

/**
 * Fisher's exact test, one-sided, where every failure has the property: the chance that `failures` trials drawn from all are among
 * the ones that have it. Of a range that begins at the outermost failure it is the chance that it is this narrow.
 */
function chanceOf(failures: number, successesWith: number, successes: number): number {
  let chance = 1;
  for (let k = 0; k < failures; k++) chance *= (failures + successesWith - k) / (failures + successes - k);
  return chance;
}
