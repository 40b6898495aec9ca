import type { HistoryView } from "../../trial/history-view.ts";
import type { Trial } from "../../trial/trial.ts";
import type { Ladder } from "../rungs/ladder.ts";
import { type Foremost, lastRun, Promotion } from "../rungs/promotion.ts";
import type { RungJudge } from "../rungs/rung-judge.ts";
import { topOf } from "../rungs/rung-plan.ts";
import { type RungOptions, RungResults } from "../rungs/rung-results.ts";
import { Rungs } from "../rungs/rungs.ts";
import type { NextDecision } from "../scheduler.ts";
import { TrialCosts } from "./trial-costs.ts";

type Resumption = Extract<NextDecision, { readonly action: "resume" }>;

/** The bracket whose trials run to their own end, wherever that lies. */
const WHOLE = -1;

/**
 * The brackets of Hyperband. Bracket k begins at rung k, the last one at the trials' own end; which one a trial is of, the step tells that it was first
 * run up to. Trials are compared with those of their own bracket.
 */
export class Brackets {
  readonly #options: RungOptions;
  readonly #judge: RungJudge;
  /** Knows the ladder, which is that of all brackets, and compares nothing. */
  readonly any: Rungs;
  readonly #costs: TrialCosts;
  readonly #made = new Map<number, Promotion>();
  /** The step that a trial was first run up to, which stays what it is. */
  readonly #firsts = new Map<number, number | null>();

  constructor(options: RungOptions, judge: RungJudge) {
    this.#options = options;
    this.#judge = judge;
    const plan = (results: RungResults) => ({ bottom: 0, first: 0, top: topOf(results), stride: 1 });
    this.any = new Rungs(options, judge, plan, new RungResults(options, judge, () => false));
    this.#costs = new TrialCosts();
  }

  /** Reads what is new in a view. */
  follow(view: HistoryView): void {
    const { results } = this.any;
    results.follow(view);
    const { ladder } = results;
    if (ladder === null) return;
    for (const place of this.#places) if (!this.#made.has(place)) this.#made.set(place, this.#bracket(place));
    for (const { rungs } of this.#made.values()) rungs.results.follow(view);
    this.#costs.follow(view, results.largest, (trial) => placeOf(trial, ladder));
  }

  /** That of a trial; null before there are any. */
  of(trial: Trial): Promotion | null {
    const { ladder } = this.any.results;
    return ladder === null ? null : (this.#made.get(placeOf(trial, ladder)) ?? null);
  }

  /** A paused trial that is to run on: from the highest rung where one is, of the brackets that begin lowest. */
  get due(): Resumption | null {
    const due = this.#all.flatMap((bracket) => bracket.due() ?? []);
    const [first, ...others] = due;
    if (first === undefined) return null;
    return others.reduce((best, one) => (one.rung > best.rung ? one : best), first).decision;
  }

  /** The step that new trials of the bracket run up to that has cost least, the one that begins lowest of those; null for their own end. */
  get cheapest(): number | null {
    const { results } = this.any;
    if (results.ladder === null) return null;
    const best = this.#places.reduce((a, b) => (this.#costs.of(b) < this.#costs.of(a) ? b : a));
    return best === WHOLE ? null : this.any.stepOf(best);
  }

  get #all(): readonly Promotion[] {
    const places = this.any.results.ladder === null ? [] : this.#places;
    return places.map((place) => this.#made.get(place)!);
  }

  /** In the order in which they begin. */
  get #places(): readonly number[] {
    return [...Array.from({ length: topOf(this.any.results) }, (_none, rung) => rung), WHOLE];
  }

  /** The best of the trials at the highest rung that anybody came to, where it is paused. */
  get last(): Resumption | null {
    let best: { readonly bracket: Promotion; readonly foremost: Foremost } | null = null;
    for (const bracket of this.#all) {
      const foremost = bracket.foremost();
      if (foremost !== null && (best === null || this.#isBetter(foremost, best.foremost))) best = { bracket, foremost };
    }
    if (best === null || !best.foremost.waits) return null;
    return lastRun(best.bracket, best.foremost);
  }

  #isBetter(one: Foremost, other: Foremost): boolean {
    if (one.rung !== other.rung) return one.rung > other.rung;
    return this.#judge.isBetter(one.result, other.result);
  }

  #bracket(place: number): Promotion {
    const belongs = (view: HistoryView, trial: number, ladder: Ladder): boolean => {
      if (!this.#firsts.has(trial)) this.#firsts.set(trial, view.trial(trial)?.segments[0]?.until ?? null);
      return placeAt(this.#firsts.get(trial)!, ladder) === place;
    };
    const results = new RungResults(this.#options, this.#judge, belongs);
    const plan = (own: RungResults) => {
      const top = topOf(own);
      const bottom = place === WHOLE ? top : place;
      return { bottom, first: bottom, top, stride: 1 };
    };
    return new Promotion(new Rungs(this.#options, this.#judge, plan, results));
  }
}

function placeOf({ segments }: Trial, ladder: Ladder): number {
  return placeAt(segments[0]?.until ?? null, ladder);
}

function placeAt(until: number | null, ladder: Ladder): number {
  const isWhole = until === null || (ladder.whole !== null && until >= ladder.whole);
  return isWhole ? WHOLE : Math.max(0, ladder.rungAt(until));
}
