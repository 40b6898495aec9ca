import { tiedRanks } from "../../numeric/pareto/tied-ranks.ts";
import type { PointSpace } from "../../surrogate/gp/point-space.ts";
import type { HistoryView } from "../../trial/history-view.ts";
import { isWithin } from "../known-references.ts";
import { pointOfRow } from "../point-of-row.ts";
import { clipped } from "../reach-goals.ts";
import { type Judging, ResultReader, type TrialResult } from "../result-reader.ts";
import type { Member, Ranks, Survival } from "./member.ts";

/**
 * The population as the rows of a view make it: complete trials come in the order in which they ended, and from the first one too many on each comes
 * in the place of the worst. So it never waits for a generation, and follows from the view alone.
 */
export class Population {
  readonly #points: PointSpace;
  readonly #survival: Survival;
  readonly #reader = new ResultReader();
  readonly #admitted = new Set<number>();
  #members: Member[] = [];
  #goals: Float64Array | null = null;

  constructor(points: PointSpace, survival: Survival) {
    this.#points = points;
    this.#survival = survival;
  }

  /** How many complete trials with all objectives there were. */
  get admitted(): number {
    return this.#admitted.size;
  }

  get members(): readonly Member[] {
    return this.#members;
  }

  /** Brings it up to a view. */
  read(view: HistoryView, judging: Judging): void {
    const begin = (): void => {
      this.#admitted.clear();
      this.#members = [];
    };
    for (const result of this.#reader.follow(view, judging, begin)) {
      this.#reachFor(this.#reader.goals);
      if (result.kind === "complete" && !this.#admitted.has(result.trial)) this.#admit(view, result);
    }
  }

  /** Once all goals are met, members count by their raw values. */
  #reachFor(goals: Float64Array | null): void {
    if (goals === this.#goals) return;
    this.#goals = goals;
    this.#members = this.#members.map((member) => ({ ...member, values: clipped(member.measured, goals) }));
  }

  /** Feasible members by dominance (by goals where there are some, ties by raw values), those that are better than all references first; then those that break limits by how much. */
  ranks(): Ranks {
    return ranksOf(this.#members, this.#reader);
  }

  #admit({ columns }: HistoryView, { trial, row, point: measured, excesses }: TrialResult): void {
    this.#admitted.add(trial);
    const point = pointOfRow(columns, row, this.#points);
    const values = clipped(measured, this.#goals);
    this.#members.push({ trial, point, key: this.#points.key(point), values, measured, excesses });
    if (this.#members.length <= this.#survival.size) return;
    const ranks = this.ranks();
    const worst = ranks.reduce((a, b) => Math.max(a, b));
    const last = [...ranks.keys()].filter((place) => ranks[place] === worst);
    this.#members.splice(last.length === 1 ? last[0]! : this.#survival.surplus(this.#members, ranks, last), 1);
  }
}

function ranksOf(members: readonly Member[], { scale, references }: Pick<ResultReader, "scale" | "references">): Ranks {
  const places = [...members.keys()];
  const feasible = places.filter((place) => scale.keeps(members[place]!.excesses));
  const ranks = new Int32Array(members.length);
  const isInside = (place: number): boolean => isWithin(members[place]!.measured, references);
  const inside = references === null ? feasible : feasible.filter(isInside);
  rankByDominance(members, inside, 0, ranks);
  if (inside.length < feasible.length) {
    const first = inside.length === 0 ? 0 : 1 + mostOf(ranks);
    const outside = feasible.filter((place) => !isInside(place));
    rankByDominance(members, outside, first, ranks);
  }
  if (feasible.length === members.length) return ranks;
  const compare = (a: number, b: number): number => scale.compare(members[a]!.excesses, members[b]!.excesses);
  const infeasible = places.filter((place) => !feasible.includes(place)).sort((a, b) => compare(a, b) || a - b);
  let rank = mostOf(ranks);
  for (const [k, place] of infeasible.entries()) {
    if (k === 0 || compare(infeasible[k - 1]!, place) !== 0) rank += 1;
    ranks[place] = rank;
  }
  return ranks;
}

function rankByDominance(members: readonly Member[], places: readonly number[], first: number, ranks: Int32Array) {
  const own = tiedRanks(
    places.map((place) => members[place]!.values),
    places.map((place) => members[place]!.measured),
  );
  for (const [k, rank] of own.entries()) ranks[places[k]!] = first + rank;
}

function mostOf(ranks: Int32Array): number {
  return ranks.reduce((a, b) => Math.max(a, b));
}
