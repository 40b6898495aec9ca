import type { Params } from "../space/json.ts";
import { STATE_CODES } from "../trial/history-view.ts";
import { TrialList } from "../trial/list/trial-list.ts";
import type { Metric } from "../trial/metric.ts";
import type { Trial } from "../trial/trial.ts";
import { type ReplicateGroup, replicateGroup } from "./replicates.ts";

const COMPLETE = STATE_CODES.indexOf("complete");

/**
 * The configurations of a study that have a complete trial with a finite value of each metric, by place in the order of their first trial.
 * Most were run once, and there may be very many: of those a group is made for whoever asks.
 */
export class Configurations implements Iterable<ReplicateGroup> {
  readonly length: number;
  readonly #list: TrialList;
  readonly #metrics: readonly Metric[];
  /** Place of a trial of each in the list. */
  readonly #trials: Int32Array;
  /** Places of those of several runs, ascending. */
  readonly #repeated: readonly number[];
  /** Those that are made: all of several runs, and of the others those that somebody asked for. */
  readonly #groups: Map<number, ReplicateGroup>;

  private constructor(
    list: TrialList,
    metrics: readonly Metric[],
    trials: Int32Array,
    groups: readonly (readonly [place: number, group: ReplicateGroup])[],
  ) {
    this.length = trials.length;
    this.#list = list;
    this.#metrics = metrics;
    this.#trials = trials;
    this.#groups = new Map(groups);
    this.#repeated = groups.filter(([, { runs }]) => runs.length > 1).map(([place]) => place);
  }

  static of(trials: Iterable<Trial>, metrics: readonly Metric[]): Configurations {
    const list = TrialList.of(trials);
    const { firsts, members } = membersOf(list, metrics);
    const places = [...members.keys()].sort((a, b) => a - b);
    const groupAt = (place: number): ReplicateGroup =>
      replicateGroup(
        members.get(place)!.map((at) => list.at(at)!),
        metrics,
      );
    return new Configurations(
      list,
      metrics,
      firsts,
      places.map((place) => [place, groupAt(place)]),
    );
  }

  /** Those that are made already. */
  static ofGroups(groups: readonly ReplicateGroup[]): Configurations {
    const list = TrialList.of(groups.map(({ first }) => first));
    const trials = Int32Array.from(groups, (_group, place) => place);
    return new Configurations(
      list,
      [],
      trials,
      groups.map((group, place) => [place, group]),
    );
  }

  /** The one at a place, the same each time. */
  at(place: number): ReplicateGroup {
    const known = this.#groups.get(place);
    if (known !== undefined) return known;
    const group = replicateGroup([this.#list.at(this.#trials[place]!)!], this.#metrics);
    this.#groups.set(place, group);
    return group;
  }

  *[Symbol.iterator](): Generator<ReplicateGroup> {
    for (let place = 0; place < this.length; place++) yield this.at(place);
  }

  /** Those of several runs, the first ones first. */
  get repeated(): readonly ReplicateGroup[] {
    return this.#repeated.map((place) => this.at(place));
  }

  /** Means of one of the metrics, by place, not to be changed: see ReplicateGroup. */
  means(metric: string): Float64Array {
    const values = this.#list.values(metric);
    // Then each trial is a configuration.
    if (this.length === values.length && this.#repeated.length === 0) return values;
    const means = new Float64Array(this.length);
    for (let place = 0; place < this.length; place++) means[place] = values[this.#trials[place]!]!;
    for (const place of this.#repeated) means[place] = this.at(place).means[metric]!;
    return means;
  }

  /** How many trials count of the one at a place. */
  count(place: number): number {
    return this.#groups.get(place)?.trials.length ?? 1;
  }

  isConfirmed(place: number): boolean {
    return this.#groups.get(place)?.confirmed ?? false;
  }

  /** Number of its first complete trial with finite metrics. */
  firstNumber(place: number): number {
    return this.#groups.get(place)?.first.number ?? this.#list.numbers[this.#trials[place]!]!;
  }

  /** Whether the trials of the one at a place have these parameters. */
  hasParams(params: Params): (place: number) => boolean {
    const equal = this.#list.numbersOf((rows) => {
      const same = rows.hasParams(params);
      return (row) => Number(same(row));
    });
    return (place) => equal[this.#trials[place]!] === 1;
  }
}

interface Members {
  /** Place in the list of a trial of each configuration. */
  readonly firsts: Int32Array;
  /** Places of the trials of those that have several, by the configuration's place. */
  readonly members: ReadonlyMap<number, readonly number[]>;
}

function membersOf(list: TrialList, metrics: readonly Metric[]): Members {
  const { states, hidden, configurations } = list;
  const values = metrics.map(({ name }) => list.values(name));
  const isWhole = STATE_CODES.every((_state, code) => code === COMPLETE || !states.includes(code));
  if (list.isEachConfigurationNew && isWhole && !hidden.includes(1) && values.every(isAllFinite))
    return { firsts: placesOf(list), members: new Map() };
  const counts = (at: number): boolean => values.every((column) => Number.isFinite(column[at]));
  const places = new Int32Array(configurations.reduce((most, own) => Math.max(most, own), -1) + 1).fill(-1);
  const firsts = new Int32Array(list.length);
  const members = new Map<number, number[]>();
  let count = 0;
  for (let at = 0; at < list.length; at++) {
    if (states[at] !== COMPLETE || hidden[at] !== 0 || !counts(at)) continue;
    const configuration = configurations[at]!;
    const place = places[configuration]!;
    if (place < 0) {
      places[configuration] = count;
      firsts[count++] = at;
      continue;
    }
    const own = members.get(place);
    if (own === undefined) members.set(place, [firsts[place]!, at]);
    else own.push(at);
  }
  return { firsts: firsts.slice(0, count), members };
}

/** A loop: the iterator of the places takes five times as long. */
function placesOf({ length }: TrialList): Int32Array {
  const places = new Int32Array(length);
  for (let place = 0; place < length; place++) places[place] = place;
  return places;
}

/** Asked of the engine: a loop of ours would first be compiled for it, which takes longer than a command. */
function isAllFinite(values: Float64Array): boolean {
  return ![Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY].some((one) => values.includes(one));
}

/** Configurations as a list of groups, each made: see {@link Configurations}. */
export function groupReplicates(trials: Iterable<Trial>, metrics: readonly Metric[]): readonly ReplicateGroup[] {
  return [...Configurations.of(trials, metrics)];
}
