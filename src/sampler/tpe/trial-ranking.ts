import { RowReader } from "../../trial/history/row-reader.ts";
import { type HistoryView, STATE_CODES } from "../../trial/history-view.ts";
import type { Judging } from "../result-reader.ts";
import { nthLargest } from "./nth-largest.ts";
import type { Ranking } from "./ranking.ts";

const COMPLETE = STATE_CODES.indexOf("complete");
/** Of rows that tell what a trial had before its end. */
const CUT_SHORT_STATES: readonly number[] = (["pruned", "paused", "running"] as const).map((state) =>
  STATE_CODES.indexOf(state),
);

/** Of rows that only trials have which are promoted from rung to rung. */
const AT_RUNGS: readonly number[] = (["paused", "running"] as const).map((state) => STATE_CODES.indexOf(state));

/** Kinds of finished trials, best first. */
const VALUED = 0;
const CUT_SHORT = 1;
const WORTHLESS = 2;

const MOST_GOOD = 25;

/** The value that a trial had at a step of its run. */
interface Result {
  readonly step: number;
  readonly value: number;
}

/** The share of the best: a tenth of the trials, at most 25. */
function goodCount(trials: number): number {
  return Math.min(Math.ceil(0.1 * trials), MOST_GOOD);
}

/**
 * Ranks trials by one objective; rows read before are not read again while the view begins with them. A trial's last row counts. Where trials pass rungs or
 * are paused there, they are ranked at the highest step to which enough of them came, each by its first row from there on.
 */
export class TrialRanking implements Ranking {
  /** Trials that a step is to have been reached by, for trials to be ranked there. */
  readonly #enough: number;
  readonly #reader = new RowReader();
  /** How often it has read; by index the time at which a trial got its row. */
  #times = 0;
  readonly #movedAt: number[] = [];
  readonly #indexOf = new Map<number, number>();
  readonly #numbers: number[] = [];
  readonly #lastRows: number[] = [];
  readonly #kinds: number[] = [];
  /** Smaller is better. */
  readonly #values: number[] = [];
  readonly #steps: number[] = [];
  /** Of trials with several rows those before the last. */
  readonly #earlier = new Map<number, readonly Result[]>();
  #atRungs = false;
  /** How many trials are not worthless. */
  #notWorthless = 0;
  /** Indices of the best, as many as may be good ones, best first; null until looked for. */
  #best: number[] | null = [];

  constructor(enough: number) {
    this.#enough = enough;
  }

  /** Trials with a row. */
  get size(): number {
    return this.#numbers.length;
  }

  has(trial: number): boolean {
    return this.#indexOf.has(trial);
  }

  /** The row that counts for a trial. */
  row(trial: number): number {
    return this.#lastRows[this.#indexOf.get(trial)!]!;
  }

  /** Reads what is new. Answers the trials of which another row counts now, or null when the view does not begin as the last one did. */
  read(view: HistoryView, { metrics }: Judging): readonly number[] | null {
    const rows = this.#reader.read(view);
    if (rows === null) return null;
    const { columns } = view;
    const moved: number[] = [];
    this.#times += 1;
    const times = this.#times;
    const metric = metrics[0]!;
    const sign = metric.direction === "minimize" ? 1 : -1;
    const values = columns.values[metric.name];
    for (const row of rows) {
      const trial = columns.trial[row]!;
      const index = this.#set(
        trial,
        row,
        columns.state[row]!,
        sign * (values?.[row] ?? Number.NaN),
        columns.step[row]!,
      );
      if (this.#movedAt[index] !== times) moved.push(trial);
      this.#movedAt[index] = times;
    }
    return moved;
  }

  /**
   * Numbers of the good trials, in number order: complete ones by value, then those cut short by how far they came; or the best at the rung that
   * trials are ranked at.
   */
  good(): readonly number[] {
    if (this.#atRungs) return this.#goodAtRung();
    this.#best ??= this.#findBest();
    const good = this.#best.slice(0, goodCount(this.#notWorthless));
    return good.map((index) => this.#numbers[index]!).sort((a, b) => a - b);
  }

  /** Answers the trial's index. */
  #set(trial: number, row: number, state: number, value: number, step: number): number {
    const known = this.#indexOf.get(trial);
    const index = known ?? this.#numbers.push(trial) - 1;
    const kind = kindOf(state, value);
    this.#atRungs ||= AT_RUNGS.includes(state);
    if (known !== undefined) this.#keepEarlier(index);
    if (known === undefined) this.#indexOf.set(trial, index);
    else {
      // What a trial was ranked by has changed: others may be better now.
      if (this.#kinds[index] !== WORTHLESS) this.#notWorthless -= 1;
      this.#best = null;
    }
    this.#lastRows[index] = row;
    this.#kinds[index] = kind;
    this.#values[index] = Number.isFinite(value) ? value : Number.POSITIVE_INFINITY;
    this.#steps[index] = step;
    if (kind !== WORTHLESS) {
      this.#notWorthless += 1;
      if (this.#best !== null) this.#insert(this.#best, index);
    }
    return index;
  }

  /** Keeps what the trial had in its last row so far. */
  #keepEarlier(index: number): void {
    const result = { step: this.#reach(index), value: this.#values[index]! };
    this.#earlier.set(index, [...(this.#earlier.get(index) ?? []), result]);
  }

  /** How far a trial came: to its end, or to a step. */
  #reach(index: number): number {
    return this.#kinds[index] === VALUED ? Number.POSITIVE_INFINITY : stepOrder(this.#steps[index]!);
  }

  #goodAtRung(): readonly number[] {
    const ranked = [...this.#kinds.keys()].filter((index) => this.#kinds[index] !== WORTHLESS);
    const rung = nthLargest(
      ranked.map((index) => this.#reach(index)),
      this.#enough,
    );
    const there = ranked.filter((index) => this.#reach(index) >= rung);
    const valueThere = (index: number) =>
      this.#earlier.get(index)?.find(({ step }) => step >= rung)?.value ?? this.#values[index]!;
    const values = new Map(there.map((index) => [index, valueThere(index)]));
    const best = there.sort((a, b) => values.get(a)! - values.get(b)! || this.#numbers[a]! - this.#numbers[b]!);
    // Who came there is one of the better trials already: a tenth of all may be half of those.
    return best
      .slice(0, Math.min(goodCount(ranked.length), Math.ceil(best.length / 2)))
      .map((index) => this.#numbers[index]!)
      .sort((a, b) => a - b);
  }

  #findBest(): number[] {
    const best: number[] = [];
    for (let index = 0; index < this.#kinds.length; index++)
      if (this.#kinds[index] !== WORTHLESS) this.#insert(best, index);
    return best;
  }

  #insert(best: number[], index: number): void {
    if (best.length === MOST_GOOD && this.#compare(index, best.at(-1)!) >= 0) return;
    let place = best.length;
    while (place > 0 && this.#compare(index, best[place - 1]!) < 0) place--;
    best.splice(place, 0, index);
    if (best.length > MOST_GOOD) best.pop();
  }

  #compare(a: number, b: number): number {
    const kinds = this.#kinds[a]! - this.#kinds[b]!;
    if (kinds !== 0) return kinds;
    if (this.#kinds[a] === CUT_SHORT) {
      const steps = stepOrder(this.#steps[b]!) - stepOrder(this.#steps[a]!);
      if (steps !== 0 && !Number.isNaN(steps)) return steps;
    }
    if (this.#values[a] !== this.#values[b]) return this.#values[a]! < this.#values[b]! ? -1 : 1;
    return this.#numbers[a]! - this.#numbers[b]!;
  }
}

function stepOrder(step: number): number {
  return Number.isNaN(step) ? -Number.MAX_VALUE : step;
}

function kindOf(state: number, value: number): number {
  if (state === COMPLETE) return Number.isFinite(value) ? VALUED : WORTHLESS;
  return CUT_SHORT_STATES.includes(state) ? CUT_SHORT : WORTHLESS;
}
