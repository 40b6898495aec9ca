import { tiedRanks } from "../../numeric/pareto/tied-ranks.ts";
import type { LimitScale } from "../../objective/limit-scale.ts";
import type { PointSpace } from "../../surrogate/gp/point-space.ts";
import type { HistoryView } from "../../trial/history-view.ts";
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

  /** Feasible members by dominance (by goals where there are some, ties by raw values), then those that break limits by how much. */
  ranks(): Ranks {
    return ranksOf(this.#members, this.#reader.scale);
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

function ranksOf(members: readonly Member[], scale: LimitScale): Ranks {
  const places = [...members.keys()];
  const feasible = places.filter((place) => scale.keeps(members[place]!.excesses));
  const ranks = new Int32Array(members.length);
  const within = tiedRanks(
    feasible.map((place) => members[place]!.values),
    feasible.map((place) => members[place]!.measured),
  );
  for (const [k, rank] of within.entries()) ranks[feasible[k]!] = rank;
  if (feasible.length === members.length) return ranks;
  const compare = (a: number, b: number): number => scale.compare(members[a]!.excesses, members[b]!.excesses);
  const infeasible = places.filter((place) => !feasible.includes(place)).sort((a, b) => compare(a, b) || a - b);
  let rank = ranks.reduce((a, b) => Math.max(a, b));
  for (const [k, place] of infeasible.entries()) {
    if (k === 0 || compare(infeasible[k - 1]!, place) !== 0) rank += 1;
    ranks[place] = rank;
  }
  return ranks;
}
